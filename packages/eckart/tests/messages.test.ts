import { expect, test } from "vitest";
import * as e from "../src/index.ts";

const A = [
  [1, 2],
  [3, 4],
];
/** Calls as they are written by hand and by programs without types, and what they are told. */
const calls: readonly [message: string, call: (wrong: never) => unknown, wrong?: unknown][] = [
  [
    'svd: expected the option name to be one of full, method, out, got "ful"',
    (wrong) => e.svd(A, wrong),
    { ful: true },
  ],
  ["truncate: expected rank to be a whole number ≥ 0, got 1.5", () => e.truncate(A, { rank: 1.5 })],
  ["eigvals: expected a square matrix, got 1 × 2", () => e.eigvals([[1, 2]])],
  [
    "csr: expected the matrix to be compressed rows, { shape, indptr, indices, data }, got Array",
    (wrong) => e.csr(wrong),
    A,
  ],
  [
    "csr: expected the matrix to be compressed rows, { shape, indptr, indices, data }, got undefined",
    (wrong) => e.csr(wrong),
  ],
  ['det: expected the matrix to be real, got "a complex one"', (wrong) => e.det(wrong), { re: A, im: A }],
  [
    "truncate: expected exactly one of rank, energy and tolerance to be told, got 2",
    () => e.truncate(A, { rank: 1, energy: 1 }),
  ],
  [
    "svds: expected shape to be [m, n], got undefined",
    (wrong) => e.svds(wrong),
    { apply: () => [1], applyTranspose: () => [1] },
  ],
  [
    'svds: expected which to be "largest", "smallest" or { nearest: a number }, got 3',
    (wrong) => e.svds(A, { which: wrong }),
    3,
  ],
  ["randomizedSvd: expected exactly one of rank and tolerance to be told, got 0", () => e.randomizedSvd(A, {})],
  ["accuracy: expected the factors to be { U, s, Vt } or { w, V }, got undefined", (wrong) => e.accuracy(A, wrong)],
  ["reconstruct: expected the factors to be { U, s, Vt }, got null", (wrong) => e.reconstruct(wrong), null],
  ["loraFactors: expected rank to be a whole number ≥ 0, got NaN", (wrong) => e.loraFactors(A, wrong)],
  ["SvdStream: expected cols to be a whole number ≥ 0, got NaN", (wrong) => new e.SvdStream(wrong)],
  ["Matrix.zeros: expected rows to be a whole number ≥ 0, got 2.5", () => e.Matrix.zeros(2.5, 2)],
  ["Matrix.zeros: expected cols to be a whole number ≥ 0, got NaN", (wrong) => e.Matrix.zeros(2, wrong)],
  ["Random.permutation: expected n to be a whole number ≥ 0, got NaN", (wrong) => new e.Random(1).permutation(wrong)],
];

for (const [message, call, wrong] of calls) {
  test(message, () => {
    expect(() => call(wrong as never)).toThrow(new RegExp(`^${message.replaceAll(/[{}[\]().]/g, "\\$&")}$`));
    expect(() => call(wrong as never)).toThrow(e.EckartError);
  });
}
