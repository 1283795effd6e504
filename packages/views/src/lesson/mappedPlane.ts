import { arrow, axisLines, gridDots, gridLines, letterF, parallelogram } from "../plane/marks.ts";
import { apply, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Shape } from "../shape.ts";

/** What the picture of a map shows besides its grid. */
export interface MappedPlaneInput {
  readonly A: Rows2;
  /** Vectors before the map; their images are drawn with them. */
  readonly vectors: readonly Vector2[];
  /** Whether the columns are drawn, the images of (1, 0) and (0, 1). */
  readonly columns?: boolean;
}

/** The size of the picture, in figure units. */
export const MAPPED_PLANE: { readonly width: number; readonly height: number } = { width: 720, height: 520 };

/** Where the points of the picture lie. */
export const mappedPlane: Plane = planeIn([0, 0, MAPPED_PLANE.width, MAPPED_PLANE.height], 3.4);

/**
 * The plane under a map: where the whole points were, as dots; where the grid has gone, as lines; the unit square and
 * its F; the columns of A, and vectors v with their images Av.
 */
export function mappedPlaneShapes({ A, vectors, columns = true }: MappedPlaneInput): Shape[] {
  const [first, second] = [apply(A, [1, 0]), apply(A, [0, 1])];
  const many = vectors.length > 1;
  const name = (i: number): string => (many ? `x${"₁₂₃₄"[i]}` : "v");
  return settled(
    [
      ...gridLines(mappedPlane, A),
      ...gridDots(mappedPlane),
      ...axisLines(mappedPlane),
      ...parallelogram(mappedPlane, first, second, { fill: "muted", opacity: 0.12, mark: "A" }),
      ...letterF(mappedPlane, A, { mark: "A" }),
      ...(columns
        ? [
            ...arrow(mappedPlane, first, "ink", { label: "a₁", mark: "a1" }),
            ...arrow(mappedPlane, second, "ink", { label: "a₂", mark: "a2" }),
          ]
        : []),
      ...vectors.flatMap((v, i) => [
        ...arrow(mappedPlane, v, "v", { label: name(i), weight: "thin", mark: "v" }),
        ...arrow(mappedPlane, apply(A, v), "u", { label: `A${name(i)}`, mark: "Av" }),
      ]),
    ],
    mappedPlane.box,
  );
}
