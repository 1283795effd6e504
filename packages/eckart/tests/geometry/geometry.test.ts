import fc from "fast-check";
import { expect, test } from "vitest";
import {
  classify,
  det,
  eigvalsh,
  ellipseOutline,
  imageOfUnitSphere,
  isOrthogonal,
  isSymmetric,
  leftGram,
  Matrix,
  multiply,
  norm,
  reflection,
  rightGram,
  rotateScaleRotate,
  rotation,
  subtract,
  svdvals,
  type RotateScaleRotate,
  type Vector3,
} from "eckart";

const angle = fc.integer({ min: -3141592, max: 3141592 }).map((x) => x / 1e6);
const coordinate = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000);
const axis = fc
  .tuple(coordinate, coordinate, coordinate)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => v.map((x) => x / Math.hypot(...v)) as unknown as Vector3);
const near = (A: Matrix, B: Matrix): number => norm(subtract(A, B), "max");
const roundTrip = (A: Matrix, { U, s, V }: RotateScaleRotate): number =>
  near(A, multiply(multiply(U, Matrix.diagonal(s, [U.rows, V.rows])), V.T)) / (norm(A) || 1);

test("GEO-1 rotations turn by their angle and keep orientation; reflections send θ to 2φ − θ", () => {
  fc.assert(
    fc.property(angle, angle, (alpha, theta) => {
      const v = [Math.cos(theta), Math.sin(theta)];
      const turned = multiply(rotation(alpha), v);
      expect(Math.hypot(turned[0] - Math.cos(theta + alpha), turned[1] - Math.sin(theta + alpha))).toBeLessThan(2e-15);
      const mirrored = multiply(reflection(alpha), v);
      const target = 2 * alpha - theta;
      expect(Math.hypot(mirrored[0] - Math.cos(target), mirrored[1] - Math.sin(target))).toBeLessThan(2e-15);
      expect(det(rotation(alpha))).toBeCloseTo(1, 14);
      expect(det(reflection(alpha))).toBeCloseTo(-1, 14);
    }),
  );
});

test("GEO-1 rotations of space leave their axis, turn what is across it, and come from two reflections", () => {
  fc.assert(
    fc.property(angle, axis, (alpha, u) => {
      const R = rotation(alpha, u);
      expect(near(multiply(R.T, R), Matrix.identity(3))).toBeLessThan(2e-15);
      const image = multiply(R, u);
      u.forEach((x, i) => expect(Math.abs(image[i] - x)).toBeLessThan(2e-15));
      expect(R.at(0, 0) + R.at(1, 1) + R.at(2, 2)).toBeCloseTo(1 + 2 * Math.cos(alpha), 14);
      const across: Vector3 = Math.abs(u[0]) < 0.9 ? [0, -u[2], u[1]] : [-u[1], u[0], 0];
      const half = multiply(rotation(alpha / 2, u), across) as unknown as Vector3;
      expect(near(multiply(reflection([...half] as unknown as Vector3), reflection(across)), R)).toBeLessThan(4e-15);
    }),
  );
});

test("GEO-2 classify finds the angle, the axis, the mirror and the normal", () => {
  fc.assert(
    fc.property(angle, axis, (alpha, u) => {
      fc.pre(Math.abs(alpha) > 1e-3 && Math.PI - Math.abs(alpha) > 1e-3); // the ends have names of their own
      const plane = classify(rotation(alpha));
      expect(plane).toMatchObject({ kind: "rotation" });
      expect((plane as { angle: number }).angle).toBeCloseTo(alpha, 13);
      const mirror = classify(reflection(alpha)) as { kind: string; angle: number };
      expect(mirror.kind).toBe("reflection");
      expect(Math.abs(Math.sin(mirror.angle - alpha))).toBeLessThan(1e-14);

      const space = classify(rotation(alpha, u)) as { kind: string; angle: number; axis: Vector3 };
      expect(space.kind).toBe("rotation");
      expect(space.angle).toBeCloseTo(Math.abs(alpha), 12);
      expect(near(rotation(space.angle, space.axis), rotation(alpha, u))).toBeLessThan(1e-14);

      const normal = classify(reflection(u)) as { kind: string; normal: Vector3 };
      expect(normal.kind).toBe("reflection");
      expect(near(reflection(normal.normal), reflection(u))).toBeLessThan(1e-14);

      const both = multiply(rotation(alpha, u), reflection(u));
      const roto = classify(both) as { kind: string; angle: number; axis: Vector3 };
      expect(roto.kind).toBe("roto-reflection");
      expect(near(multiply(rotation(roto.angle, roto.axis), reflection(roto.axis)), both)).toBeLessThan(1e-14);
    }),
  );
});

test("GEO-2 classify names the special ones, the rectangular ones, and how far the others are", () => {
  expect(classify(Matrix.identity(3))).toEqual({ kind: "identity" });
  expect(classify(rotation(Math.PI))).toEqual({ kind: "rotation", angle: Math.PI });
  expect(classify([[-1, 0, 0], [0, -1, 0], [0, 0, -1]])).toEqual({ kind: "inversion" }); // oxfmt-ignore
  expect(classify([[-1, 0, 0], [0, -1, 0], [0, 0, 1]])).toMatchObject({ kind: "rotation", angle: Math.PI, axis: [0, 0, 1] }); // oxfmt-ignore
  expect(classify([[1, 0, 0], [0, 1, 0], [0, 0, -1]])).toEqual({ kind: "reflection", normal: [0, 0, 1] }); // oxfmt-ignore
  expect(classify([[0, 1], [1, 0]])).toEqual({ kind: "reflection", angle: Math.PI / 4 }); // oxfmt-ignore
  expect(classify([[0.6], [0.8]])).toEqual({ kind: "column-orthonormal" });
  expect(classify([[0.6, 0.8]])).toEqual({ kind: "row-orthonormal" });
  expect(classify([[1, 1], [0, 1]])).toMatchObject({ kind: "not-orthogonal", departure: Math.sqrt(3) }); // oxfmt-ignore
  expect(classify([[1e300]])).toEqual({ kind: "not-orthogonal", departure: 1e300 });
  expect(classify([[-1]])).toEqual({ kind: "orthogonal", determinant: -1 });
  expect(classify([[0.7071, -0.7071], [0.7071, 0.7071]], { tolerance: 1e-3 })).toMatchObject({ kind: "rotation" }); // oxfmt-ignore
  expect(isOrthogonal(rotation(1, [1, 2, 3]))).toBe(true);
  expect(isOrthogonal([[0.6, 0.8]])).toBe(false);
  expect(isSymmetric([[1, 7], [7, 4]])).toBe(true); // oxfmt-ignore
  expect(isSymmetric([[1, 7], [7 + 1e-12, 4]])).toBe(false); // oxfmt-ignore
  expect(isSymmetric([[1, 7], [7 + 1e-12, 4]], { tolerance: 1e-10 })).toBe(true); // oxfmt-ignore
});

const entries = (count: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.integer({ min: -3e9, max: 3e9 }).map((x) => x / 1e9),
    ),
    {
      minLength: count,
      maxLength: count,
    },
  );
const SHAPES = [
  [2, 2],
  [2, 3],
  [3, 2],
  [3, 3],
] as const;

for (const [m, n] of SHAPES)
  test(`GEO-3 rotate, scale, rotate: ${m} × ${n}, V a rotation, a reflection told and never hidden`, () => {
    fc.assert(
      fc.property(entries(m * n), (x) => {
        const A = Matrix.wrap(Float64Array.from(x), [m, n]);
        const R = rotateScaleRotate(A);
        expect(roundTrip(A, R)).toBeLessThan(3e-15);
        const turn = ({ angle, axis }: { angle: number; axis?: Vector3 }): Matrix => rotation(angle, axis);
        expect(near(turn(R.first), Matrix.from(R.V.T))).toBeLessThan(1e-14);
        const mirror = Matrix.identity(m);
        if (R.reflects) mirror.data[m * m - 1] = -1;
        expect(near(multiply(turn(R.last), mirror), R.U)).toBeLessThan(1e-14);
        expect(R.reflects).toBe(m === n && !R.singular && det(A) < 0);
        const s = svdvals(A);
        R.s.forEach((sigma, i) => expect(Math.abs(sigma - s[i])).toBeLessThanOrEqual(4e-15 * s[0]));
      }),
      { numRuns: 300 },
    );
  });

test("GEO-4 2 × 2: steps follow the entries without a jump, through equal values, singular matrices and full circles", () => {
  const path = (t: number): Matrix =>
    Matrix.from([
      [Math.cos(3 * t) + 0.5 * Math.cos(t), -Math.sin(3 * t) + 0.7 * Math.sin(2 * t)],
      [Math.sin(3 * t), Math.cos(2 * t)],
    ]);
  const steps = 20000;
  let previous = rotateScaleRotate(path(0));
  let largest = 0;
  let circles = 0;
  for (let i = 1; i <= steps; i++) {
    const next = rotateScaleRotate(path((i * 2 * Math.PI) / steps), { previous });
    largest = Math.max(
      largest,
      Math.abs(next.first.angle - previous.first.angle),
      Math.abs(next.last.angle - previous.last.angle),
    );
    circles = Math.max(circles, Math.abs(next.last.angle + next.first.angle));
    previous = next;
  }
  expect(largest, "largest turn of an angle between two frames").toBeLessThan(0.05);
  expect(circles, "angles go on beyond a half turn").toBeGreaterThan(Math.PI);
  // Through a multiple of a rotation the circle stays a circle: the free angle is held.
  const before = rotateScaleRotate([[1, 0.1], [0, 1]]); // oxfmt-ignore
  const round = rotateScaleRotate(Matrix.identity(2), { previous: before });
  expect(round.repeated).toBe(true);
  expect(round.last.angle - round.first.angle).toBe(before.last.angle - before.first.angle);
});

test("GEO-4 3 × 3: axes keep their side from frame to frame", () => {
  const path = (t: number): Matrix =>
    multiply(
      multiply(rotation(t, [1, 2, 2]), Matrix.diagonal([3, 2, 1 + 0.5 * Math.sin(t)])),
      rotation(2 * t, [0, 1, 1]),
    );
  let previous = rotateScaleRotate(path(0));
  for (let i = 1; i <= 2000; i++) {
    const next = rotateScaleRotate(path((i * 2 * Math.PI) / 2000), { previous });
    expect(near(next.U, previous.U)).toBeLessThan(0.05);
    expect(near(next.V, previous.V)).toBeLessThan(0.05);
    // Half-way through a turn nothing jumps either, though the angle passes π and the axis would turn round.
    const half = (turn: { angle: number; axis?: Vector3 }): Matrix => rotation(turn.angle / 2, turn.axis);
    expect(near(half(next.first), half(previous.first))).toBeLessThan(0.05);
    expect(near(half(next.last), half(previous.last))).toBeLessThan(0.05);
    previous = next;
  }
});

test("GEO-5 the unit circle becomes the ellipse of the singular values", () => {
  const A = Matrix.from([[3, 0], [4, 5]]); // oxfmt-ignore
  const { semiAxes, axes, preimages, dimension } = imageOfUnitSphere(A);
  expect([...semiAxes].map((x) => x.toFixed(9))).toEqual(["6.708203932", "2.236067977"]);
  expect(near(multiply(A, preimages), multiply(axes, Matrix.diagonal(semiAxes)))).toBeLessThan(4e-15);
  expect(dimension).toBe(2);
  const lengths = Array.from({ length: 3600 }, (_, i) => Math.hypot(...ellipseOutline(A, 3600).col(i)));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(semiAxes[0] * (1 + 1e-15));
  expect(Math.max(...lengths)).toBeGreaterThan(semiAxes[0] * (1 - 1e-6));
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(semiAxes[1] * (1 - 1e-15));
  expect(imageOfUnitSphere([[1, 2], [2, 4]]).dimension).toBe(1); // oxfmt-ignore
  expect(() => ellipseOutline([[1, 2, 3]])).toThrow("ellipseOutline: expected a matrix of 2 columns, got 1 × 3");
});

test("GEO-6 Gram matrices share their nonzero eigenvalues, the squares of the singular values", () => {
  const R = [[3, 0], [4, 5], [0, 2]]; // oxfmt-ignore
  expect([...eigvalsh(rightGram(R))].map((x) => x.toFixed(4))).toEqual(["6.9002", "47.0998"]);
  const left = eigvalsh(leftGram(R));
  expect(Math.abs(left[0])).toBeLessThan(1e-14);
  expect([left[1], left[2]].map((x) => x.toFixed(4))).toEqual(["6.9002", "47.0998"]);
  expect(isSymmetric(leftGram(Matrix.wrap(Float64Array.from({ length: 60 }, (_, i) => Math.sin(i)), [6, 10])))).toBe(true); // oxfmt-ignore
});
