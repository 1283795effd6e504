import { expect, test } from "vitest";
import {
  belowFigures,
  besideFigures,
  headed,
  headedFilm,
  named,
  type Figure,
  type Shape,
  type Text,
  type ToldFilm,
} from "@eckart/views";

const SHAPES: readonly Shape[] = [
  { kind: "rects", rects: [[0, 1, 2, 3]], fill: "v" },
  {
    kind: "path",
    points: [
      [4, 5],
      [6, 7],
    ],
    stroke: "u",
  },
  { kind: "circle", cx: 8, cy: 9, r: 2, fill: "ink" },
  { kind: "text", x: 10, y: 11, text: "a", fill: "ink" },
];

const figure = (width: number, height: number, description: string): Figure => ({
  width,
  height,
  title: "one",
  description,
  shapes: SHAPES,
});

test("figures side by side keep their shapes and their size, and stand in the middle", () => {
  const both = besideFigures("Both", [figure(100, 50, "First."), figure(60, 20, "Second.")], 10);
  expect(both).toMatchObject({ width: 170, height: 50, title: "Both", description: "First. Second." });
  expect(both.shapes.slice(0, 4)).toEqual(SHAPES);
  expect(both.shapes.slice(4)).toEqual([
    { kind: "rects", rects: [[110, 16, 2, 3]], fill: "v" },
    {
      kind: "path",
      points: [
        [114, 20],
        [116, 22],
      ],
      stroke: "u",
    },
    { kind: "circle", cx: 118, cy: 24, r: 2, fill: "ink" },
    { kind: "text", x: 120, y: 26, text: "a", fill: "ink" },
  ]);
});

test("figures one below the other are turned from those side by side", () => {
  const both = belowFigures("Both", [figure(100, 50, "First."), figure(60, 20, "")], 10);
  expect(both).toMatchObject({ width: 100, height: 80, description: "First." });
  expect(both.shapes.at(-1)).toMatchObject({ x: 30, y: 71 });
  expect(besideFigures("None", [])).toMatchObject({ width: 0, height: 0, shapes: [] });
});

test("a headed figure begins with its words and is as much higher", () => {
  const plain = figure(400, 100, "What is to be seen in it, in words that are told below the title.");
  const whole = headed(plain);
  const added = whole.height - plain.height;
  const words = whole.shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
  expect(words.slice(0, -1).join(" ")).toBe(`one ${plain.description}`);
  expect(whole.shapes.at(-1)).toMatchObject({ x: 10, y: 11 + added });
  expect(added).toBeGreaterThan(40);
});

test("a figure among others has its name below", () => {
  const one = named(figure(100, 50, "First."));
  expect(one.shapes.slice(0, -1)).toEqual(SHAPES);
  expect(one.shapes.at(-1)).toMatchObject({ kind: "text", x: 50, text: "one" });
  const { y } = one.shapes.at(-1) as Text;
  expect(y).toBeGreaterThan(50);
  expect(y).toBeLessThan(one.height);
});

test("a headed film says in each chapter what happens, and stays as high", () => {
  const film: ToldFilm = {
    ...figure(400, 100, ""),
    duration: 3,
    chapters: [
      { name: "a", start: 0, end: 1, caption: "Short." },
      {
        name: "b",
        start: 2,
        end: 3,
        caption: "So long that it does not fit into a single line of the width that there is.",
      },
    ],
    at: () => SHAPES,
  };
  const whole = headedFilm(film);
  const words = (seconds: number): string =>
    whole.at(seconds).filter((shape): shape is Text => shape.kind === "text").slice(1, -1).map(({ text }) => text).join(" "); // oxfmt-ignore
  expect([0, 1.9, 2, 2.1, 3].map(words)).toEqual([0, 0, 0, 1, 1].map((i) => film.chapters[i]?.caption));
  expect(whole.at(0).at(-1)).toEqual(whole.at(3).at(-1));
  expect(whole.at(0).at(-1)).toMatchObject({ x: 10, y: 11 + whole.height - film.height });
});
