import { eigh, svd } from "eckart";
import { describe, expect, test } from "vitest";
import { accuracyOf, isAccurate } from "../harness/accuracy.mjs";
import { byColumns, byRows, toColumns, transposed, unpackPairs } from "../harness/dense.mjs";
import { makeTask } from "../harness/tasks.mjs";
import type { Answer } from "../harness/types.ts";

describe("measures of the bench", () => {
  // 40 × 40 is probed at random, 5 × 4 exactly.
  for (const [m, n] of [
    [5, 4],
    [40, 40],
  ] as const) {
    const task = makeTask({ operation: "svd", dtype: "f64", m, n });
    const { U, s, Vt } = svd({ data: task.data, shape: [m, n] });

    test(`an SVD of ${m} × ${n} measures a few ε`, () => {
      const { residual, orthogonality, limit } = accuracyOf(task, { U, s, Vt });
      expect(residual).toBeLessThan(50);
      expect(orthogonality).toBeLessThan(200);
      expect(limit).toBe(50 * m);
    });

    test(`an error of known size in ${m} × ${n} is measured`, () => {
      const wrong = s.slice();
      wrong[0] = (wrong[0] ?? 0) + 1;
      const norm = Math.hypot(...task.data);
      const { residual } = accuracyOf(task, { U, s: wrong, Vt });
      expect(residual * norm * 2 ** -52).toBeGreaterThan(0.4);
      expect(residual * norm * 2 ** -52).toBeLessThan(2.5);
    });

    test(`damage and NaN in ${m} × ${n} do not count as accurate`, () => {
      const data = Float64Array.from(U.data);
      data[1] = (data[1] ?? 0) + 1e-9;
      const damaged = (factor: Float64Array): Answer => ({ U: byRows(m, Math.min(m, n), factor), s, Vt });
      expect(isAccurate(accuracyOf(task, { U, s, Vt }))).toBe(true);
      expect(isAccurate(accuracyOf(task, damaged(data)))).toBe(false);
      expect(isAccurate(accuracyOf(task, damaged(data.fill(NaN))))).toBe(false);
    });
  }

  test("layouts of the same factors measure alike", () => {
    const task = makeTask({ operation: "eigh", dtype: "f64", m: 6, n: 6 });
    const { w, V } = eigh({ data: task.data, shape: [6, 6] });
    const columns = byColumns(6, 6, toColumns(task, Float64Array.from(V.data)));
    const rows = transposed(transposed(byRows(6, 6, V.data)));
    expect(accuracyOf(task, { w, V: columns })).toEqual(accuracyOf(task, { w, V: rows }));
  });

  test("values alone are compared in descending order, and all of them are wanted", () => {
    const task = makeTask({ operation: "svdvals", dtype: "f64", m: 5, n: 4 });
    const s = Array.from(svd({ data: task.data, shape: [5, 4] }).s);
    expect(accuracyOf(task, { s: s.toReversed() }).residual).toBe(0);
    expect(isAccurate(accuracyOf(task, { s: s.slice(1) }))).toBe(false);
  });

  test("a packed complex pair becomes two conjugate columns", () => {
    const { V, Vi } = unpackPairs(byRows(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]), [1, -1, 0]);
    expect(V.data).toEqual(Float64Array.of(1, 1, 3, 4, 4, 6, 7, 7, 9));
    expect(Vi.data).toEqual(Float64Array.of(2, -2, 0, 5, -5, 0, 8, -8, 0));
  });
});

describe("tasks of the bench", () => {
  test("a recipe makes the same numbers every time, and symmetric ones where it is asked", () => {
    const recipe = { operation: "eigh", dtype: "f32", m: 7, n: 7 } as const;
    const { data } = makeTask(recipe);
    expect(makeTask(recipe).data).toEqual(data);
    expect(data).toBeInstanceOf(Float32Array);
    expect(toColumns(recipe, data)).toEqual(data);
  });

  test("decaying singular values are 10^(−i/8)", () => {
    const { data } = makeTask({ operation: "svds", dtype: "f64", m: 30, n: 20, k: 5, spectrum: "decaying" });
    svd({ data, shape: [30, 20] }).s.forEach((sigma, i) => expect(sigma).toBeCloseTo(10 ** (-i / 8), 14));
  });
});
