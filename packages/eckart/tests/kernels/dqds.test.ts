import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";
import { Random } from "../../src/random/random.ts";

const EPSILON = 2 ** -52;
const BEHIND = 11; // what must stay behind the arrays

/** The memory after the kernel, and what it returned. */
function run(twin: "wasm" | "typescript", q: number[], e: number[], limit = 30 * q.length): [Float64Array, number] {
  const n = q.length;
  return withBackend(twin, () =>
    withWorkspace("f64", 0, 4 * n + 8, (ws) => {
      const Z = ws.allocScalars(4 * n + 8);
      ws.mem64.fill(0, Z, Z + 4 * n + 7);
      ws.mem64[Z + 4 * n + 7] = BEHIND;
      for (let i = 0; i < n; i++) ws.mem64[Z + 2 * i] = q[i];
      for (let i = 0; i < n - 1; i++) ws.mem64[Z + 2 * i + 1] = e[i];
      const steps = ws.k64.dqds(n, Z, limit);
      return [ws.mem64.slice(Z, Z + 4 * n + 8), steps];
    }),
  );
}

const values = (memory: Float64Array, n: number): number[] =>
  Array.from({ length: n }, (_, i) => memory[2 * i]).sort((a, b) => b - a);

const random = new Random(5);
const list = (n: number, entry: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => entry(i));
const CASES: [string, number[], number[]][] = [
  ["one", [4], []],
  ["two", [4, 1], [9]],
  ["random", list(60, () => random.normal() ** 2), list(59, () => random.normal() ** 2)],
  ["graded", list(40, (i) => 2 ** -i), list(39, (i) => 2 ** -i)],
  ["graded upward", list(40, (i) => 2 ** (i - 40)), list(39, (i) => 2 ** (i - 40))],
  ["many magnitudes", list(50, () => Math.exp(20 * random.normal())), list(49, () => Math.exp(20 * random.normal()))],
  ["equal", list(30, () => 1), list(29, () => 1e-18)],
  ["glued", list(50, (i) => 1 + (i % 10 === 9 ? 1e-9 : 0)), list(49, (i) => (i % 10 === 9 ? 1e-20 : 1))],
  ["zeros", list(30, (i) => (i % 5 === 3 ? 0 : 1 + i)), list(29, (i) => (i % 7 === 2 ? 0 : 2))],
  ["nothing", list(5, () => 0), list(4, () => 0)],
];

test("KER-10 both twins step alike, bit for bit, and write nothing else", () => {
  for (const [name, q, e] of CASES) {
    const wasm = run("wasm", q, e);
    expect(run("typescript", q, e), name).toEqual(wasm);
    expect(wasm[1], name).toBeGreaterThanOrEqual(0);
    expect(wasm[0].at(-1), name).toBe(BEHIND);
  }
});

test("KER-10 sums and products of the eigenvalues are those of the entries", () => {
  for (const [name, q, e] of CASES) {
    const found = values(run("wasm", q, e)[0], q.length);
    const trace = [...q, ...e].reduce((sum, x) => sum + x, 0);
    const sum = found.reduce((total, x) => total + x, 0);
    expect(Math.abs(sum - trace) / (EPSILON * trace || 1), `trace of ${name}`).toBeLessThan(4 * q.length);
    // The determinant by logarithms: it sees the smallest value as well as the largest.
    const logarithm = (list: number[]): number => list.reduce((total, x) => total + Math.log(x), 0);
    if (q.includes(0)) expect(found.at(-1), name).toBe(0);
    else expect(Math.abs(logarithm(found) - logarithm(q)), `determinant of ${name}`).toBeLessThan(1e-12);
  }
});

test("KER-10 the eigenvalues of the second difference are known", () => {
  // B = bidiag(1, 1), the last diagonal entry included: σₖ = 2·cos(kπ/(2n + 1)).
  const n = 100;
  const found = values(
    run(
      "wasm",
      list(n, () => 1),
      list(n - 1, () => 1),
    )[0],
    n,
  );
  const errors = found.map((lambda, k) => {
    const exact = 4 * Math.cos(((k + 1) * Math.PI) / (2 * n + 1)) ** 2;
    return Math.abs(lambda / exact - 1);
  });
  // cos itself loses the digits of the smallest angle's complement: about n of them in units of ε.
  expect(Math.max(...errors) / EPSILON).toBeLessThan(4 * n);
});

test("KER-10 the limit of steps is kept, and numbers that are none end at it", () => {
  const [, q, e] = CASES[2];
  expect(run("wasm", q, e, 3)[1]).toBe(-1);
  for (const twin of ["wasm", "typescript"] as const) {
    expect(run(twin, [1, NaN, 2, 1], [1, 1, 1])[1], twin).toBe(-1);
  }
});
