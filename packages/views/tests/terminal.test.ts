import { expect, test } from "vitest";
import { beside, eigenvalueBars, imageOfCircle, plainLine, plane, spectrumBars, type Line } from "@eckart/views";

const text = (lines: readonly Line[]) => lines.map(plainLine);
const EIGHTHS = " ▏▎▍▌▋▊▉█";
const eighths = (line: string) => [...line].reduce((sum, c) => sum + Math.max(0, EIGHTHS.indexOf(c)), 0);

test("VIEW-1 bars in eighths of a cell are proportional to the values", () => {
  const s = [100, 50, 37, 12.5, 3];
  const lengths = text(spectrumBars({ s })).slice(1).map(eighths);
  s.forEach((value, i) => expect(Math.abs(lengths[i] - (lengths[0] * value) / 100)).toBeLessThanOrEqual(0.5));
});

test("VIEW-1 ASCII bars use nothing else", () => {
  const lines = text(spectrumBars({ s: [4, 2, 0.01], unicode: false }));
  for (const line of lines) expect(line).toMatch(/^[ -~]*$/);
  const count = (line: string) => line.split("#").length - 1;
  expect(count(lines[1])).toBe(2 * count(lines[2]));
  expect(lines[3]).toMatch(/ \.\s/);
});

test.each([24, 30, 40, 60, 80, 132, 250])("VIEW-10 no line is longer than %i columns", (columns) => {
  const spectra = [[5, 3], [1e307, 1, 5e-324, 0], Array.from({ length: 5000 }, (_, i) => 1 / (1 + i)), [0]];
  for (const s of spectra)
    for (const unicode of [true, false]) {
      const lines = text(spectrumBars({ s, columns, unicode }));
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    }
  const wide = text(spectrumBars({ s: [5, 3], columns }));
  expect([...wide[1]].length).toBe(columns);
});

test("VIEW-3 the energy column is cut, not rounded: 100 % is said only of everything", () => {
  const lines = text(spectrumBars({ s: [1, 1e-3, 1e-4], threshold: 0 }));
  expect(lines[1]).toMatch(/99\.99 %$/);
  expect(lines[3]).toMatch(/ 100 %$/);
  expect(
    text(spectrumBars({ s: [3, 2, 1] }))
      .slice(1)
      .map((line) => line.match(/[\d.]+ %/)![0]),
  ).toEqual(["64.28 %", "92.85 %", "100 %"]);
});

test("VIEW-2 values that count as zero have no bar and keep their size", () => {
  const lines = text(spectrumBars({ s: [5, 3, 2.2e-16], threshold: 1e-14 }));
  expect(eighths(lines[3])).toBe(0);
  expect(lines[3]).toContain("2.2e-16");
});

test("VIEW-10 a long spectrum shows its ends and the edge of the rank", () => {
  const s = Array.from({ length: 1000 }, (_, i) => (i < 500 ? 1000 - i : 1e-13));
  const lines = text(spectrumBars({ s, threshold: 1e-9 }));
  const indices = lines
    .map((line) => line.match(/^ *(\d+) /)?.[1])
    .filter(Boolean)
    .map(Number);
  expect(indices.slice(0, 18)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  expect(indices.slice(18)).toEqual([500, 501, 999, 1000]);
  expect(lines.filter((line) => line.trim() === "⋮")).toHaveLength(2);
});

test("three decades and more are drawn on a logarithmic scale, which is said", () => {
  const lines = text(spectrumBars({ s: [1, 1e-2, 1e-4] }));
  expect(lines[0]).toContain("log scale");
  const [a, b, c] = lines.slice(1).map(eighths);
  expect(a - b).toBeCloseTo(b - c, -1);
  expect(c).toBeGreaterThan(0);
  expect(text(spectrumBars({ s: [2, 1] }))[0]).not.toContain("log");
  expect(text(spectrumBars({ s: [1, 1e-4], scale: "linear" }))[0]).not.toContain("log");
  expect(
    text(spectrumBars({ s: [2, 2], scale: "log" }))
      .slice(1)
      .map(eighths),
  ).toHaveLength(2);
});

test("eigenvalues go right of the line where positive and left where negative", () => {
  const lines = text(eigenvalueBars({ w: [-2, 0, 4], columns: 60 }));
  const parts = lines.slice(1).map((line) => line.slice(line.indexOf("-2") + 2).split("│"));
  const blocks = (part: string) => part.split("█").length - 1;
  const [negative, , positive] = lines.slice(1);
  expect(blocks(negative.split("│")[0]) * 2).toBeCloseTo(blocks(positive.split("│")[1]), -0.5);
  expect(blocks(lines[2])).toBe(0);
  expect(parts).toHaveLength(3);
  const axis = lines.slice(1).map((line) => line.indexOf("│"));
  expect(new Set(axis).size).toBe(1);
  expect(() => eigenvalueBars({ w: [NaN] })).toThrow(/w\[0\] finite/);
  expect(text(eigenvalueBars({ w: [] }))).toEqual(["no eigenvalues: the matrix is empty"]);
});

test("the plane is square on the screen and its marks lie where they should", () => {
  const height = 21;
  const circle = imageOfCircle([
    [1, 0],
    [0, 1],
  ]);
  const lines = text(plane([{ kind: "curve", points: circle, role: "v" }], { extent: 1, height, unicode: false }));
  expect(lines).toHaveLength(height);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([2 * height]));
  expect(lines[10][0]).toBe("o");
  expect(lines[10].at(-1)).toBe("o");
  expect(lines[0].slice(19, 22)).toContain("o");
  expect(lines[0][0]).toBe(" ");
});

test("the image of the circle under diag(5, 3) has the half-axes 5 and 3", () => {
  const lengths = imageOfCircle([
    [5, 0],
    [0, 3],
  ]).map(([x, y]) => Math.hypot(x, y));
  expect(Math.max(...lengths)).toBeCloseTo(5, 12);
  expect(Math.min(...lengths)).toBeCloseTo(3, 12);
});

test("labels sit beside their tips and never leave the picture", () => {
  for (const unicode of [true, false])
    for (const tip of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [9, 9],
      [-9, -9],
    ] as const) {
      const lines = text(plane([{ kind: "arrow", tip, label: "v1", role: "v" }], { extent: 1.2, height: 11, unicode }));
      expect(lines.join("\n")).toContain("v1");
      expect(new Set(lines.map((line) => [...line].length))).toEqual(new Set([22]));
    }
});

test("two pictures stand side by side", () => {
  const line = (t: string): Line => [{ text: t, role: "ink" }];
  expect(text(beside([line("ab"), line("c")], [line("x"), line("y"), line("z")], 4))).toEqual([
    "ab  x",
    "c   y",
    "    z",
  ]);
});
