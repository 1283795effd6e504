import { Random } from "@eckart/testing";
import { describe, expect, test } from "vitest";
import { eigenStructure, NonFiniteError, OptionError, ShapeError } from "../../../src/index.ts";
import type { EigenKind } from "../../../src/index.ts";

type Space = [re: number, im: number, algebraic: number, geometric: number, basis: number[][]];
const half = Math.SQRT1_2;
const turn = (angle: number): number[][] => [
  [Math.cos(angle), -Math.sin(angle)],
  [Math.sin(angle), Math.cos(angle)],
];
const plane = [[1, 0], [0, 1]]; // prettier-ignore
const line = (...entries: number[]): number[][] => entries.map((x) => [x / Math.hypot(...entries)]);

// prettier-ignore
const LESSON: [name: string, A: number[][], kind: EigenKind, spaces: Space[]][] = [
  ["two lines", [[2, 1], [0.5, 1.5]], "distinct", [[1, 0, 1, 1, line(1, -1)], [2.5, 0, 1, 1, line(2, 1)]]],
  ["a flip", [[1, 2], [2, 1]], "distinct", [[-1, 0, 1, 1, line(1, -1)], [3, 0, 1, 1, line(1, 1)]]],
  ["a shear", [[1, 1], [0, 1]], "defective", [[1, 0, 2, 1, line(1, 0)]]],
  ["a slanted shear", [[3, 1], [-1, 1]], "defective", [[2, 0, 2, 1, line(1, -1)]]],
  ["nilpotent", [[0, 1], [0, 0]], "defective", [[0, 0, 2, 1, line(1, 0)]]],
  ["a shear of a book", [[1, 1], [0, 1]].map((row) => row.map((x) => x * 1e-200)), "defective", [[1e-200, 0, 2, 1, line(1, 0)]]],
  ["a quarter turn", [[0, -1], [1, 0]], "complex", [[0, 1, 1, 1, plane]]],
  ["an elliptic motion", [[0, -4], [1, 0]], "complex", [[0, 2, 1, 1, plane]]],
  ["a spiral", [[3, -2], [4, -1]], "complex", [[1, 2, 1, 1, plane]]],
  ["the identity", [[1, 0], [0, 1]], "repeated", [[1, 0, 2, 2, plane]]],
  ["a half turn", [[-1, 0], [0, -1]], "repeated", [[-1, 0, 2, 2, plane]]],
  ["zero", [[0, 0], [0, 0]], "repeated", [[0, 0, 2, 2, plane]]],
  ["rank one", [[1, 2], [2, 4]], "distinct", [[0, 0, 1, 1, line(2, -1)], [5, 0, 1, 1, line(1, 2)]]],
  ["diagonal in space", [[2, 0, 0], [0, 2, 0], [0, 0, 5]], "repeated", [[2, 0, 2, 2, [[1, 0], [0, 1], [0, 0]]], [5, 0, 1, 1, line(0, 0, 1)]]],
  ["a multiple of the identity", [[3, 0, 0], [0, 3, 0], [0, 0, 3]], "repeated", [[3, 0, 3, 3, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]]]],
  ["a turn about the third axis", [[...turn(1)[0], 0], [...turn(1)[1], 0], [0, 0, 1]], "complex", [[1, 0, 1, 1, line(0, 0, 1)], [Math.cos(1), Math.sin(1), 1, 1, [[1, 0], [0, 1], [0, 0]]]]],
  ["the axes exchanged in turn", [[0, 0, 1], [1, 0, 0], [0, 1, 0]], "complex", [[1, 0, 1, 1, line(1, 1, 1)], [-0.5, Math.sqrt(3) / 2, 1, 1, []]]],
  ["a shear of space", [[1, 0, 1], [0, 1, 0], [0, 0, 1]], "defective", [[1, 0, 3, 2, [[1, 0], [0, 1], [0, 0]]]]],
  ["a Jordan block of three", [[4, 1, 0], [0, 4, 1], [0, 0, 4]], "defective", [[4, 0, 3, 1, line(1, 0, 0)]]],
  ["triple, as reported to math.js", [[2, 0, 0], [-1, -1, 9], [0, -1, 5]], "defective", [[2, 0, 3, 1, line(0, 3, 1)]]],
  ["a shear beside a stretch", [[1, 1, 0], [0, 1, 0], [0, 0, 3]], "defective", [[1, 0, 2, 1, line(1, 0, 0)], [3, 0, 1, 1, line(0, 0, 1)]]],
  ["a Markov chain with two ends", [[0.2, 0.3, 0.5], [0, 1, 0], [0, 0, 1]], "repeated", [[0.2, 0, 1, 1, line(1, 0, 0)], [1, 0, 2, 2, []]]],
  ["symmetric in space", [[1, 7, 3], [7, 4, 5], [3, 5, 6]], "distinct", [[-4.7367, 0, 1, 1, []], [1.8377, 0, 1, 1, []], [13.899, 0, 1, 1, []]]],
];

describe("GEN-9 the classes of the lesson", () => {
  test.each(LESSON)("%s", (_, A, kind, spaces) => {
    const S = eigenStructure(A);
    expect(S.kind).toBe(kind);
    expect(S.spaces.map(({ algebraic, geometric }) => [algebraic, geometric])).toEqual(
      spaces.map(([, , a, g]) => [a, g]),
    );
    const size = Math.max(...A.flat().map(Math.abs)) || 1;
    S.spaces.forEach(({ value, basis, geometric }, k) => {
      const [re, im, , , expected] = spaces[k];
      const digits = Number.isInteger(A[0][1]) && re > 1.8 && re < 14 && re % 1 !== 0 ? 3 : 13;
      if (S.spaces.length < 3) {
        expect(value.re / size).toBeCloseTo(re / size, digits);
        expect(value.im / size).toBeCloseTo(im / size, digits);
      } else expect(value.re).toBeCloseTo(re, 3);
      expect(basis.cols).toBe(value.im > 0 ? 2 : geometric);
      expected.forEach((row, i) => row.forEach((x, j) => expect(basis.at(i, j), `${i}, ${j}`).toBeCloseTo(x, 13)));
    });
    expectSpaces(A, S.spaces);
  });

  test("what is exact is exact", () => {
    const shear = eigenStructure([[1, 1], [0, 1]]); // prettier-ignore
    expect([shear.spaces[0].value, shear.spaces[0].basis.toArray()]).toEqual([{ re: 1, im: 0 }, [[1], [0]]]);
    expect(eigenStructure([[3, -2], [4, -1]]).spaces[0].value).toEqual({ re: 1, im: 2 }); // prettier-ignore
    expect(eigenStructure([[2, 1], [0.5, 1.5]]).spaces.map(({ value }) => value.re)).toEqual([1, 2.5]); // prettier-ignore
    expect(eigenStructure([[3, 1], [-1, 1]]).spaces[0].value.re).toBe(2); // prettier-ignore
  });
});

/** A keeps every space, and every basis is orthonormal. */
function expectSpaces(A: number[][], spaces: ReturnType<typeof eigenStructure>["spaces"]): void {
  const norm = Math.hypot(...A.flat()) || 1;
  for (const { value, basis } of spaces) {
    const columns = Array.from({ length: basis.cols }, (_, j) => Array.from(basis.col(j)));
    const dot = (x: number[], y: number[]): number => x.reduce((sum, a, i) => sum + a * y[i], 0);
    columns.forEach((x, i) => columns.forEach((y, j) => expect(dot(x, y)).toBeCloseTo(Number(i === j), 14)));
    for (const x of columns) {
      const image = A.map((row) => dot(row, x));
      const target = value.im > 0 ? columns.map((y) => dot(y, image)) : null;
      const rest = image.map(
        (y, i) => y - (target ? target.reduce((s, t, j) => s + t * columns[j][i], 0) : value.re * x[i]),
      );
      expect(Math.hypot(...rest) / norm, "A keeps the space").toBeLessThan(1e-13);
    }
  }
}

test("GEN-9 the class survives a change of basis by rotations, and rounding", () => {
  const classes: [EigenKind, number[][]][] = [
    ["defective", [[1, 1, 0], [0, 1, 0], [0, 0, 3]]],
    ["defective", [[2, 1, 0], [0, 2, 1], [0, 0, 2]]],
    ["defective", [[1, 0, 1], [0, 1, 0], [0, 0, 1]]],
    ["repeated", [[2, 0, 0], [0, 2, 0], [0, 0, -1]]],
    ["complex", [[0, -2, 0], [1, 0, 0], [0, 0, 1]]],
    ["distinct", [[1, 5, 2], [0, 2, 3], [0, 0, 4]]],
  ]; // prettier-ignore
  for (const [kind, T] of classes) {
    const expected = eigenStructure(T).spaces.map(({ algebraic, geometric }) => [algebraic, geometric]);
    for (let seed = 0; seed < 30; seed++) {
      const random = new Random(seed, kind);
      let A = T;
      for (const [p, q] of [[0, 1], [1, 2], [0, 2]]) {
        const angle = random.between(0, 6);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const G = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? (i === p || i === q ? c : 1) : i === p && j === q ? -s : i === q && j === p ? s : 0)));
        const times = (X: number[][], Y: number[][]): number[][] => X.map((row) => [0, 1, 2].map((j) => row.reduce((sum, x, k) => sum + x * Y[k][j], 0)));
        A = times(times(G, A), [0, 1, 2].map((i) => [0, 1, 2].map((j) => G[j][i])));
      } // prettier-ignore
      const S = eigenStructure(A);
      expect(S.kind, `seed ${seed} of ${T.join("; ")}`).toBe(kind);
      expect(S.spaces.map(({ algebraic, geometric }) => [algebraic, geometric])).toEqual(expected);
      expectSpaces(A, S.spaces);
    }
  }
});

test("GEN-9 rtol says how near counts as equal", () => {
  const nearly = [[1, 1], [1e-10, 1]]; // prettier-ignore
  expect(eigenStructure(nearly).kind).toBe("distinct");
  expect(eigenStructure(nearly, { rtol: 1e-9 }).kind).toBe("defective");
  expect(eigenStructure([[1, 1], [-1e-10, 1]]).kind).toBe("complex"); // prettier-ignore
  expect(eigenStructure([[1, 1e-10], [0, 1]]).kind).toBe("defective"); // prettier-ignore
  expect(eigenStructure([[1, 1e-10], [0, 1]], { rtol: 1e-9 }).kind).toBe("repeated"); // prettier-ignore
  expect(eigenStructure([[1, 0], [0, 1 + 1e-10]]).kind).toBe("distinct"); // prettier-ignore
  const single = { data: Float32Array.of(1, 1, 1e-8, 1), shape: [2, 2] };
  expect(eigenStructure(single).kind).toBe("defective");
  expect(half).toBeCloseTo(eigenStructure([[1, 2], [2, 1]]).spaces[1].basis.at(0, 0), 15); // prettier-ignore
});

test("MAT-7 wrong input is refused", () => {
  expect(() => eigenStructure([[1]])).toThrow(ShapeError);
  expect(() => eigenStructure([[1, 2, 3], [4, 5, 6]])).toThrow(ShapeError); // prettier-ignore
  expect(() => eigenStructure([[1, NaN], [0, 1]])).toThrow(NonFiniteError); // prettier-ignore
  expect(() => eigenStructure([[1, 2], [0, 1]], { rtol: -1 })).toThrow(OptionError); // prettier-ignore
  expect(() => eigenStructure([[1, 2], [0, 1]], { rtol: 1 })).toThrow(OptionError); // prettier-ignore
  expect(() => eigenStructure([[1, 2], [0, 1]], { tol: 1 } as object)).toThrow(OptionError); // prettier-ignore
});
