import { expect, test } from "vitest";
import { heatMap, toSvg, type Figure, type Rects } from "@eckart/views";

/** The rectangles of the cells: everything above the legend, by sign. */
const cells = (figure: Figure, fill: string) =>
  figure.shapes.filter((s): s is Rects => s.kind === "rects" && s.fill === fill && s.rects[0][1] < figure.height - 64);
const texts = (figure: Figure) => figure.shapes.flatMap((s) => (s.kind === "text" ? [s.text] : []));

test("VIEW-8 strength grows with magnitude, positive in ink, negative in plum, zero unpainted", () => {
  const figure = heatMap([[1, -2, 4, 0]]);
  const opacity = (fill: string) => cells(figure, fill).map((s) => s.opacity!);
  const [weak, strong] = opacity("ink").sort((a, b) => a - b);
  expect(weak / strong).toBeCloseTo(1 / 4, 9);
  expect(opacity("reversed")).toEqual([strong / 2]);
  expect(
    cells(figure, "ink")
      .concat(cells(figure, "reversed"))
      .flatMap((s) => s.rects),
  ).toHaveLength(3);
});

test("VIEW-8 wide cells carry their numbers with a true minus, and columns their names", () => {
  const labels = texts(
    heatMap(
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
      { columns: ["alpha", "beta", "a very long name of a column"] },
    ),
  );
  expect(labels.filter((text) => text === "2")).not.toHaveLength(0);
  expect(labels).toContain("−2");
  expect(labels).toContain("alpha");
  expect(labels).toContain("a very long na…");
});

test("VIEW-8 strided and offset data are read as the engine lays them out", () => {
  const data = [9, 1, 2, 3, 4, 5, 6];
  const transposed = { data, shape: [3, 2], offset: 1, rowStride: 1, colStride: 3 } as const;
  expect(heatMap(transposed)).toEqual(
    heatMap([
      [1, 4],
      [2, 5],
      [3, 6],
    ]),
  );
  expect(heatMap({ data, shape: [3, 2], offset: 1, strides: [1, 3] })).toEqual(heatMap(transposed));
  expect(heatMap({ data: data.slice(1), shape: [2, 3] })).toEqual(
    heatMap([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
});

test("VIEW-9 a large matrix keeps its strongest entries, and says so", () => {
  const big = new Float64Array(2000 * 3000);
  big[1234 * 3000 + 2345] = -7;
  const figure = heatMap({ data: big, shape: [2000, 3000] });
  const [spot] = cells(figure, "reversed");
  expect(spot.rects).toHaveLength(1);
  const [x, y] = spot.rects[0];
  expect((x - 64) / (720 - 92)).toBeCloseTo(2345 / 3000, 1);
  expect((y - (figure.height - 64 - 372)) / 372).toBeCloseTo(1234 / 2000, 1);
  expect(figure.description).toMatch(/each cell is the strongest of up to \d+ × \d+ entries/);
  expect(toSvg(figure).length).toBeLessThan(20_000);
});

test("VIEW-9 entries that are not finite are crossed and counted", () => {
  const figure = heatMap([
    [1, NaN],
    [Infinity, 2],
  ]);
  expect(figure.description).toContain("2 not finite, crossed");
  expect(figure.shapes.filter((s) => s.kind === "path" && s.stroke === "ink")).toHaveLength(4);
});

test.each([
  ["no rows", []],
  ["no columns", [[], []]],
  ["one entry", [[5]]],
  ["zeros", [[0, 0]]],
  ["the range of doubles", [[1.7e308, -5e-324]]],
])("VIEW-4 a heat map of %s is a picture", (_, matrix) => {
  expect(toSvg(heatMap(matrix))).not.toMatch(/NaN|Infinity|undefined/);
});

test("VIEW-5 ragged rows are refused with the place", () => {
  expect(() => heatMap([[1, 2], [3]])).toThrow(/heatMap: expected 2 columns in row 1, got 1/);
});

test("a narrow picture holds its legend", () => {
  const { shapes, width } = heatMap([[1, -2]], { width: 231 });
  const rights = shapes.flatMap((shape) => (shape.kind === "rects" ? shape.rects.map(([x, , wide]) => x + wide) : []));
  expect(Math.max(...rights)).toBeLessThanOrEqual(width);
});
