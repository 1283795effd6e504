import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import {
  eigh,
  Matrix,
  multiply,
  OptionError,
  qr,
  Random,
  setThreads,
  solve,
  svd,
  svdvals,
  threads,
} from "../../src/index.ts";
import { backendFor } from "../../src/kernels/load.ts";
import { SharedTeam } from "../../src/kernels/team/team.ts";

afterAll(() => setThreads("auto"));

type DType = "f64" | "f32";
type Numbers = Float64Array | Float32Array;

function matrix(rows: number, cols: number, dtype: DType): Matrix {
  const random = new Random(rows * 1000 + cols);
  const A = Matrix.zeros(rows, cols, { dtype });
  for (let i = 0; i < rows * cols; i++) A.data[i] = random.normal();
  return A;
}

/** The team of the calls that are large enough for one; null where there are no helpers. */
function team(): SharedTeam | null {
  const backend = backendFor(1e6) as { readonly team?: unknown };
  return backend.team instanceof SharedTeam ? backend.team : null;
}

const warm = matrix(400, 400, "f64");

/** Threads as many as these, with helpers that start as soon as they can. */
function setWarmThreads(count: number): void {
  setThreads(count);
  for (let i = 0; i < 20; i++) multiply(warm, warm); // helpers start where the caller has worked for 0.1 s
}

/** What the computations give with so many threads, after helpers have had a part in each of them. */
async function answers(count: number, body: () => Numbers[]): Promise<Numbers[]> {
  setWarmThreads(count);
  let result = body();
  for (let attempt = 0; count > 1 && attempt < 500; attempt++) {
    const before = team()!.helped;
    result = body();
    if (team()!.helped > before) return result;
    await pause(5);
  }
  expect(count, "helpers had no part in it").toBe(1);
  return result;
}

const svdOf = (A: Matrix, method: "auto" | "golub-kahan" = "auto") => {
  const { U, s, Vt } = svd(A, { method });
  return [U.data, s, Vt.data];
};

for (const dtype of ["f64", "f32"] as const) {
  const cases: [string, () => Numbers[]][] = [
    ["product 300 × 190 × 120", () => [multiply(matrix(300, 190, dtype), matrix(190, 120, dtype)).data]],
    ["product 40 × 900 × 210", () => [multiply(matrix(40, 900, dtype), matrix(900, 210, dtype)).data]],
    ["svd 203 × 203", () => svdOf(matrix(203, 203, dtype))],
    ["svd 420 × 301", () => svdOf(matrix(420, 301, dtype))],
    ["svd 1500 × 90", () => svdOf(matrix(1500, 90, dtype))],
    ["svd 150 × 150 by implicit QR", () => svdOf(matrix(150, 150, dtype), "golub-kahan")],
    ["svdvals 300 × 260", () => [svdvals(matrix(300, 260, dtype))]],
    [
      "eigh 301 × 301",
      () => {
        const { w, V } = eigh(multiply(matrix(301, 40, dtype), matrix(301, 40, dtype).T));
        return [w, V.data];
      },
    ],
    [
      "qr and solve 250 × 250",
      () => [qr(matrix(250, 250, dtype)).R.data, solve(matrix(250, 250, dtype), matrix(250, 9, dtype)).data],
    ],
  ];
  for (const [name, body] of cases) {
    test(`THR-1 the same bits with one, two and three threads: ${name}, ${dtype}`, async () => {
      const alone = await answers(1, body);
      for (const count of [2, 3]) {
        const shared = await answers(count, body);
        shared.forEach((numbers, part) => {
          const other = numbers.findIndex((x, i) => !Object.is(x, alone[part][i]));
          expect(other, `first other number of part ${part} with ${count} threads`).toBe(-1);
        });
      }
    });
  }
}

test("THR-2 the number of threads is what was asked for, and one is one", () => {
  setThreads(1);
  expect(threads()).toBe(1);
  expect(team()).toBeNull();
  setThreads(3);
  expect(threads()).toBe(3);
  setThreads("auto");
  expect(threads()).toBeGreaterThanOrEqual(1);
  expect(threads()).toBeLessThanOrEqual(4);
  for (const wrong of [0, 1.5, 65, NaN, "two", undefined]) {
    expect(() => setThreads(wrong as number), String(wrong)).toThrow(OptionError);
  }
});

test("THR-3 memory that grows while helpers are there is theirs too", async () => {
  const sizes = [190, 400, 200, 600, 210];
  const orders = sizes.map((n) => matrix(n, n, "f64"));
  const shared: Numbers[] = [];
  for (const A of orders) shared.push((await answers(2, () => [multiply(A, A).data]))[0]);
  setThreads(1);
  orders.forEach((A, i) => expect(shared[i], `order ${sizes[i]}`).toEqual(multiply(A, A).data));
});
