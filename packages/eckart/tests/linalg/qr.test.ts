import { gallery, layouts, Measured, orthogonality, qrResidual, shapes, type Dtype } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { qr } from "../../src/linalg/qr/qr.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";

// The sizes step around blocks of 3 (many blocks of tiny matrices) and around the block of 32 with its panels by halves.
const SMALL = shapes([3, 8]);
const LARGE: [number, number][] = [
  [31, 33],
  [33, 33],
  [65, 64],
  [64, 97],
  [100, 20],
];
const PASSES = [
  { block: 3, sizes: SMALL },
  { block: 32, sizes: LARGE },
];
const BACKENDS = ["wasm", "typescript"] as const;
const DTYPES: Dtype[] = ["f64", "f32"];

const measured = new Measured("qr");
afterAll(() => console.log(measured.table()));

for (const backend of BACKENDS) {
  for (const dtype of DTYPES) {
    for (const { block, sizes } of PASSES) {
      test(`LIN-1 qr, blocks of ${block}, ${dtype}, ${backend}`, () => {
        withBackend(backend, () =>
          withTuning({ reflectorBlock: block }, () => {
            for (const [m, n] of sizes)
              for (const A of gallery(m, n, 7, dtype)) for (const pivot of [false, true]) check(A, pivot);
          }),
        );
      });
    }
  }
}

function check(A: ReturnType<typeof gallery> extends Generator<infer G> ? G : never, pivot: boolean): void {
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
