import { gallery } from "@eckart/testing";
import { expect, test } from "vitest";
import { Matrix, OptionError, ShapeError, svd, type SvdOptions } from "../../../src/index.ts";
import { withBackend } from "../../../src/kernels/load.ts";

type DType = "f64" | "f32";

const SHAPES: [number, number][] = [
  [0, 3],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [2, 3],
  [5, 3],
  [8, 8],
  [9, 4],
  [12, 12],
  [30, 20],
  [20, 30],
];

const floats = (dtype: DType, length: number) =>
  dtype === "f64" ? new Float64Array(length) : new Float32Array(length);

/** A contiguous matrix in the middle of a longer array of sevens. */
function placeOf(dtype: DType, rows: number, cols: number): Matrix {
  return Matrix.wrap(floats(dtype, rows * cols + 5).fill(7), [rows, cols], { offset: 3 });
}

function placesFor(dtype: DType, m: number, n: number, full = false) {
  const k = Math.min(m, n);
  return {
    U: placeOf(dtype, m, full ? m : k),
    s: floats(dtype, k).fill(7),
    Vt: placeOf(dtype, full ? n : k, n),
  };
}

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`BAT-9 svd writes to the caller's places what it would give otherwise, ${dtype} ${backend}`, () => {
      withBackend(backend, () => {
        for (const [m, n] of SHAPES) {
          for (const full of [false, true]) {
            const out = placesFor(dtype, m, n, full);
            for (const { name, data } of [...gallery(m, n, 5, dtype)].slice(0, 12)) {
              const where = `${name} ${m} × ${n}, full ${full}`;
              const A = Matrix.wrap(data, [m, n]);
              const fresh = svd(A, { full });
              const F = svd(A, { full, out });
              expect([F.U === out.U, F.s === out.s, F.Vt === out.Vt], where).toEqual([true, true, true]);
              expect(F.U.toArray(), where).toEqual(fresh.U.toArray());
              expect(F.s, where).toEqual(fresh.s);
              expect(F.Vt.toArray(), where).toEqual(fresh.Vt.toArray());
              expect(F.V.toArray(), where).toEqual(fresh.V.toArray());
              expect(F.info, where).toEqual(fresh.info);
            }
            for (const { data, rows, cols } of [out.U, out.Vt]) {
              expect([...data.subarray(0, 3), ...data.subarray(3 + rows * cols)]).toEqual([7, 7, 7, 7, 7]);
            }
          }
        }
      });
    });
  }
}

test("BAT-9 places may be left out one by one, and the results there are new", () => {
  const A = Matrix.from([
    [3, 1, 2],
    [1, 4, 1],
    [2, 1, 5],
  ]);
  const all = placesFor("f64", 3, 3);
  for (const names of [[], ["U"], ["s"], ["Vt"], ["U", "Vt"], ["s", "Vt"]] as (keyof typeof all)[][]) {
    const out = Object.fromEntries(names.map((name) => [name, all[name]]));
    const F = svd(A, { out });
    for (const name of ["U", "s", "Vt"] as const) expect(F[name] === all[name], name).toBe(names.includes(name));
    expect(F.s).toEqual(svd(A).s);
  }
});

test("BAT-9 the matrix itself may be the place of U: it is read before anything is written", () => {
  for (const n of [2, 3, 8, 20]) {
    const [{ data }] = [...gallery(n, n, 3, "f64")].filter(({ family }) => family === "gaussian");
    const fresh = svd({ data, shape: [n, n] });
    const A = Matrix.wrap(data.slice(), [n, n]);
    const F = svd(A, { out: { U: A } });
    expect(F.U).toBe(A);
    expect(A.toArray()).toEqual(fresh.U.toArray());
    expect(F.s).toEqual(fresh.s);
  }
});

test("BAT-9 a place that does not fit, or shares memory with another, is refused by name and left as it was", () => {
  const A = Matrix.identity(3);
  const good = placesFor("f64", 3, 3);
  const refused = (out: object, error: typeof OptionError | typeof ShapeError, name: string) => {
    for (const M of [
      A,
      Matrix.from([
        [1, 2, 3],
        [0, 5, 6],
        [7, 8, 10],
      ]),
    ]) {
      expect(() => svd(M, { out } as SvdOptions), name).toThrow(error);
      expect(() => svd(M, { out } as SvdOptions), name).toThrow(name);
    }
  };
  svd(A, { out: good }); // places that were apart once are not so with others
  refused({ ...good, U: Matrix.zeros(3, 2) }, ShapeError, "out.U of 3 × 3");
  refused({ ...good, Vt: Matrix.zeros(2, 3) }, ShapeError, "out.Vt of 3 × 3");
  refused({ ...good, s: new Float64Array(4) }, OptionError, "out.s");
  refused({ ...good, s: new Float32Array(3) }, OptionError, "out.s");
  refused({ ...good, U: Matrix.zeros(3, 3, { dtype: "f32" }) }, OptionError, "out.U");
  refused({ ...good, U: good.U.T }, OptionError, "out.U");
  refused({ ...good, U: new Float64Array(9) }, OptionError, "out.U");
  refused({ ...good, Vt: good.U }, OptionError, "out.Vt");
  refused({ ...good, Vt: Matrix.wrap(good.U.data, [3, 3], { offset: 5 }) }, OptionError, "out.Vt");
  refused({ ...good, s: good.U.data.subarray(5, 8) }, OptionError, "out.s");
  refused({ s: good.Vt.data.subarray(5, 8), Vt: good.Vt }, OptionError, "out.Vt");
  refused({ ...good, V: good.Vt }, OptionError, "V");
  expect(() => svd(A, { out: null } as unknown as SvdOptions)).toThrow(OptionError);
  const untouched = placesFor("f64", 3, 3);
  expect(() =>
    svd(
      [
        [1, 2, 3],
        [4, NaN, 6],
        [7, 8, 9],
      ],
      { out: untouched },
    ),
  ).toThrow("row 1, column 1");
  expect([...untouched.s, ...untouched.U.data].every((x) => x === 7)).toBe(true);
  // Two places side by side in one array are apart.
  const row = new Float64Array(18);
  const halves = { U: Matrix.wrap(row, [3, 3]), Vt: Matrix.wrap(row, [3, 3], { offset: 9 }) };
  expect(svd(A, { out: halves }).Vt).toBe(halves.Vt);
});
