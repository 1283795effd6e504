import { expect, test } from "vitest";
import {
  det,
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  procrustes,
  qr,
  Random,
  ShapeError,
  subtract,
  type ProcrustesOptions,
} from "../../src/index.ts";

const random = new Random(11);

function orthogonal(n: number, sign: number): Matrix {
  const { Q } = qr(random.normalMatrix(n, n));
  if (Math.sign(det(Q)) !== sign) for (let i = 0; i < n; i++) Q.data[i * n] *= -1;
  return Q;
}

/** c·A·R + t. */
function moved(A: Matrix, R: Matrix, c = 1, t?: ArrayLike<number>): Matrix {
  const B = multiply(A, R);
  for (let i = 0; i < B.data.length; i++) B.data[i] = c * B.data[i] + (t?.[i % B.cols] ?? 0);
  return B;
}

test("LOW-15 the motion that was made is found again, in every dimension and combination", () => {
  for (const n of [1, 2, 3, 5])
    for (const sign of [1, -1])
      for (const scaling of [false, true])
        for (const translation of [false, true]) {
          const name = `${n} ${sign} ${scaling} ${translation}`;
          const A = random.normalMatrix(12, n);
          const R = orthogonal(n, sign);
          const c = scaling ? 2.5 : 1;
          const t = Array.from({ length: n }, (_, j) => (translation ? 3 * j - 7 : 0));
          const B = moved(A, R, c, t);
          const found = procrustes(A, B, { scaling, translation });
          expect(norm(subtract(found.R, R)), name).toBeLessThan(1e-13);
          expect(found.scale, name).toBeCloseTo(c, 13);
          t.forEach((x, j) => expect(found.translation[j], name).toBeCloseTo(x, 12));
          expect(found.residual, name).toBeLessThan(1e-12);
          expect([found.reflected, found.unique], name).toEqual([sign < 0, true]);
        }
});

test("LOW-15 nothing nearby does better, with and without reflections", () => {
  for (const n of [2, 3, 4])
    for (const options of [{}, { reflection: false }, { scaling: true, translation: true, reflection: false }]) {
      const [A, B] = [random.normalMatrix(9, n), random.normalMatrix(9, n)];
      const found = procrustes(A, B, options);
      expect(norm(subtract(moved(A, found.R, found.scale, found.translation), B))).toBeCloseTo(found.residual, 12);
      expect(norm(subtract(multiply(found.R.T, found.R), Matrix.identity(n)))).toBeLessThan(1e-13);
      if ("reflection" in options) expect(det(found.R)).toBeCloseTo(1, 12);
      for (let trial = 0; trial < 20; trial++) {
        // A small turn in a random plane.
        const angle = 0.1 * random.normal();
        const [i, j] = random.permutation(n);
        const turn = Matrix.identity(n);
        turn.data[i * n + i] = turn.data[j * n + j] = Math.cos(angle);
        turn.data[i * n + j] = -Math.sin(angle);
        turn.data[j * n + i] = Math.sin(angle);
        const other = moved(A, multiply(found.R, turn), found.scale, found.translation);
        expect(norm(subtract(other, B))).toBeGreaterThanOrEqual(found.residual - 1e-12);
      }
    }
});

test("LOW-15 a mirror image: reflected where that is allowed, the nearest rotation where not", () => {
  const A = random.normalMatrix(10, 3);
  const B = moved(A, orthogonal(3, -1));
  expect(procrustes(A, B).reflected).toBe(true);
  const rotation = procrustes(A, B, { reflection: false });
  expect(rotation.reflected).toBe(false);
  expect(det(rotation.R)).toBeCloseTo(1, 13);
  expect(rotation.residual).toBeGreaterThan(0.1);
});

test("LOW-15 whether the answer is the only one", () => {
  const cases: [number[][], ProcrustesOptions, boolean][] = [
    [[[1, 0, 0], [0, 1, 0]], {}, false], // a plane: the mirror in it does as well
    [[[1, 0, 0], [0, 1, 0]], { reflection: false }, true],
    [[[1, 0, 0]], { reflection: false }, false], // a line: free to turn around it
    [[[0, 0, 0]], {}, false],
    [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], {}, true],
  ]; // oxfmt-ignore
  for (const [A, options, unique] of cases) expect(procrustes(A, A, options).unique).toBe(unique);
  const flipped = procrustes([[1, 0], [0, 1]], [[1, 0], [0, -1]], { reflection: false }); // oxfmt-ignore
  expect(flipped.unique).toBe(false);
});

test("LOW-15 any units: the answer scales, from 1e-300 to 1e300", () => {
  const [A, B] = [random.normalMatrix(8, 3), random.normalMatrix(8, 3)];
  const options = { scaling: true, translation: true };
  const plain = procrustes(A, B, options);
  for (const [p, q] of [
    [2 ** 900, 2 ** 900],
    [2 ** -900, 2 ** -900],
    [2 ** 400, 2 ** -400],
  ]) {
    // oxfmt-ignore
    const found = procrustes(moved(A, Matrix.identity(3), p), moved(B, Matrix.identity(3), q), options);
    expect(norm(subtract(found.R, plain.R))).toBeLessThan(1e-13);
    expect(found.scale / (plain.scale * (q / p))).toBeCloseTo(1, 12);
    expect(found.residual / (plain.residual * q)).toBeCloseTo(1, 12);
  }
});

test("LOW-15 f32, no points, points at one place", () => {
  const A = Matrix.from(random.normalMatrix(6, 2), { dtype: "f32" });
  const found = procrustes(A, A, { translation: true, scaling: true });
  expect(found.R.dtype).toBe("f32");
  expect(found.residual).toBeLessThan(1e-5);
  expect(procrustes(Matrix.zeros(0, 2), Matrix.zeros(0, 2), { translation: true }).R.shape).toEqual([2, 2]);
  expect(procrustes([[]], [[]]).residual).toBe(0);
  const same = procrustes([[1, 1], [1, 1]], [[4, 5], [4, 5]], { translation: true, scaling: true }); // oxfmt-ignore
  expect(same.residual).toBe(0);
});

test("LOW-4 what cannot be is refused by name", () => {
  expect(() => procrustes([[1, 2]], [[1], [2]])).toThrow(ShapeError);
  expect(() => procrustes([[NaN]], [[1]])).toThrow(NonFiniteError);
  expect(() => procrustes([[1]], [[1]], { reflection: "no" as never })).toThrow(OptionError);
  expect(() => procrustes([[1]], [[1]], { weights: [1] } as never)).toThrow(OptionError);
});
