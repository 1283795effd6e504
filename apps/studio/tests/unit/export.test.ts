import fc from "fast-check";
import { expect, test } from "vitest";
import { fileName } from "../../src/export/fileName.ts";
import { frameTimes } from "../../src/export/frames.ts";

test("a file is called after its figure and the state that it shows", () => {
  expect(fileName("plane", {}, "svg")).toBe("plane.svg");
  expect(fileName("plane", { A: "2,1;-0.5,1.5", t: "0.90" }, "png")).toBe("plane A=[[2,1],[-0.5,1.5]] t=0.90.png");
  expect(fileName("hero film", { A: "3;4", view: "-60,22" }, "mp4")).toBe("hero film A=[[3],[4]] view=[[-60,22]].mp4");
  expect(fileName("layers", { of: "letter", r: "2" }, "svg")).toBe("layers of=letter r=2.svg");
});

test("a state that does not fit into a name is left out, the rest of it stays", () => {
  const long = Array.from({ length: 60 }, (_, i) => i).join(",");
  expect(fileName("plane", { A: long, r: "3" }, "svg")).toBe("plane r=3.svg");
});

test("whatever a state holds, the name is one that every file system takes", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("A", "x", "of", "t"), fc.string({ unit: "binary" })), (fields) => {
      const name = fileName("figure", fields, "png");
      expect(name).toMatch(/^figure( \w+=[-+.,[\]\w]+)*\.png$/);
      expect(name.length).toBeLessThanOrEqual(104);
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("the frames of a film go evenly from its beginning to its end, which stays", () => {
  const times = frameTimes(3.3, 30, 1);
  expect(times.slice(0, 3)).toEqual([0, 1 / 30, 2 / 30]);
  expect(times).toHaveLength(99 + 30);
  expect(times.filter((time) => time === 3.3)).toHaveLength(30);
  expect(Math.max(...times.slice(1).map((time, i) => time - times[i]!))).toBeCloseTo(1 / 30, 12);
  expect(frameTimes(0.5, 25, 0)).toEqual([...Array.from({ length: 13 }, (_, i) => i / 25), 0.5]);
  expect(frameTimes(0, 25, 0)).toEqual([0]);
});
