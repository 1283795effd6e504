import { timeline, type ToldFilm } from "../film/timeline.ts";
import { arrow, axisLines, gridDots, gridLines, letterF, parallelogram } from "../plane/marks.ts";
import { onTheWay, signedArea } from "../plane/onTheWay.ts";
import { apply, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Role, Shape } from "../shape.ts";

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
 * its F; the columns of A, and vectors v with their images Av. Names stand where the map has arrived, at t = 1; before,
 * everything is on its way.
 */
export function mappedPlaneShapes({ A, vectors, columns = true }: MappedPlaneInput, t = 1): Shape[] {
  const map = onTheWay(A, t);
  const [first, second] = [apply(map, [1, 0]), apply(map, [0, 1])];
  const many = vectors.length > 1;
  const name = (i: number): string => (many ? `x${"₁₂₃₄"[i]}` : "v");
  const arrived = (label: string): { label?: string } => (t === 1 ? { label } : {});
  const side: Role = signedArea(map) < 0 ? "reversed" : "muted";
  const images = vectors.flatMap((v, i) =>
    arrow(mappedPlane, apply(map, v), "u", { ...arrived(`A${name(i)}`), mark: "Av" }),
  );
  return settled(
    [
      ...gridLines(mappedPlane, map),
      ...gridDots(mappedPlane),
      ...axisLines(mappedPlane),
      ...parallelogram(mappedPlane, first, second, { fill: side, opacity: 0.12, mark: "A" }),
      ...letterF(mappedPlane, map, { mark: "A" }),
      ...(columns
        ? [
            ...arrow(mappedPlane, first, "ink", { ...arrived("a₁"), mark: "a1", gap: 16 }),
            ...arrow(mappedPlane, second, "ink", { ...arrived("a₂"), mark: "a2", gap: 16 }),
          ]
        : []),
      ...images,
      ...vectors.flatMap((v, i) => arrow(mappedPlane, v, "v", { label: name(i), weight: "thin", mark: "v", gap: 16 })),
    ],
    mappedPlane.box,
    [...vectors, ...(columns && t === 1 ? [first, second] : [])].map(mappedPlane.place),
  );
}

/** The same picture as a film of one chapter, from the plane at rest to the plane under A. */
export function mappedPlaneFilm(input: MappedPlaneInput, title: string, description: string): ToldFilm {
  const { progress, ...plan } = timeline([
    { name: "apply A", caption: "Every point goes where A sends it, all at once.", seconds: 1.8 },
  ]);
  return { ...MAPPED_PLANE, title, description, ...plan, at: (time) => mappedPlaneShapes(input, progress(time)[0]) };
}
