import { snappedDeterminant, withTraceAndDeterminant, type Rows2 } from "@eckart/views";
import { det, eigenStructure, eigh, multiply, norm, rotation, subtract, trace } from "eckart";
import { describe, expect, test } from "vitest";
import { eigenAnswer, HUNT_PRESETS, spectral, SYMMETRIC_PRESETS } from "../../src/figures/eigen/answers.ts";

const presets = HUNT_PRESETS.flatMap(([verdict, list]) => list.map(([name, A]) => [name, verdict, A] as const));
const preset = (wanted: string): Rows2 => presets.find(([name]) => name === wanted)![2];

describe("6.6 the classes of the hunt", () => {
  test.each(presets)("%s keeps %s", (_, verdict, A) => {
    expect(eigenAnswer(A).verdict).toBe(verdict);
  });

  test("eigenvalues in words, the largest first", () => {
    const values = (name: string): string => eigenAnswer(preset(name)).values;
    expect(values("stretch")).toBe("2.5 and 1");
    expect(values("symmetric")).toBe("5.562 and 1.438");
    expect(values("one reversed")).toBe("3 and −1");
    expect(values("shear")).toBe("1, twice");
    expect(values("hidden shear")).toBe("2, twice");
    expect(values("quarter turn")).toBe("± i");
    expect(values("ellipse")).toBe("± 2i");
    expect(values("spiral")).toBe("1 ± 2i");
    expect(values("twice I")).toBe("2, twice");
  });

  test("6.4 6.5 on each line A multiplies by the eigenvalue, and −1 reverses", () => {
    for (const [name, , A] of presets)
      for (const { along, value } of eigenAnswer(A).lines) {
        const image = multiply(A, [[along[0]], [along[1]]]);
        const gap = norm(subtract(image, [[value * along[0]], [value * along[1]]]));
        expect(gap, name).toBeLessThan(4e-15);
      }
    expect(eigenAnswer(preset("one reversed")).lines[1]!.value).toBeCloseTo(-1, 14);
  });

  test("E-13 other members of the classes: a nilpotent matrix, and a rotation in space with one axis", () => {
    expect(eigenAnswer([[0, 1], [0, 0]]).verdict).toBe("one line"); // oxfmt-ignore
    const { kind, spaces } = eigenStructure(rotation(1, [0, 0, 1]));
    expect(kind).toBe("complex");
    expect(spaces.map(({ value: { re, im } }) => [re.toFixed(3), im.toFixed(3)])).toEqual([
      ["1.000", "0.000"],
      ["0.540", "0.841"],
    ]);
  });

  test("a matrix that is moved on the map changes its class where the curve says so", () => {
    for (const name of ["stretch", "one reversed", "spiral", "ellipse", "hidden shear"]) {
      const at = (t: number, d: number): string => eigenAnswer(withTraceAndDeterminant(preset(name), t, d)).verdict;
      for (const t of [-5, -2, 0.35, 3.3, 6]) {
        const edge = t ** 2 / 4;
        expect(at(t, edge - 0.4), `${name} outside at ${t}`).toBe("two lines");
        expect(at(t, edge + 0.4), `${name} inside at ${t}`).toBe("no line");
        const kept = name === "one reversed" ? "every line" : "one line"; // A symmetric matrix is never defective.
        expect(at(t, snappedDeterminant(t, edge + 0.15, 0.2)), `${name} on the curve at ${t}`).toBe(kept);
      }
    }
  });

  test("the numbers beside the map are those of A", () => {
    for (const [, , A] of presets) {
      const moved = withTraceAndDeterminant(A, trace(A), det(A));
      expect(norm(subtract(moved, A))).toBeLessThan(1e-7);
    }
  });
});

describe("8.4 S = QΛQᵀ with Q a rotation", () => {
  const matrices: readonly (readonly [string, Rows2])[] = [
    ...SYMMETRIC_PRESETS,
    ["diagonal", [[1, 0], [0, 3]]], // oxfmt-ignore
    ["negative", [[-2, 1], [1, -5]]], // oxfmt-ignore
    ["close to a multiple of I", [[1, 1e-9], [1e-9, 1]]], // oxfmt-ignore
    ["zero", [[0, 0], [0, 0]]], // oxfmt-ignore
  ];
  test.each(matrices)("%s", (_, S) => {
    const { values, angle, Q } = spectral(S);
    const Qt = [[Q[0][0], Q[1][0]], [Q[0][1], Q[1][1]]]; // oxfmt-ignore
    const rebuilt = multiply(multiply(Q, [[values[0], 0], [0, values[1]]]), Qt); // oxfmt-ignore
    expect(norm(subtract(rebuilt, S))).toBeLessThanOrEqual(1e-15 * norm(S));
    expect(det(Q)).toBeCloseTo(1, 14);
    expect(values[0]).toBeGreaterThanOrEqual(values[1]);
    expect(Math.hypot(Q[0][0] - Math.cos(angle), Q[1][0] - Math.sin(angle))).toBeLessThan(1e-15);
  });

  test("E-16 E-37 the solver counts upwards and gives a reflection for [[4, 2], [2, 3]]; the figures do not", () => {
    const { w, V } = eigh([[4, 2], [2, 3]]); // oxfmt-ignore
    expect([...w].map((x) => x.toFixed(3))).toEqual(["1.438", "5.562"]);
    expect(det(V)).toBeCloseTo(-1, 14);
    expect(spectral([[4, 2], [2, 3]]).values[0].toFixed(3)).toBe("5.562"); // oxfmt-ignore
  });

  test("8.5 a multiple of I takes Q = I", () => {
    expect(spectral([[2, 0], [0, 2]]).Q).toEqual([[1, 0], [0, 1]]); // oxfmt-ignore
  });
});
