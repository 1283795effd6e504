import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";
import { eigenvalues } from "../../src/linalg/eigh/values.ts";
import { implicitQl, implicitQlScratch } from "../../src/linalg/eigh/implicitQl.ts";
import { Random } from "../../src/random/random.ts";

const EPSILON = 2 ** -52;
const BEHIND = 11; // what must stay behind the arrays

/** d and e² after the kernel with what lies behind them, and what it returned. */
function run(twin: "wasm" | "typescript", d: number[], e: number[], limit = 30 * d.length): [Float64Array, number] {
  const n = d.length;
  return withBackend(twin, () =>
    withWorkspace("f64", 0, 2 * n + 1, (ws) => {
      const at = ws.allocScalars(2 * n + 1);
      ws.mem64.fill(0, at, at + 2 * n + 1);
      ws.mem64[at + 2 * n] = BEHIND;
      ws.mem64.set(d, at);
      for (let i = 0; i < n - 1; i++) ws.mem64[at + n + i] = e[i] ** 2;
      const sweeps = ws.k64.rootFreeQl(n, at, at + n, limit);
      return [ws.mem64.slice(at, at + 2 * n + 1), sweeps];
    }),
  );
}

const random = new Random(8);
const list = (n: number, entry: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => entry(i));
const CASES: [string, number[], number[]][] = [
  ["one", [4], []],
  ["two", [1, 1], [2]],
  ["opposite", [1, -1], [2]],
  ["random", list(60, () => random.normal()), list(59, () => random.normal())],
  ["graded", list(40, (i) => 2 ** -i), list(39, (i) => -(2 ** -i))],
  ["graded upward", list(40, (i) => 2 ** (i - 40)), list(39, (i) => 2 ** (i - 40))],
  ["zero diagonal", list(50, () => 0), list(49, () => 1)],
  ["Wilkinson", list(41, (i) => Math.abs(i - 20) / 20), list(40, () => 0.05)],
  ["splits", list(30, () => random.normal()), list(29, (i) => (i % 4 === 1 ? 1e-180 : random.normal()))],
  ["nothing", list(5, () => 0), list(4, () => 0)],
];

test("KER-11 both twins iterate alike, bit for bit, and write nothing else", () => {
  for (const [name, d, e] of CASES) {
    const wasm = run("wasm", d, e);
    expect(run("typescript", d, e), name).toEqual(wasm);
    expect(wasm[1], name).toBeGreaterThanOrEqual(0);
    expect(wasm[0].at(-1), name).toBe(BEHIND);
  }
});

test("KER-11 the eigenvalues are those of implicit QL", () => {
  for (const [name, d, e] of CASES) {
    const n = d.length;
    const [found, expected] = [eigenvalues, implicitQl].map((solver) =>
      withWorkspace("f64", implicitQlScratch(n), 2 * n + implicitQlScratch(n), (ws) => {
        const [dt, et] = [ws.allocScalars(n), ws.allocScalars(n)];
        ws.mem64.set(d, dt);
        ws.mem64.set(e, et);
        expect(solver(ws, n, dt, et, null).converged).toBe(true);
        return ws.mem64.slice(dt, dt + n).sort();
      }),
    );
    const largest = Math.max(...expected.map(Math.abs)) || 1;
    const error = Math.max(...found.map((x, i) => Math.abs(x - expected[i]))) / (EPSILON * largest);
    expect(error / n, name).toBeLessThan(1);
  }
});

test("KER-11 the eigenvalues of the second difference are known", () => {
  const n = 100;
  const found = run(
    "wasm",
    list(n, () => 0),
    list(n - 1, () => 1),
  )[0]
    .slice(0, n)
    .sort();
  const errors = found.map((x, k) => Math.abs(x + 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))));
  expect(Math.max(...errors) / (2 * EPSILON)).toBeLessThan(20);
});

test("KER-11 the limit of sweeps is kept, and numbers that are none end", () => {
  const [, d, e] = CASES[3];
  for (const twin of ["wasm", "typescript"] as const) {
    expect(run(twin, d, e, 3)[1], twin).toBe(-1);
    expect(run(twin, [1, NaN, 2, 1], [1, 1, 1])[1], twin).toBeLessThanOrEqual(120);
  }
});
