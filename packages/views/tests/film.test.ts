import { expect, test } from "vitest";
import { mapFilm, toAnimatedSvg, type Film, type MapFilmInput, type Path, type Point, type Shape } from "@eckart/views";

const QUARTER = Math.PI / 2;

const map = (over: Partial<Omit<MapFilmInput, "U" | "V">> & { m?: number; n?: number } = {}): MapFilmInput => {
  const { m = 2, n = 2, ...rest } = over;
  return {
    first: { angle: -0.7 },
    s: [2.5, 1],
    last: { angle: 0.5 },
    reflects: false,
    repeated: false,
    singular: false,
    U: { rows: m },
    V: { rows: n },
    ...rest,
  };
};

const axis = [0.6, 0, 0.8] as const;
const MAPS: Record<string, MapFilmInput> = {
  plane: map(),
  reflection: map({ reflects: true }),
  "half a turn": map({ first: { angle: Math.PI }, s: [1, 1], last: { angle: 7 }, repeated: true }),
  singular: map({ s: [5, 0], singular: true }),
  zero: map({ s: [0, 0], singular: true, repeated: true }),
  huge: map({ s: [1e200, 3e199] }),
  tiny: map({ s: [3e-310, 1e-310] }),
  "plane into space": map({ m: 3, last: { angle: 2, axis } }),
  "space onto a plane": map({ n: 3, first: { angle: 1, axis } }),
  space: map({ m: 3, n: 3, first: { angle: 1, axis }, s: [2, 1, 0.5], last: { angle: 3, axis } }),
  mirror: map({ m: 3, n: 3, first: { angle: 1, axis }, s: [2, 1, 0.5], last: { angle: 3, axis }, reflects: true }),
};

const paths = (shapes: readonly Shape[]): Path[] => shapes.filter((shape): shape is Path => shape.kind === "path");
const ring = (shapes: readonly Shape[]): Path => paths(shapes).find(({ cubic, closed }) => cubic && closed)!;
const ends = ({ points }: Path): Point[] => points.filter((_, i) => i % 3 === 0);
const middle = (film: Film): Point => {
  const cross = paths(film.at(0)).filter(({ points }) => points.length === 2);
  const [[x1, y1], [x2, y2]] = cross[0].points as [Point, Point];
  return [(x1 + x2) / 2, (y1 + y2) / 2];
};
const radii = (film: Film, seconds: number): number[] => {
  const [x0, y0] = middle(film);
  return ends(ring(film.at(seconds))).map(([x, y]) => Math.hypot(x - x0, y - y0));
};

test("VIEW-11 a turning circle stays a circle: angles move, never entries", () => {
  const film = mapFilm(MAPS["half a turn"]);
  for (const time of [0, ...film.times, 1.7, 2.3, 2.4]) {
    const found = radii(film, time);
    expect(Math.max(...found) / Math.min(...found), `at ${time} s`).toBeCloseTo(1, 9);
    expect(found[0]).toBeCloseTo(radii(film, 0)[0], 6);
  }
});

test("VIEW-11 between key frames, where marks move straight, less than a tenth of a per cent is lost", () => {
  const film = mapFilm(map({ first: { angle: Math.PI }, s: [1, 1] }));
  const frames = film.times.map((time) => ends(ring(film.at(time))));
  const [x0, y0] = middle(film);
  const radius = radii(film, 0)[0];
  const between = frames
    .slice(1)
    .flatMap((points, i) =>
      points.map(([x, y], k) => Math.hypot((x + frames[i][k][0]) / 2 - x0, (y + frames[i][k][1]) / 2 - y0) / radius),
    );
  expect(Math.min(...between)).toBeGreaterThan(0.999);
});

test("VIEW-12 the film ends at the ellipse of the singular values, its axes where U puts them", () => {
  const film = mapFilm(map());
  const found = radii(film, film.duration);
  const unit = radii(film, 0)[0];
  // Points of the circle at 0.7 and at a right angle to it are v₁ and v₂; the curve's own points are eighths apart.
  expect(Math.max(...found) / unit).toBeLessThanOrEqual(2.5 + 1e-9);
  expect(Math.min(...found) / unit).toBeGreaterThanOrEqual(1 - 1e-9);
  const [x0, y0] = middle(film);
  const tips = paths(film.at(film.duration))
    .filter(({ fill, opacity }) => fill === "u" && opacity === 1)
    .map(({ points: [[x, y]] }) => [(x - x0) / unit, (y0 - y) / unit]);
  const expected = [
    [2.5 * Math.cos(0.5), 2.5 * Math.sin(0.5)],
    [-Math.sin(0.5), Math.cos(0.5)],
  ];
  tips.flat().forEach((x, i) => expect(x).toBeCloseTo(expected.flat()[i], 9));
});

test("VIEW-12 the letter reads backwards after a reflection, and only then", () => {
  const handed = (film: Film, seconds: number): number => {
    const [[ax, ay], [bx, by], [cx, cy]] = paths(film.at(seconds)).find(
      ({ points, width }) => width === 3 && points.length === 3,
    )!.points;
    return Math.sign((bx - ax) * (cy - by) - (by - ay) * (cx - bx));
  };
  for (const [name, mirrored] of [
    ["plane", false],
    ["reflection", true],
  ] as const) {
    const film = mapFilm(MAPS[name]);
    expect(handed(film, film.duration) === -handed(film, 0), name).toBe(mirrored);
    expect(film.description.includes("F reads backwards")).toBe(mirrored);
  }
  expect(mapFilm(MAPS["mirror"]).description).toContain("left-handed");
});

test("VIEW-12 free choices, lost directions and a smaller scale are said", () => {
  expect(mapFilm(MAPS["singular"]).description).toMatch(/u₂ is a free choice.*From here on 1 stands for 2\./);
  expect(mapFilm(MAPS["half a turn"]).description).toContain("any axes would do");
  expect(mapFilm(MAPS["space onto a plane"]).description).toContain("A direction without a value is lost");
  expect(mapFilm(map({ first: { angle: -QUARTER } })).description).toContain("by 90° clockwise");
});

test.each(Object.entries(MAPS))("VIEW-4 the same marks at every time, all of them inside: %s", (_, input) => {
  const film = mapFilm(input);
  const kinds = (shapes: readonly Shape[]): string =>
    shapes.map((shape) => (shape.kind === "path" ? `path ${shape.points.length}` : shape.kind)).join();
  for (const time of film.times) {
    const shapes = film.at(time);
    expect(kinds(shapes)).toBe(kinds(film.at(0)));
    for (const shape of [...shapes, ...film.still]) {
      const points: readonly Point[] =
        shape.kind === "path" ? shape.points : shape.kind === "text" ? [[shape.x, shape.y]] : [];
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(film.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(film.height);
      }
      expect(shape.opacity ?? 1).toBeGreaterThanOrEqual(0);
      expect(shape.opacity ?? 1).toBeLessThanOrEqual(1);
    }
  }
  const svg = toAnimatedSvg(film);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg.length).toBeLessThan(600_000);
});

test("VIEW-13 the film moves without a script, and stands still in print and for readers who want no motion", () => {
  const svg = toAnimatedSvg(mapFilm(MAPS["reflection"], { title: "A <mirror>" }));
  expect(svg).toContain("<title>A &lt;mirror&gt;</title>");
  expect(svg).toMatch(/<desc>The unit circle with v₁ and v₂.*half-axes σ₁u₁ and σ₂u₂\.<\/desc>/);
  expect(svg).toMatch(/@media print,\(prefers-reduced-motion:reduce\)\{\.eckart \.still\{display:inline\}/);
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg).not.toMatch(/<script|href=|url\(/);
  const animations = [
    ...svg.matchAll(/<animate attributeName="\w+" dur="17\.8s"[^>]* keyTimes="(.*?)" values="(.*?)"/g),
  ];
  expect(animations.length).toBeGreaterThan(40);
  for (const [, times, values] of animations) {
    const keys = times.split(";").map(Number);
    expect(keys[0]).toBe(0);
    expect(keys.at(-1)).toBe(1);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(values.split(";")).toHaveLength(keys.length);
  }
});

test("VIEW-5 what is not a map of the plane or of space is refused", () => {
  expect(() => mapFilm(map({ n: 4 }))).toThrow(/mapFilm: expected 2 or 3 dimensions, got 2 × 4/);
  expect(() => mapFilm(map({ s: [1, NaN] }))).toThrow(/s\[1\] finite/);
  expect(() => mapFilm(map({ s: [1, 2] }))).toThrow(/s\[1\]/);
});
