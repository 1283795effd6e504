import { svdvals } from "eckart";
import { expect, test } from "vitest";
import { withBackend } from "../../../src/kernels/load.ts";
import { withWorkspace } from "../../../src/kernels/workspace.ts";
import { golubKahan, golubKahanScratch } from "../../../src/linalg/svd/golubKahan.ts";
import { singularValues, singularValuesScratch } from "../../../src/linalg/svd/values.ts";
import { Random } from "../../../src/random/random.ts";

const EPSILON = 2 ** -52;

type Solver = typeof singularValues;

function solve(solver: Solver, d: readonly number[], e: readonly number[]): Float64Array {
  const n = d.length;
  return withWorkspace("f64", 0, 2 * n + singularValuesScratch(n) + golubKahanScratch(n), (ws) => {
    const [dt, et] = [ws.allocScalars(n), ws.allocScalars(n)];
    ws.mem64.set(d, dt);
    ws.mem64.set(e, et);
    expect(solver(ws, n, dt, et).converged).toBe(true);
    return ws.mem64.slice(dt, dt + n);
  });
}

const iteration: Solver = (ws, n, d, e) => golubKahan(ws, n, d, e, null);

const random = new Random(3);
const list = (n: number, entry: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => entry(i));
const CASES: [string, number[], number[]][] = [
  ["random", list(50, () => random.normal()), list(49, () => random.normal())],
  ["graded over 60 decades", list(40, (i) => 10 ** (-1.5 * i)), list(39, (i) => 10 ** (-1.5 * i))],
  ["graded over 200 decades", list(41, (i) => 10 ** (-5 * i)), list(40, (i) => 10 ** (-5 * i))],
  ["one tiny entry", [1, 1e-150, 1, 2], [1, 1, 1]],
  ["far below one", list(20, (i) => 1e-250 * (1 + i)), list(19, () => 1e-250)],
  ["far above one", list(20, (i) => 1e250 * (1 + i)), list(19, () => -1e250)],
];

test.each(["wasm", "typescript"] as const)("SVD-4 values alone keep the digits of the smallest ones, %s", (backend) => {
  withBackend(backend, () => {
    for (const [name, d, e] of CASES) {
      const found = solve(singularValues, d, e);
      const expected = solve(iteration, d, e);
      const ratio = Math.max(...found.map((sigma, i) => Math.abs(sigma / expected[i] - 1))) / EPSILON;
      expect(ratio / d.length, name).toBeLessThan(1);
    }
  });
});

test("SVD-4 a singular bidiagonal matrix has zeros, exactly, for values", () => {
  for (const [d, e, zeros] of [
    [[0, 0, 0], [1, 1], 1],
    [[0, 0, 0], [0, 0], 3],
    [[1, 0, 2, 3], [1, 1, 1], 1],
    [[1, 0, 2, 0], [1, 0, 1], 2],
  ] as const) {
    const found = solve(singularValues, d, e);
    expect(found.filter((sigma) => sigma === 0)).toHaveLength(zeros);
  }
});

test("SVD-10 powers of two move the values alone", () => {
  const A = list(30, () => 0).map(() => list(20, () => random.normal()));
  const scaled = svdvals(A.map((row) => row.map((x) => x * 2 ** 400)));
  expect([...scaled].map((sigma) => sigma * 2 ** -400)).toEqual([...svdvals(A)]);
});
