import { heading, wrapped } from "../heading.ts";
import { niceStep } from "../scale.ts";
import type { Film, Point, Role, Shape } from "../shape.ts";
import {
  mapScene,
  sceneShapes,
  type MapFilmInput,
  type MapScene,
  type Place,
  type Progress,
  type TurnInput,
} from "./mapScene.ts";
import { mapWords, shortest } from "./mapWords.ts";

/** What the film takes besides the map. */
export interface MapFilmOptions {
  /** The heading, "Rotate, scale, rotate" by default. */
  readonly title?: string;
}

const WIDTH = 720;
const HEIGHT = 560;
/** Seconds that a step takes, and those that it stands before the next. */
const MOVE = 2.6;
const REST = 1.1;
const LAST_REST = 3;
/** Seconds in which words come and go. */
const FADE = 0.3;
/** Size of the captions. */
const CAPTION = 13.5;
/** Radians that a turn may go between two key frames: between them marks move straight, and lose 1 − cos 0.04 = 0.08 %. */
const STRIDE = 0.08;

type Step = "first" | "scale" | "mirror" | "last";

/** One part of the film: what moves from when on, what it says, and how many key frames it needs. */
interface Chapter {
  readonly step: Step | "begin";
  readonly start: number;
  readonly caption: string;
  readonly frames: number;
}

/**
 * A linear map of two or three dimensions as a film: the unit circle or sphere with its grid and the right singular
 * vectors is turned by Vᵀ, stretched by Σ and turned by U, until v₁, v₂ have become σ₁u₁, σ₂u₂. What moves are angles
 * and lengths, so that a turning circle stays a circle. A reflection is a step of its own: in the plane it turns over
 * through the third dimension and the letter F reads backwards; in space it passes through its mirror, and the
 * right-handed screw becomes a left-handed one.
 *
 * @throws RangeError  another number of dimensions, or values that are not finite, negative or not descending.
 * @example
 * import { rotateScaleRotate } from "eckart";
 * import { mapFilm, toAnimatedSvg } from "@eckart/views";
 * const svg = toAnimatedSvg(mapFilm(rotateScaleRotate([[2, 1], [0.5, 1.5]])));
 */
export function mapFilm(map: MapFilmInput, { title = "Rotate, scale, rotate" }: MapFilmOptions = {}): Film {
  const scene = arrange(map);
  const chapters = chaptersOf(scene);
  const ends = chapters.map(({ start }) => start + MOVE + REST);
  const duration = ends.at(-1)! - REST + LAST_REST;
  const times = keyTimes(chapters, duration);
  const progress = (seconds: number): Progress => {
    const gone = (step: Step): number => {
      const chapter = chapters.find((one) => one.step === step);
      return chapter ? eased((seconds - chapter.start) / MOVE) : 0;
    };
    return { first: gone("first"), scale: gone("scale"), mirror: gone("mirror"), last: gone("last") };
  };

  const head = heading(title, "", WIDTH);
  const lines = Math.max(...chapters.map(({ caption }) => wrapped(caption, CAPTION, WIDTH - 48).length));
  const top = head.height + 18 * lines;
  const reach = times.flatMap((time) => sceneShapes(scene, progress(time), (p) => p, 0).flatMap(pointsOf));
  const stage = framed(reach, { x: 0, y: top, width: WIDTH, height: HEIGHT - top }, 56);
  const at = (seconds: number): Shape[] => [
    ...head.shapes,
    ...formula(chapters, seconds),
    ...chapters.flatMap((chapter) =>
      told(chapter.caption, 24, head.height, WIDTH - 48, shownAt(chapters, chapter, seconds)),
    ),
    ...sceneShapes(scene, progress(seconds), stage.place, stage.unit),
  ];
  const pictures = panels(chapters.length, head.height - 18).flatMap((box, i) => {
    const { caption } = chapters[i]!;
    const words = told(caption, box.x + 24, box.y + 14, box.width - 36, 1);
    const below = { ...box, y: box.y + 18 * words.length, height: box.height - 18 * words.length };
    const { place, unit } = framed(reach, below, 56);
    return [...words, ...sceneShapes(scene, progress(i === 0 ? 0 : ends[i]!), place, unit)];
  });
  const description = chapters.map(({ caption }) => caption).join(" ");
  return {
    width: WIDTH,
    height: HEIGHT,
    title,
    description,
    duration,
    times,
    at,
    still: [...head.shapes, ...pictures],
  };
}

function arrange(map: MapFilmInput): MapScene {
  const largest = map.s[0] ?? 0;
  const drawable = largest === 0 || (largest > 0.3 && largest < 4);
  return mapScene(
    { ...map, first: shorter(map.first), last: shorter(map.last) },
    { shrink: drawable ? 1 : niceStep(largest / 4, 1) },
  );
}

const shorter = (turn: TurnInput): TurnInput => ({ ...turn, angle: shortest(turn.angle) });

/** What is said and how long it lasts, step after step. */
function chaptersOf(scene: MapScene): Chapter[] {
  const words = mapWords(scene);
  const parts: Omit<Chapter, "start">[] = [
    { step: "begin", caption: words.begin, frames: 1 },
    { step: "first", caption: words.first, frames: framesOf(scene.first) },
    { step: "scale", caption: words.scale, frames: 16 },
    ...(words.mirror === undefined
      ? []
      : [{ step: "mirror", caption: words.mirror, frames: scene.m === 2 ? 48 : 24 } as const]),
    { step: "last", caption: words.last, frames: framesOf(scene.last) },
  ];
  return parts.map((part, i) => ({ ...part, start: i === 0 ? 0 : REST + (i - 1) * (MOVE + REST) }));
}

/** Key frames of a turn: at its quickest it goes π/2 times its mean speed. */
function framesOf({ angle }: TurnInput): number {
  return Math.max(12, Math.ceil((Math.PI / 2) * (Math.abs(angle) / STRIDE)));
}

/** The times at which something begins, ends or bends. */
function keyTimes(chapters: readonly Chapter[], duration: number): number[] {
  const found = chapters.flatMap(({ start, frames }) => [
    start - FADE / 2,
    start + FADE / 2,
    ...Array.from({ length: frames + 1 }, (_, i) => start + (i / frames) * MOVE),
  ]);
  return [0, ...found.filter((time) => time > 0 && time < duration).sort((a, b) => a - b), duration];
}

/** From rest to rest: 0 before, 1 after. */
function eased(part: number): number {
  return (1 - Math.cos(Math.PI * Math.min(Math.max(part, 0), 1))) / 2;
}

function pointsOf(shape: Shape): readonly Point[] {
  return shape.kind === "path" ? shape.points : [];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest picture of all these points that fits a box with room for labels, the origin in its middle. */
function framed(
  points: readonly Point[],
  { x, y, width, height }: Box,
  margin: number,
): { place: Place; unit: number } {
  const reach = (axis: 0 | 1): number => points.reduce((most, p) => Math.max(most, Math.abs(p[axis])), 1);
  const unit = Math.min((width / 2 - margin) / reach(0), (height / 2 - margin / 2) / reach(1));
  const [cx, cy] = [x + width / 2, y + height / 2];
  return { unit, place: ([px, py]) => [cx + unit * px, cy - unit * py] };
}

/** Boxes for the still pictures, in rows. */
function panels(count: number, top: number): Box[] {
  const columns = count > 4 ? 3 : 2;
  const [width, height] = [WIDTH / columns, (HEIGHT - top - 8) / 2];
  return Array.from({ length: count }, (_, i) => ({
    x: (i % columns) * width,
    y: top + Math.floor(i / columns) * height,
    width,
    height,
  }));
}

/** How strongly a chapter is shown: 1 from its beginning to that of the next. */
function shownAt(chapters: readonly Chapter[], chapter: Chapter, seconds: number): number {
  const begun = (one: Chapter | undefined): number =>
    one ? Math.min(Math.max((seconds - one.start) / FADE + 0.5, 0), 1) : 0;
  return (chapter.step === "begin" ? 1 : begun(chapter)) - begun(chapters[chapters.indexOf(chapter) + 1]);
}

function told(caption: string, x: number, y: number, width: number, opacity: number): Shape[] {
  return wrapped(caption, CAPTION, width).map((text, i) => ({
    kind: "text",
    x,
    y: y + 18 * i,
    text,
    size: CAPTION,
    fill: "muted",
    opacity,
  }));
}

/** A = U Σ Vᵀ, the factor at work in its colour. */
function formula(chapters: readonly Chapter[], seconds: number): Shape[] {
  const word = (text: string, x: number, fill: Role, opacity: number): Shape => ({
    kind: "text",
    x,
    y: 36,
    text,
    size: 19,
    italic: true,
    fill,
    opacity,
  });
  const work = (...steps: Chapter["step"][]): number =>
    Math.max(0, ...chapters.filter(({ step }) => steps.includes(step)).map((one) => shownAt(chapters, one, seconds)));
  const factors = [
    ["U", WIDTH - 92, "u", work("mirror", "last")],
    ["Σ", WIDTH - 70, "sigma", work("scale")],
    ["Vᵀ", WIDTH - 50, "v", work("first")],
  ] as const;
  return [
    word("A =", WIDTH - 132, "muted", 1),
    ...factors.flatMap(([text, x, role, active]) => [word(text, x, "muted", 1 - active), word(text, x, role, active)]),
  ];
}
