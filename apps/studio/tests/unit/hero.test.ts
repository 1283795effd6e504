import { mapScene, poseAt, svdProgress, SVD_CHAPTERS, type MapScene } from "@eckart/views";
import { det, multiply, norm, Random, rotateScaleRotate, subtract, type RotateScaleRotate } from "eckart";
import { expect, test } from "vitest";
import { EXAMPLES, exampleNamed, SHAPES } from "../../src/figures/hero/examples.ts";
import { freedom, orientation, valueOf } from "../../src/figures/hero/words.ts";

const [FIRST, SCALED, END] = SVD_CHAPTERS;
const random = new Random(11);
const randomMatrix = (m: number, n: number): number[][] =>
  Array.from({ length: m }, () => Array.from({ length: n }, () => random.normal()));

/** The image of a vector of the input at a time of the film. */
function imageAt(scene: MapScene, x: readonly number[], seconds: number): number[] {
  const M = poseAt(scene, svdProgress(seconds));
  return [0, 1, 2].map((k) => x.reduce((sum, xj, j) => sum + xj * M[j]![k]!, 0));
}

test("FILM-1 after Vᵀ the right singular vectors lie on the axes, to 1e-15 in the plane", () => {
  let [plane, space] = [0, 0];
  for (let i = 0; i < 1000; i++) {
    const map = rotateScaleRotate(randomMatrix(2, 2));
    map.V.T.toArray().forEach((v, j) => {
      const error = imageAt(mapScene(map), v, FIRST).map((x, k) => Math.abs(x - (k === j ? 1 : 0)));
      plane = Math.max(plane, ...error);
    });
  }
  for (const [m, n] of [
    [2, 3],
    [3, 3],
  ] as const) {
    const map = rotateScaleRotate(randomMatrix(m, n));
    map.V.T.toArray().forEach((v, j) => {
      const error = imageAt(mapScene(map), v, FIRST).map((x, k) => Math.abs(x - (k === j ? 1 : 0)));
      space = Math.max(space, ...error);
    });
  }
  expect(plane).toBeLessThanOrEqual(1e-15);
  expect(space).toBeLessThanOrEqual(4e-15);
});

test.each(SHAPES)("FILM-1 the film of %s ends at A", (shape) => {
  const [m, n] = shape.split("×").map(Number) as [number, number];
  for (let i = 0; i < 200; i++) {
    const A = randomMatrix(m, n);
    const scene = mapScene(rotateScaleRotate(A));
    for (let j = 0; j < n; j++) {
      const e = Array.from({ length: n }, (_, k) => (k === j ? 1 : 0));
      const end = imageAt(scene, e, END).slice(0, m);
      const error = Math.max(...end.map((x, k) => Math.abs(x - A[k]![j]!)));
      expect(error / norm(A)).toBeLessThan(1e-14);
    }
  }
});

test("FILM-1 V is a rotation and det U has the sign of det A, for 1000 random matrices of each size", () => {
  let reflected = 0;
  for (const n of [2, 3]) {
    for (let i = 0; i < 1000; i++) {
      const A = randomMatrix(n, n);
      const map = rotateScaleRotate(A);
      expect(det(map.V)).toBeCloseTo(1, 12);
      expect(det(map.U)).toBeCloseTo(Math.sign(det(A)), 12);
      expect(map.reflects).toBe(det(A) < 0);
      if (map.reflects) reflected++;
    }
  }
  expect(reflected).toBeGreaterThan(800);
});

test("FILM-1 no moment of the film jumps while entries move, through singular and round matrices and past half turns", () => {
  const path = (t: number): number[][] => [
    [Math.cos(3 * t) + 0.5 * Math.cos(t), -Math.sin(3 * t) + 0.7 * Math.sin(2 * t)],
    [Math.sin(3 * t), Math.cos(2 * t)],
  ];
  const steps = 6000;
  let previous: RotateScaleRotate = rotateScaleRotate(path(0));
  const moments = [0.3, 0.6, FIRST, 1.4, 1.8, SCALED, 2.7, 3, END];
  let before = moments.map((t) => poseAt(mapScene(previous), svdProgress(t)).slice(0, 2).flat());
  const signs = new Set<boolean>();
  for (let i = 1; i <= steps; i++) {
    previous = rotateScaleRotate(path((i * 2 * Math.PI) / steps), { previous });
    signs.add(previous.reflects);
    const now = moments.map((t) => poseAt(mapScene(previous), svdProgress(t)).slice(0, 2).flat());
    now.forEach((pose, k) => {
      const jump = Math.max(...pose.map((x, j) => Math.abs(x - before[k]![j]!)));
      expect(jump, `at ${moments[k]} s, step ${i}`).toBeLessThan(0.06);
    });
    before = now;
  }
  expect(signs.size, "orientations on the way").toBe(2);
});

test("FILM-2 every example is of its shape, has a name of its own, and is rebuilt from its factors", () => {
  for (const shape of SHAPES) {
    for (const { name, A } of EXAMPLES[shape]) {
      expect(`${A.length}×${A[0]!.length}`).toBe(shape);
      expect(exampleNamed(A)).toBe(name);
      const { U, s, V } = rotateScaleRotate(A);
      const S = Array.from({ length: U.rows }, (_, i) =>
        Array.from({ length: V.rows }, (_, j) => (i === j ? s[i]! : 0)),
      );
      expect(norm(subtract(multiply(multiply(U, S), V.T), A))).toBeLessThan(4e-15 * norm(A));
    }
  }
});

test("FILM-2 what is a choice is said, and what is exact", () => {
  const said = (...A: number[][]): string => freedom(rotateScaleRotate(A)).join(" ");
  expect(said([0.9, -1.2], [1.2, 0.9])).toContain("σ₁ = σ₂: any direction works");
  expect(said([1, 2], [2, 4])).toContain("u₂ is a free choice");
  expect(said([3, 2, 2], [2, 3, -2])).toContain("No value is left for v₃");
  expect(said([1, 0], [0, 1.5], [1, 1])).toContain("nothing arrives there");
  expect(said([1.5, 0.5, 0.5], [0.5, 1.5, 0.5], [0.5, 0.5, 1.5])).toContain("σ₂ = σ₃: any direction of their plane");
  expect(said([0, 0], [0, 0])).toContain("everything goes to the origin");
  expect(said([2, 1], [0.5, 1.5])).toBe("");
  expect(
    valueOf(
      [
        [3, 0],
        [4, 5],
      ],
      Math.sqrt(45),
    ),
  ).toBe("6.708 (exactly √45)");
  expect(
    valueOf(
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
      5,
    ),
  ).toBe("5");
  expect(
    orientation(
      -3,
      rotateScaleRotate([
        [1, 2],
        [2, 1],
      ]),
      false,
    ),
  ).toMatch(/det A = −3 < 0: orientation is reversed/);
});
