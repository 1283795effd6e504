import { expect, test } from "vitest";
import { scatter, toSvg } from "@eckart/views";

const square: [number, number][] = [[0, 0], [4, 0], [4, 2], [0, 2]]; // oxfmt-ignore

test("both axes have one scale, and every point lies inside of the picture", () => {
  const { places, width, height } = scatter({ points: square }, { width: 500, height: 400 });
  const [a, b, c] = places;
  const [across, up] = [b[0] - a[0], b[1] - c[1]];
  expect(across / up).toBeCloseTo(2, 12);
  for (const [x, y] of places) expect([x > 0, x < width, y > 0, y < height]).toEqual([true, true, true, true]);
});

test("classes are told apart by shape, and named in the key", () => {
  const one = (kind: number): string =>
    JSON.stringify(scatter({ points: [[1, 1]], classes: [kind] }).shapes.filter(({ kind: k }) => k !== "text"));
  expect(new Set([0, 1, 2, 3, 4, 5].map(one)).size).toBe(6);
  const svg = toSvg(scatter({ points: square, classes: [0, 1, 0, 1], classNames: ["round", "<b>"] }));
  expect(svg).toContain("round");
  expect(svg).toContain("&lt;b&gt;");
});

test("the longest arrow stays inside, and all point where they should", () => {
  const figure = scatter(
    { points: square, arrows: [{ name: "long", to: [30, 0] }, { name: "up", to: [0, 10] }] }, // oxfmt-ignore
    { width: 500, height: 400 },
  );
  const shafts = figure.shapes.filter(
    (shape) => shape.kind === "path" && shape.stroke === "v" && shape.points.length === 2,
  );
  const [along, up] = shafts.map((shape) => (shape.kind === "path" ? shape.points : []));
  const length = (points: typeof along): number => Math.hypot(points[1][0] - points[0][0], points[1][1] - points[0][1]);
  expect(along[1][0]).toBeLessThan(500);
  expect(up[1][1]).toBeLessThan(up[0][1]);
  expect(length(along) / length(up)).toBeCloseTo(3, 9);
});

test("no points, one point, points on a line and numbers that are none", () => {
  expect(scatter({ points: [] }).description).toBe("0 points.");
  for (const points of [
    [[3, 3]],
    [
      [1, 0],
      [2, 0],
    ],
    [
      [NaN, 1],
      [1, 1],
      [Infinity, 0],
    ],
  ] as [number, number][][]) {
    const svg = toSvg(scatter({ points }));
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});
