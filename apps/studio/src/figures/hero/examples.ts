/** The shapes of a map between spaces of two and three dimensions, rows × columns. */
export const SHAPES = ["2×2", "3×2", "2×3", "3×3"] as const;
export type Shape = (typeof SHAPES)[number];

export interface Example {
  readonly name: string;
  readonly A: readonly (readonly number[])[];
}

const example = (name: string, ...A: number[][]): Example => ({ name, A });

/** Maps that tell something, by shape; the first of each is the one it opens with. */
export const EXAMPLES: Readonly<Record<Shape, readonly Example[]>> = {
  "2×2": [
    example("Turned and stretched", [0.6, -0.4], [1.6, 1.5]),
    example("Shear", [1, 1.5], [0, 1]),
    example("Matrix of the first section", [2, 1], [0.5, 1.5]),
    example("Rotation", [0.6, -0.8], [0.8, 0.6]),
    example("Reflection", [0.6, 0.8], [0.8, -0.6]),
    example("Stretch and reflection", [1, 2], [2, 1]),
    example("Projection onto a line", [0.8, 0.4], [0.4, 0.2]),
    example("Singular", [1, 2], [0.5, 1]),
    example("Equal values", [0.9, -1.2], [1.2, 0.9]),
    example("Ill-conditioned", [1, 1], [1, 1.04]),
    example("Three and four, five", [3, 0], [4, 5]),
  ],
  "3×2": [
    example("Plane into space", [1, 0], [0, 1], [1, 1]),
    example("Plane into space, steep", [3, 0], [4, 5], [0, 2]),
    example("Columns at right angles", [0.8, 0], [0.6, 0], [0, 1]),
    example("Plane onto a line in space", [1, 0.5], [1, 0.5], [0.5, 0.25]),
  ],
  "2×3": [
    example("Ball onto an ellipse", [1.5, 1, 1], [1, 1.5, -1]),
    example("Matrix of the NumPy cell", [3, 2, 2], [2, 3, -2]),
    example("Shadow at noon", [1, 0, 0], [0, 1, 0]),
    example("Ball onto a segment", [1, 0, 1], [0.5, 0, 0.5]),
  ],
  "3×3": [
    example("Ball into an ellipsoid", [1, 1, 0], [0, 1, 1], [0, 0, 1]),
    example("Rotation of space", [0, 0, 1], [1, 0, 0], [0, 1, 0]),
    example("Mirror of space", [1, 0, 0], [0, 1, 0], [0, 0, -1]),
    example("Point reflection", [-1, 0, 0], [0, -1, 0], [0, 0, -1]),
    example("Space onto a plane", [1, 0, 0.5], [0, 1, 0.5], [0.5, 0.5, 0.5]),
    example("Two equal values", [1.5, 0.5, 0.5], [0.5, 1.5, 0.5], [0.5, 0.5, 1.5]),
  ],
};

export const shapeOf = (A: readonly (readonly number[])[]): Shape => `${A.length}×${A[0]!.length}` as Shape;

const equal = (A: Example["A"], B: Example["A"]): boolean =>
  shapeOf(A) === shapeOf(B) && A.every((row, i) => row.every((x, j) => x === B[i]![j]));

/** The name of a matrix that is one of the examples. */
export function exampleNamed(A: Example["A"]): string | undefined {
  return EXAMPLES[shapeOf(A)].find((one) => equal(one.A, A))?.name;
}
