import { mapScene, sceneShapes, type MapFilmInput, type Progress, type TurnInput } from "../film/mapScene.ts";
import { mapWords, shortest } from "../film/mapWords.ts";
import { orbit } from "../film/space.ts";
import { timeline, type ToldFilm } from "../film/timeline.ts";
import { beyond, gridDots } from "../plane/marks.ts";
import { planeIn, type Plane, type Vector2 } from "../plane/plane.ts";
import type { Point, Shape } from "../shape.ts";

/** How the film of A = UΣVᵀ is seen. */
export interface SvdFilmOptions {
  /** What is seen reaches at least as far from the origin: 1 and σ₁ fit unless the reader is dragging. */
  readonly reach: number;
  /** Where the eye stands round a map with a space in it, in radians. */
  readonly azimuth?: number;
  readonly elevation?: number;
  /** The columns of a map of the plane, where e₁ and e₂ end: the ends are held by the reader. */
  readonly columns?: readonly [Vector2, Vector2];
}

/** The size of the film, in figure units: what matters lies in the square in its middle. */
export const SVD_FILM: { readonly width: number; readonly height: number } = { width: 720, height: 480 };

/** Room for names outside of what reaches furthest. */
const MARGIN = 46;
const LETTERS = 20;
/** Below this length of 1, in figure units, whole points are too near to each other to be drawn. */
const SPARSE = 14;

/** How far the picture of a map has to reach from the origin. */
export function svdReach({ s }: Pick<MapFilmInput, "s">): number {
  return Math.max(1, s[0] ?? 0);
}

/** Where the points of a plane lie in the film. */
export function svdPlane(reach: number): Plane {
  const { width, height } = SVD_FILM;
  return planeIn([0, 0, width, height], (reach * height) / (height - 2 * MARGIN));
}

/** The same map with both turns by at most half a circle: what a reader who winds angles up by dragging begins anew with. */
export function unwound<M extends Pick<MapFilmInput, "first" | "last">>(map: M): M {
  const short = (turn: TurnInput): TurnInput => ({ ...turn, angle: shortest(turn.angle) });
  return { ...map, first: short(map.first), last: short(map.last) };
}

/** Where the three chapters of the film end, in seconds. */
export const SVD_CHAPTERS: readonly [first: number, scale: number, last: number] = [0.9, 2.1, 3.3];

/** How far the three steps have gone at a time; the mirror of U, where there is one, turns over as U turns. */
export function svdProgress(seconds: number): Progress {
  const [first, scale, last] = PLAN.progress(seconds) as [number, number, number];
  return { first, scale, last, mirror: last };
}

const PLAN = timeline(["Vᵀ", "Σ", "U"].map((name) => ({ name, caption: "" })));

/**
 * A = UΣVᵀ as a film in three chapters: Vᵀ turns v₁, v₂ onto the axes, Σ stretches along them, U turns the axes onto
 * u₁, u₂. The start stays as a ghost. Without words: they are in the chapters.
 */
export function svdFilm(map: MapFilmInput, { reach, azimuth, elevation, columns }: SvdFilmOptions): ToldFilm {
  const { width, height } = SVD_FILM;
  const plane = svdPlane(reach);
  const scene = mapScene(map, {
    camera: orbit(azimuth ?? -Math.PI / 3, elevation ?? Math.PI / 8),
    axes: 1.1 * reach,
    letters: LETTERS,
  });
  const words = mapWords(scene);
  const captions = [words.first, words.scale, [words.mirror, words.last].filter(Boolean).join(" ")];
  const flat = scene.m === 2 && scene.n === 2;
  const behind = flat && plane.unit >= SPARSE ? gridDots(plane) : [];
  const held = columns ? columnEnds(plane, columns) : [];
  return {
    width,
    height,
    title: "Rotate, scale, rotate",
    description: `${words.begin} Then three steps, Vᵀ, Σ and U, one after the other.`,
    duration: PLAN.duration,
    chapters: PLAN.chapters.map((chapter, i) => ({ ...chapter, caption: captions[i]! })),
    at: (seconds) => {
      const shapes = sceneShapes(scene, svdProgress(seconds), plane.place, plane.unit);
      return apart([...behind, ...shapes, ...held].filter(isSeen)).map(outlined);
    },
  };
}

const isSeen = ({ opacity = 1 }: Shape): boolean => opacity > 0;

/** Names keep clear of what they lie on. */
const outlined = (shape: Shape): Shape => (shape.kind === "text" ? { ...shape, stroke: "page", width: 4 } : shape);

/** The columns as faint dashed lines with their names beyond the rings that hold them. */
function columnEnds({ place }: Plane, columns: readonly [Vector2, Vector2]): Shape[] {
  const origin = place([0, 0]);
  return columns.flatMap((column, i): Shape[] => {
    const paint = { mark: `a${i + 1}` };
    const tip = place(column);
    return [
      { kind: "path", points: [origin, tip], stroke: "ink", width: 1.2, dash: [2, 5], opacity: 0.5, ...paint },
      beyond(origin, tip, `a${"₁₂"[i]}`, { fill: "ink", ...paint }, LETTERS, 14),
    ];
  });
}

/** Names that lie on each other move apart across the line between them, half the way each, so that none jumps. */
function apart(shapes: readonly Shape[]): Shape[] {
  const moved = shapes.map((shape) => ({ ...shape }));
  const texts = moved.filter((shape) => shape.kind === "text");
  for (let round = 0; round < 3; round++) {
    for (const [i, a] of texts.entries()) {
      for (const b of texts.slice(i + 1)) {
        if (a.mark === b.mark && a.fill === b.fill) continue;
        const [dx, dy] = [b.x - a.x, b.y - a.y] satisfies Point;
        const size = LETTERS;
        const overlap = [0.3 * size * (a.text.length + b.text.length) - Math.abs(dx), size - Math.abs(dy)] as const;
        if (overlap[0] <= 0 || overlap[1] <= 0) continue;
        const axis = overlap[0] < overlap[1] ? "x" : "y";
        const way = ((axis === "x" ? dx : dy) < 0 ? -1 : 1) * (Math.min(...overlap) / 2);
        Object.assign(a, { [axis]: a[axis] - way });
        Object.assign(b, { [axis]: b[axis] + way });
      }
    }
  }
  return moved;
}
