import { expect, test } from "vitest";
import { spectrum, toSvg, type Figure, type Rects, type Text } from "@eckart/views";

const bars = (figure: Figure) => figure.shapes.filter((shape): shape is Rects => shape.kind === "rects");
const dots = (figure: Figure) => figure.shapes.filter((shape) => shape.kind === "circle");
const texts = (figure: Figure) =>
  figure.shapes.filter((shape): shape is Text => shape.kind === "text").map((t) => t.text);

test("VIEW-1 bars are proportional to the singular values", () => {
  const s = [8, 4, 3, 1];
  const heights = bars(spectrum({ s })).map(({ rects }) => rects[0][3]);
  expect(heights).toHaveLength(4);
  s.forEach((value, i) => expect(heights[i] / heights[0]).toBeCloseTo(value / 8, 12));
});

test("VIEW-1 on the logarithmic scale equal ratios are equal steps", () => {
  const figure = spectrum({ s: [1, 1e-2, 1e-4, 1e-6], marks: [] });
  const y = dots(figure)
    .filter(({ fill }) => fill === "sigma")
    .map(({ cy }) => cy);
  expect(bars(figure)).toHaveLength(0);
  expect(y[1] - y[0]).toBeCloseTo(y[2] - y[1], 9);
  expect(y[2] - y[1]).toBeCloseTo(y[3] - y[2], 9);
  expect(y[1]).toBeGreaterThan(y[0]);
});

test("VIEW-1 the scale follows the spectrum unless it is told", () => {
  expect(bars(spectrum({ s: [1, 1e-5] }))).toHaveLength(0);
  expect(bars(spectrum({ s: [1, 1e-5], scale: "linear" }))).toHaveLength(2);
  expect(bars(spectrum({ s: [3, 1], scale: "log" }))).toHaveLength(0);
});

test("VIEW-2 the threshold is drawn between the values that count and those that do not", () => {
  const figure = spectrum({ s: [2, 1, 1e-9, 1e-12], threshold: 1e-6, marks: [] });
  const dashed = figure.shapes.find((shape) => shape.kind === "path" && shape.stroke === "muted" && shape.dash);
  const line = dashed?.kind === "path" ? dashed.points[0][1] : NaN;
  const values = dots(figure).filter(({ r }) => r > 3);
  expect(values.map(({ cy }) => cy < line)).toEqual([true, true, false, false]);
  expect(values.map(({ fill }) => fill)).toEqual(["sigma", "sigma", "page", "page"]);
  expect(figure.description).toContain("Rank 2 of 4");
  expect(texts(figure)).toContain("rank 2: σ > 1.00 × 10⁻⁶");
});

test("VIEW-3 the energy curve ends at 100 %, and the marks name the smallest ranks that reach them", () => {
  const figure = spectrum({ s: [3, 2, 1], marks: [0.6, 0.9, 1] });
  expect(texts(figure)).toContain("60 % at k = 1 · 90 % at k = 2 · 100 % at k = 3");
  expect(figure.description).toContain("the first 2 hold 92.8 % of the energy");
});

test("axes are labelled in round numbers, the indices from 1", () => {
  const labels = texts(spectrum({ s: [95.96, 17.76, 3.461, 1.885] }));
  for (const label of [
    "0",
    "20",
    "40",
    "60",
    "80",
    "0 %",
    "50 %",
    "100 %",
    "1",
    "2",
    "3",
    "4",
    "95.96",
    "index k",
    "σ",
  ])
    expect(labels).toContain(label);
  expect(texts(spectrum({ s: [1, 1e-10] }))).toContain("10⁻¹⁰");
});

test.each([
  ["no value", []],
  ["one value", [5]],
  ["zeros", [0, 0]],
  ["the whole range of doubles", [1.7e308, 1, 5e-324, 0]],
  ["a subnormal alone", [5e-324]],
  ["thousands", Array.from({ length: 5000 }, (_, i) => 5000 - i)],
])("VIEW-4 every mark of a spectrum lies inside the figure: %s", (_, s) => {
  for (const scale of ["linear", "log"] as const)
    for (const threshold of [0, 1e-13]) {
      const figure = spectrum({ s, scale, threshold });
      for (const [x, y] of figure.shapes.flatMap(corners)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(figure.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(figure.height);
      }
      expect(toSvg(figure)).not.toMatch(/NaN|Infinity|undefined/);
    }
});

function corners(shape: Figure["shapes"][number]): (readonly [number, number])[] {
  switch (shape.kind) {
    case "rects":
      return shape.rects.flatMap(([x, y, w, h]) => [[x, y] as const, [x + w, y + h] as const]);
    case "path":
      return [...shape.points];
    case "circle":
      return [[shape.cx, shape.cy]];
    case "text":
      return [[shape.x, shape.y]];
  }
}

test("VIEW-4 a spectrum of a million values stays a small picture", () => {
  const svg = toSvg(spectrum({ s: Float64Array.from({ length: 1e6 }, (_, i) => 1 / (1 + i)) }));
  expect(svg.length).toBeLessThan(100_000);
});

test("VIEW-5 what is not a spectrum is refused with the place", () => {
  expect(() => spectrum({ s: [1, NaN] })).toThrow(/spectrum: expected s\[1\] finite and not negative, got NaN/);
  expect(() => spectrum({ s: [Infinity] })).toThrow(/s\[0\]/);
  expect(() => spectrum({ s: [1, -1] })).toThrow(/not negative, got -1/);
  expect(() => spectrum({ s: [1, 2] })).toThrow(/descending, got s\[1\] = 2 after 1/);
});
