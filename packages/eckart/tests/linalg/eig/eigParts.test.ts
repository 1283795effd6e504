import { Random } from "@eckart/testing";
import { expect, test } from "vitest";
import { leadingDimension, withWorkspace, type Workspace } from "../../../src/kernels/workspace.ts";
import { hessenbergScratch, reduceToHessenberg } from "../../../src/linalg/eig/hessenberg.ts";
import { eigenvalues2x2, standardBlock, standardise } from "../../../src/linalg/eig/standardise.ts";
import { moveBlockUp } from "../../../src/linalg/eig/swap.ts";
import { formOrthogonal, reflectorScratch } from "../../../src/linalg/parts/reflector.ts";
import { withTuning } from "../../../src/linalg/tuning.ts";

type Rows = number[][];
const times = (A: Rows, B: Rows): Rows =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));
const transposed = (A: Rows): Rows => A[0].map((_, j) => A.map((row) => row[j]));
const distance = (A: Rows, B: Rows): number => Math.hypot(...A.flatMap((row, i) => row.map((x, j) => x - B[i][j])));
const read = (ws: Workspace, at: number, ld: number, n: number): Rows =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => ws.mem[at + i + j * ld]));
const write = (ws: Workspace, A: Rows, at: number, ld: number): void =>
  A.forEach((row, i) => row.forEach((x, j) => (ws.mem[at + i + j * ld] = x)));
const gaussian = (n: number, seed: number): Rows => {
  const random = new Random(seed, "eig parts");
  return Array.from({ length: n }, () => Array.from({ length: n }, () => random.gaussian()));
};

test("GEN-10 a 2 × 2 block in standard form is the same block in other coordinates", () => {
  const entries = [0, 1, -1, 2, -0.5, 1e-8, -1e-17, 1e-160, 5e-324, 1 + 2 ** -52];
  for (const a of entries) {
    for (const b of entries) {
      for (const c of entries) {
        for (const d of entries) {
          const T = standardBlock();
          standardise(a, b, c, d, T);
          const { cos, sin } = T;
          const name = `[${a} ${b}; ${c} ${d}]`;
          expect(T.c === 0 || (T.a === T.d && T.b * Math.sign(T.c) < 0), name).toBe(true);
          expect(Math.abs(Math.hypot(cos, sin) - 1), name).toBeLessThan(2 ** -50);
          const turned = times(times([[cos, sin], [-sin, cos]], [[a, b], [c, d]]), [[cos, -sin], [sin, cos]]); // prettier-ignore
          const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
          const left = distance(turned, [[T.a, T.b], [T.c, T.d]]); // prettier-ignore
          expect(left, name).toBeLessThanOrEqual(Math.max(16 * 2 ** -52 * size, 4 * 2 ** -1074));
        }
      }
    }
  }
});

test("GEN-10 eigenvalues of order two keep their digits where they cancel", () => {
  expect(eigenvalues2x2(1, 1, 1, 1 + 2 ** -52)).toMatchObject({ other: expect.closeTo(2 ** -53, 30) as number, im: 0 });
  expect(eigenvalues2x2(3, -2, 4, -1)).toEqual({ re: 1, other: 1, im: 2 });
  expect(eigenvalues2x2(3, 1, -1, 1)).toEqual({ re: 2, other: 2, im: 0 });
});

test("GEN-10 blocked reduction to Hessenberg form, QᵀAQ = H, of the whole and of an inner block", () => {
  for (const [block, crossover] of [
    [3, 4],
    [2, 2],
    [32, 48],
  ]) {
    withTuning({ reflectorBlock: block, reductionCrossover: crossover }, () => {
      for (const n of [1, 2, 3, 4, 5, 6, 7, 9, 14, 20, 60]) {
        for (const [lo, hi] of [
          [0, n - 1],
          [1, n - 2],
          [n >> 2, n >> 1],
        ]) {
          if (lo > hi) continue;
          // upper triangular outside rows and columns lo … hi
          const A = gaussian(n, n).map((row, i) => row.map((x, j) => (j >= i || (i <= hi && j >= lo) ? x : 0)));
          const ld = leadingDimension(n);
          withWorkspace("f64", 2 * ld * n + hessenbergScratch(n) + reflectorScratch(n, n), 0, (ws) => {
            const at = ws.alloc(ld * n);
            const Z = ws.alloc(ld * n);
            write(ws, A, at, ld);
            write(ws, A.map((row, i) => row.map((_, j) => Number(i === j))), Z, ld); // prettier-ignore
            const Q = reduceToHessenberg(ws, n, lo, hi, at, ld);
            formOrthogonal(ws, Q, Q.order, Z + (lo + 1) * (ld + 1), ld);
            const H = read(ws, at, ld, n).map((row, i) => row.map((x, j) => (j >= i - 1 ? x : 0)));
            const q = read(ws, Z, ld, n);
            const name = `order ${n}, rows ${lo} to ${hi}, blocks of ${block}`;
            expect(distance(times(transposed(q), times(A, q)), H) / Math.hypot(...A.flat()), name).toBeLessThan(
              n * 2 ** -50,
            );
          });
        }
      }
    });
  }
});

test("GEN-10 a diagonal block moves up a Schur form: still a Schur form, the same matrix, its eigenvalue in front", () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed, "swap");
    const orders = Array.from({ length: 4 }, () => 1 + random.integer(2));
    const n = orders.reduce((a, b) => a + b, 0);
    const T = gaussian(n, seed).map((row, i) => row.map((x, j) => (j >= i ? x : 0)));
    let at = 0;
    for (const order of orders) {
      if (order === 2) {
        T[at + 1][at + 1] = T[at][at];
        T[at][at + 1] = 1 + random.uniform();
        T[at + 1][at] = -(0.1 + random.uniform());
      }
      at += order;
    }
    const moved = orders.at(-1)!;
    const ld = leadingDimension(n);
    withWorkspace("f64", 2 * ld * n, 0, (ws) => {
      const [H, Z] = [ws.alloc(ld * n), ws.alloc(ld * n)];
      write(ws, T, H, ld);
      write(ws, T.map((row, i) => row.map((_, j) => Number(i === j))), Z, ld); // prettier-ignore
      moveBlockUp(ws, { n, H, ldh: ld, whole: true, Z, ldz: ld, rows: n }, n - 1, 0);
      const [S, Q] = [read(ws, H, ld, n), read(ws, Z, ld, n)];
      expect(distance(times(Q, times(S, transposed(Q))), T), `seed ${seed}`).toBeLessThan(
        1e-13 * Math.hypot(...T.flat()),
      );
      expect(S[0][0]).toBeCloseTo(T[n - 1][n - 1], 10);
      expect(S[1][0] !== 0).toBe(moved === 2);
      for (let i = 1; i < n; i++) {
        for (let j = 0; j < i - 1; j++) expect(S[i][j]).toBe(0);
        if (i > 1) expect(S[i][i - 1] === 0 || S[i - 1][i - 2] === 0, "no two subdiagonal entries in a row").toBe(true);
      }
    });
  }
});
