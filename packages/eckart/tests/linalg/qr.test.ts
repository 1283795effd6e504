import {
  gallery,
  layouts,
  Measured,
  orthogonality,
  qrResidual,
  shapes,
  type Dtype,
  type GalleryMatrix,
} from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { NonFiniteError, OptionError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { qr, type QrOptions } from "../../src/linalg/qr/qr.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";

// The sizes step around blocks of 3 (many blocks of tiny matrices) and around the block of 32 with its panels by halves.
const SMALL = shapes([3, 8]);
const LARGE: [number, number][] = [
  [33, 33],
  [65, 50],
  [33, 66],
];
const PASSES = [
  { backend: "wasm", block: 3, sizes: SMALL },
  { backend: "wasm", block: 32, sizes: LARGE },
  { backend: "typescript", block: 3, sizes: SMALL },
  { backend: "typescript", block: 32, sizes: LARGE.slice(0, 2) },
] as const;
const DTYPES: Dtype[] = ["f64", "f32"];

const measured = new Measured("qr");
afterAll(() => console.log(measured.table()));

for (const dtype of DTYPES) {
  for (const { backend, block, sizes } of PASSES) {
    test(`LIN-1 qr, blocks of ${block}, ${dtype}, ${backend}`, () => {
      withBackend(backend, () =>
        withTuning({ reflectorBlock: block }, () => {
          for (const [m, n] of sizes) {
            for (const A of gallery(m, n, 7, dtype)) for (const pivot of [false, true]) expectQr(A, pivot);
          }
        }),
      );
    });
  }
}

function expectQr(A: GalleryMatrix, pivot: boolean): void {
  const before = A.data.slice();
  const full = A.cols % 2 === 0;
  const F = pivot ? qr(A, { pivot, full }) : qr(A, { full });
  const { Q, R } = F;
  const p = "p" in F ? (F.p as Int32Array) : undefined;
  const k = Math.min(A.rows, A.cols);
  const label = `${A.name} pivot ${pivot}`;
  expect(Q.shape, label).toEqual([A.rows, full ? A.rows : k]);
  expect(R.shape, label).toEqual([full ? A.rows : k, A.cols]);
  expect(Q.dtype, label).toBe(A.dtype);
  expect(A.data, label).toEqual(before);
  const name = pivot ? "pivoted" : "plain";
  expect(measured.record(A.family, `${name} residual`, qrResidual(A, Q, R, p)), label).toBeLessThan(8);
  expect(measured.record(A.family, `${name} orthogonality`, orthogonality(Q)), label).toBeLessThan(8);
  for (let j = 0; j < A.cols; j++)
    for (let i = j + 1; i < R.rows; i++)
      if (R.at(i, j) !== 0) throw new Error(`${label}: R(${i}, ${j}) = ${R.at(i, j)}`);
  for (let i = 0; i < k; i++) expect(R.at(i, i), label).toBeGreaterThanOrEqual(0);
  if (p) {
    expect(
      [...p].toSorted((a, b) => a - b),
      label,
    ).toEqual(Array.from({ length: A.cols }, (_, j) => j));
    for (let i = 1; i < k; i++)
      expect(R.at(i, i), `${label} step ${i}`).toBeLessThanOrEqual(R.at(i - 1, i - 1) * (1 + 1e-2));
  }
}

test("LIN-1 qr by hand: the factors of Gram and Schmidt", () => {
  const { Q, R } = qr([[3, 1], [4, 2]]); // oxfmt-ignore
  const close = (M: Matrix, want: number[][]): void =>
    M.toArray().forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(want[i][j], 14)));
  close(Q, [[0.6, -0.8], [0.8, 0.6]]); // oxfmt-ignore
  close(R, [[5, 2.2], [0, 0.4]]); // oxfmt-ignore
  expect(qr([[-2]]).R.at(0, 0)).toBe(2);
  expect(qr([[-2, 0]]).R.toArray()).toEqual([[2, 0]]);
  expect(qr(Matrix.zeros(3, 0), { full: true }).Q.toArray()).toEqual(Matrix.identity(3).toArray());
});

test("LIN-1 pivoting takes the longest column first, and shows the rank", () => {
  const { R, p } = qr([[1, 0, 4, 1], [0, 2, 0, 0], [0, 0, 3, 0]], { pivot: true }); // oxfmt-ignore
  expect([...p].slice(0, 2)).toEqual([2, 1]);
  expect(R.at(0, 0)).toBeCloseTo(5, 14);
  const deficient = qr(
    Matrix.from(Array.from({ length: 40 }, (_, i) => Array.from({ length: 40 }, (__, j) => i + j))),
    {
      pivot: true,
    },
  );
  for (let i = 2; i < 40; i++) expect(deficient.R.at(i, i)).toBeLessThan(1e-12);
  expect(deficient.R.at(1, 1)).toBeGreaterThan(1);
});

test("LIN-1 powers of two change Q by nothing and R by themselves, with pivoting too", () => {
  const [A] = [...gallery(12, 7, 3)].filter(({ family }) => family === "gaussian");
  for (const pivot of [false, true]) {
    const base = qr(A, { pivot } as QrOptions & { pivot: false });
    // 2¹⁰¹⁵ leaves the range in which squares are safe, so norms are summed another way
    for (const power of [2 ** -1000, 2 ** 60, 2 ** 400, 2 ** 1015]) {
      const F = qr({ data: A.data.map((x) => x * power), shape: A.shape }, { pivot } as QrOptions & { pivot: false });
      const slack = power === 2 ** 1015 ? 20 * 2 ** -52 : 0;
      F.Q.data.forEach((x, k) => expect(Math.abs(x - base.Q.data[k])).toBeLessThanOrEqual(slack));
      F.R.data.forEach((x, k) => expect(Math.abs(x / power - base.R.data[k])).toBeLessThanOrEqual(slack * 4));
    }
  }
});

test("LIN-1 every layout of qr gives the same bits, in blocks of any size the same answer", () => {
  const [A] = [...gallery(20, 9, 2)].filter(({ family }) => family === "gaussian");
  const base = qr(A);
  for (const view of layouts(A)) expect(qr(view).R.data, view.layout).toEqual(base.R.data);
  for (const reflectorBlock of [1, 2, 5]) {
    withTuning({ reflectorBlock }, () => {
      qr(A).R.data.forEach((x, k) => expect(x).toBeCloseTo(base.R.data[k], 13));
    });
  }
});

test("LIN-1 qr refuses entries and options that it does not know", () => {
  expect(() => qr([[1, NaN]])).toThrow(NonFiniteError);
  expect(() => qr([[1]], { full: 1 } as object)).toThrow(OptionError);
  expect(() => qr([[1]], { mode: "full" } as object)).toThrow(OptionError);
});
