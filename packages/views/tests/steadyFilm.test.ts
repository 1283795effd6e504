import { expect, test } from "vitest";
import { rotateScaleRotate } from "eckart";
import {
  steadyFilm,
  svdFilm,
  svdReach,
  toAnimatedSvg,
  toElement,
  toSvg,
  type Shape,
  type ToldFilm,
} from "@eckart/views";

/** Lines a hundred units apart that all go right; at 0.5 seconds a name appears in front of them, and the first goes. */
const LINES: ToldFilm = {
  width: 400,
  height: 400,
  title: "Lines",
  description: "They go right.",
  duration: 1,
  chapters: [{ name: "right", start: 0, end: 1, caption: "Further." }],
  at: (seconds) => {
    const line = (x: number): Shape => ({ kind: "path", points: [[x, 0], [x, 400]], stroke: "grid" }); // oxfmt-ignore
    const lines = [0, 100, 200].map((x) => line(x + 40 * seconds));
    return seconds < 0.5 ? lines : [...lines.slice(1), { kind: "text", x: 9, y: 9, text: "x", fill: "ink" }];
  },
};

test("VIEW-13 the marks of a steady film are always the same, and those that are not there are unseen", () => {
  const film = steadyFilm(LINES, { rate: 10, rest: 2 });
  expect(film.duration).toBe(3);
  expect(film.times).toHaveLength(12);
  for (const time of film.times) {
    const shapes = film.at(time);
    expect(shapes.map(({ kind }) => kind)).toEqual(["path", "path", "path", "text"]);
    const seen = shapes.filter(({ opacity = 1 }) => opacity > 0).map((shape) => toElement({ ...shape, opacity: 1 }));
    expect(seen).toEqual(LINES.at(Math.min(time, 1)).map((shape) => toElement({ ...shape, opacity: 1 })));
  }
});

test("VIEW-13 a mark stays itself when its neighbour goes", () => {
  const film = steadyFilm(LINES, { rate: 10 });
  const lines = film.times.map((time) => film.at(time)[1] as Shape & { kind: "path" });
  for (const [i, { points }] of lines.entries()) expect(points[0]?.[0]).toBeCloseTo(100 + 40 * Math.min(1, i / 10), 12);
});

test.each([
  [
    [
      [3, 0],
      [4, 5],
    ],
  ],
  [
    [
      [1, 1, 0],
      [0, 1, 1],
    ],
  ],
  [
    [
      [2, 0, 0],
      [0, 1, 0],
      [0, 0, -0.5],
    ],
  ],
])("VIEW-13 the film of %j moves in an SVG without a script and shows at every sample what the film shows", (A) => {
  // oxfmt-ignore
  const map = rotateScaleRotate(A);
  const told = svdFilm(map, { reach: svdReach(map) });
  const film = steadyFilm(told);
  const svg = toAnimatedSvg(film);
  expect(svg).toContain("<animate ");
  expect(svg).not.toMatch(/undefined|NaN|<script/);
  const sorted = (shapes: readonly Shape[]): string[] =>
    shapes
      .filter(({ opacity = 1 }) => opacity > 0)
      .map((shape) => JSON.stringify(toElement({ ...shape, opacity: shape.opacity ?? 1 })))
      .sort();
  for (const time of film.times) expect(sorted(film.at(time))).toEqual(sorted(told.at(Math.min(time, told.duration))));
});

test("VIEW-6 a file keeps one scheme, and no page behind it, where it is asked to", () => {
  const figure = { ...LINES, shapes: LINES.at(0) };
  expect(toSvg(figure)).toContain("prefers-color-scheme:dark");
  expect(toSvg(figure, { scheme: "dark" })).not.toContain("prefers-color-scheme");
  expect(toSvg(figure, { scheme: "dark" })).toContain(".f-page{fill:#14161A}");
  expect(toSvg(figure, { scheme: "light" })).toContain(".f-page{fill:#FBFAF7}");
  expect(toSvg(figure)).toContain("<rect ");
  expect(toSvg(figure, { background: false })).not.toContain("<rect ");
});
