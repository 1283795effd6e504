import { expect, test } from "vitest";
import {
  exactRoot,
  mapScene,
  poseAt,
  SVD_CHAPTERS,
  SVD_FILM,
  svdFilm,
  svdProgress,
  svdReach,
  unwound,
  type MapFilmInput,
  type Shape,
} from "@eckart/views";

const map = ({ m = 2, n = 2, ...over }: Partial<MapFilmInput> & { m?: number; n?: number } = {}): MapFilmInput => ({
  first: { angle: -0.7 },
  s: [2.5, 1],
  last: { angle: 0.5 },
  reflects: false,
  repeated: false,
  singular: false,
  U: { rows: m },
  V: { rows: n },
  ...over,
});
const at = (first: number, scale: number, last: number): Parameters<typeof poseAt>[1] => ({
  first,
  scale,
  last,
  mirror: last,
});

test.each([90, 150, 180])("VIEW-11 half-way to a turn by %i° the circle is a circle", (degrees) => {
  const half = poseAt(mapScene(map({ first: { angle: (degrees * Math.PI) / 180 } })), at(0.5, 0, 0));
  const [[a, c], [b, d]] = half;
  expect(Math.hypot(a, c)).toBeCloseTo(1, 15);
  expect(Math.hypot(b, d)).toBeCloseTo(1, 15);
  expect(a * b + c * d).toBeCloseTo(0, 15);
  expect(Math.atan2(c, a)).toBeCloseTo((degrees * Math.PI) / 360, 15);
});

test("VIEW-14 lengths go by equal factors, and straight to 0", () => {
  const width = (s: readonly number[], gone: number): readonly number[] => {
    const M = poseAt(mapScene(map({ first: { angle: 0 }, s })), at(0, gone, 0));
    return [M[0][0], M[1][1]];
  };
  expect(width([4, 0.25], 0.5)).toEqual([2, 0.5]);
  expect(width([4, 0], 0.25)).toEqual([expect.closeTo(Math.SQRT2, 14), 0.75]);
  // No value makes the way to it jump, the smallest neither.
  for (const gone of [0.1, 0.5, 0.9]) {
    let before = width([1, 0], gone)[1];
    for (let sigma = 0; sigma <= 0.2; sigma += 0.0005) {
      const now = width([1, sigma], gone)[1];
      expect(Math.abs(now - before), `σ = ${sigma}, ${gone} gone`).toBeLessThan(0.02);
      before = now;
    }
  }
});

test("VIEW-14 three chapters of 0.9 seconds with 0.3 seconds between them, slow at both ends", () => {
  const film = svdFilm(map(), { reach: 2.5 });
  expect(film.chapters.map(({ name }) => name)).toEqual(["Vᵀ", "Σ", "U"]);
  const times = film.chapters.map(({ start, end }) => [start, end].map((x) => Number(x.toFixed(9))));
  expect(times).toEqual([[0, 0.9], [1.2, 2.1], [2.4, 3.3]]); // oxfmt-ignore
  expect(film.chapters.map(({ end }) => end)).toEqual(SVD_CHAPTERS.map((end) => expect.closeTo(end, 12)));
  expect(svdProgress(0.45).first).toBeCloseTo(0.5, 12);
  expect(svdProgress(1.05)).toEqual({ first: 1, scale: 0, last: 0, mirror: 0 });
  expect(svdProgress(3.3)).toEqual({ first: 1, scale: 1, last: 1, mirror: 1 });
});

test("VIEW-14 a reflection passes through the third dimension, and F reads backwards behind it", () => {
  const film = svdFilm(map({ reflects: true }), { reach: 2.5 });
  const letter = (seconds: number): Shape =>
    film.at(seconds).find((shape) => shape.kind === "path" && shape.width === 3 && shape.points.length === 3)!;
  expect(letter(2.1).stroke).toBe("ink");
  expect(letter(3.3).stroke).toBe("reversed");
  expect(film.chapters[2].caption).toMatch(/det A < 0.*through the third dimension.*F reads backwards/);
  const edge = poseAt(mapScene(map({ reflects: true, last: { angle: 0 } })), at(1, 1, 0.5));
  // v₂ stands upright half-way: its image is along the third axis.
  const second = [0, 1, 2].map((k) => edge[1][k] * Math.cos(0.7) - edge[0][k] * Math.sin(0.7));
  expect(second.map((x) => Math.abs(Number(x.toFixed(12))))).toEqual([0, 0, 1]);
});

const axis = [0.6, 0, 0.8] as const;
test.each([
  ["2 × 2", map(), 0],
  ["3 × 2", map({ m: 3, last: { angle: 2, axis } }), 0],
  ["2 × 3", map({ n: 3, first: { angle: 1, axis } }), 6],
  ["3 × 3", map({ m: 3, n: 3, first: { angle: 1, axis }, last: { angle: 2, axis }, s: [2, 1, 0.5] }), 6],
] as const)("VIEW-14 a film of %s stays in the square in its middle, whatever the view", (_, input, halves) => {
  const { width, height } = SVD_FILM;
  for (const [azimuth, elevation] of [
    [0, 0],
    [1, 1.5],
    [-3, -0.4],
  ] as const) {
    const film = svdFilm(input, { reach: svdReach(input), azimuth, elevation });
    for (const seconds of [0, 0.4, 0.9, 1.6, 2.1, 2.7, 3.3]) {
      const shapes = film.at(seconds);
      for (const shape of shapes) {
        if (shape.kind !== "path" || shape.mark === undefined) continue;
        for (const [x, y] of shape.points) {
          expect(Math.abs(x - width / 2)).toBeLessThanOrEqual(height / 2);
          expect(Math.abs(y - height / 2)).toBeLessThanOrEqual(height / 2);
        }
      }
      // Each great circle has a half in front, and one behind that is dashed.
      const arcs = shapes.filter((shape) => shape.kind === "path" && shape.cubic && shape.points.length === 13);
      expect(arcs).toHaveLength(halves);
      expect(arcs.filter(({ dash }) => dash)).toHaveLength(halves / 2);
      expect(JSON.stringify(shapes)).not.toMatch(/null|NaN/);
    }
  }
});

test("VIEW-14 the factors are told by marks: v before, s and u after", () => {
  const marks = (seconds: number): Set<string | undefined> =>
    new Set(
      svdFilm(map(), { reach: 3 })
        .at(seconds)
        .map(({ mark }) => mark),
    );
  expect(marks(0)).toEqual(new Set([undefined, "S", "v1", "v2"]));
  expect(marks(3.3)).toEqual(new Set([undefined, "S", "s1", "s2", "u1", "u2", "v1", "v2"]));
});

test("VIEW-14 turns that were wound up begin anew", () => {
  const { first, last } = unwound(map({ first: { angle: 7 }, last: { angle: -10, axis } }));
  expect(first.angle).toBeCloseTo(7 - 2 * Math.PI, 12);
  expect(last).toEqual({ angle: expect.closeTo(-10 + 4 * Math.PI, 12), axis });
});

test.each([
  [
    [
      [3, 0],
      [4, 5],
    ],
    Math.sqrt(45),
    "√45",
  ],
  [
    [
      [3, 0],
      [4, 5],
    ],
    Math.sqrt(5),
    "√5",
  ],
  [
    [
      [1.5, 0],
      [2, 2.5],
    ],
    Math.sqrt(45) / 2,
    "√45/2",
  ],
  [
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    Math.sqrt(3),
    "√3",
  ],
  [
    [
      [3, 2, 2],
      [2, 3, -2],
    ],
    4.999999999999999,
    "5",
  ],
  [
    [
      [0.6, -0.4],
      [1.6, 1.5],
    ],
    0.7,
    "0.7",
  ],
  [
    [
      [1, 2],
      [2, 4],
    ],
    1e-16,
    "0",
  ],
  [
    [
      [2, 0],
      [0, 2],
    ],
    2,
    "2",
  ],
  [
    [
      [1, 1],
      [0, 1],
    ],
    1.618033988749895,
    undefined,
  ],
  [
    [
      [Math.PI, 0],
      [0, 1],
    ],
    Math.PI,
    undefined,
  ],
  [
    [
      [1, 0],
      [0, 1],
    ],
    Math.sqrt(2),
    undefined,
  ],
] as const)("VIEW-15 an exact root is given only where it is one: %j, %d", (A, sigma, expected) => {
  expect(exactRoot(A, sigma)).toBe(expected);
});
