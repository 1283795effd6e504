import type { Film, Point, Shape } from "../shape.ts";
import type { ToldFilm } from "./timeline.ts";

/** How finely a film is sampled, and how long its end is shown. */
export interface SteadyFilmOptions {
  /** Samples a second, 25 by default. */
  readonly rate?: number;
  /** Seconds at the end, 1 by default. */
  readonly rest?: number;
}

/** A mark on its way through the samples, which it is not in all of. */
interface Track {
  readonly kind: string;
  /** Its mark in each sample, or nothing. */
  readonly shapes: (Shape | undefined)[];
}

/**
 * A film in which marks come, go and change their number, as one that an animated SVG can show: always the same marks,
 * those that are not there at a time unseen. A mark is the same as that of its kind that was nearest to it a sample before.
 */
export function steadyFilm(film: ToldFilm, { rate = 25, rest = 1 }: SteadyFilmOptions = {}): Film {
  const { width, height, title, description, duration } = film;
  const count = Math.max(1, Math.ceil(rate * duration));
  const samples = Array.from({ length: count + 1 }, (_, i) => film.at((duration * i) / count));
  const tracks = followed(samples, Math.min(width, height) / 4);
  const filled = tracks.map(({ shapes }) => whole(shapes));
  const frames = samples.map((_, i) => filled.map((shapes) => shapes[i]!));
  return {
    width,
    height,
    title,
    description: [description, ...film.chapters.map(({ caption }) => caption)].join(" "),
    duration: duration + rest,
    times: [...samples.map((_, i) => (duration * i) / count), ...(rest > 0 ? [duration + rest] : [])],
    at: (seconds) => frames[Math.min(count, Math.max(0, Math.round((seconds / duration) * count)))]!,
    still: samples[count]!,
  };
}

/** The marks of all samples, those that are the same in one track; a track stands behind those it was first painted before. */
function followed(samples: readonly (readonly Shape[])[], limit: number): Track[] {
  const order: Track[] = [];
  let before: readonly Track[] = [];
  for (const [i, sample] of samples.entries()) {
    const kinds = sample.map(kindOf);
    const found = matched(sample, kinds, before, i, limit);
    let last: Track | undefined;
    before = sample.map((shape, j) => {
      const track = found[j] ?? { kind: kinds[j]!, shapes: samples.map(() => undefined) };
      if (!found[j]) order.splice(last ? order.indexOf(last) + 1 : 0, 0, track);
      track.shapes[i] = shape;
      last = track;
      return track;
    });
  }
  return order;
}

/** A track with its mark in every sample, unseen where it is not there yet or no longer. */
function whole(shapes: readonly (Shape | undefined)[]): readonly Shape[] {
  const first = shapes.find((shape) => shape !== undefined)!;
  if (shapes.every((shape) => shape && shape.opacity === undefined)) return shapes as readonly Shape[];
  let last = first;
  return shapes.map((shape) => {
    last = shape ?? last;
    return { ...last, opacity: shape ? (shape.opacity ?? 1) : 0 };
  });
}

/** For each mark of a sample the track that goes on with it: nearest pairs first, each once, none further than the limit. */
function matched(
  sample: readonly Shape[],
  kinds: readonly string[],
  tracks: readonly Track[],
  i: number,
  limit: number,
): readonly (Track | undefined)[] {
  const found: (Track | undefined)[] = sample.map(() => undefined);
  const free = new Set(tracks);
  const pairs = sample.flatMap((shape, j) =>
    tracks
      .filter(({ kind }) => kind === kinds[j])
      .map((track) => ({ j, track, distance: distance(shape, track.shapes[i - 1]!) })),
  );
  for (const { j, track, distance } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (distance > limit) break;
    if (!found[j] && free.delete(track)) found[j] = track;
  }
  return found;
}

/** All of a mark but where it is and how strong: what an animated SVG does not change. */
function kindOf(shape: Shape): string {
  switch (shape.kind) {
    case "rects":
      return JSON.stringify({ ...shape, opacity: 0, rects: shape.rects.length });
    case "path":
      return JSON.stringify({ ...shape, opacity: 0, points: shape.points.length });
    case "circle":
      return JSON.stringify({ ...shape, opacity: 0, cx: 0, cy: 0, r: 0 });
    case "text":
      return JSON.stringify({ ...shape, opacity: 0, x: 0, y: 0 });
  }
}

/** How far the points of two marks of one kind are from each other, in the mean. */
function distance(a: Shape, b: Shape): number {
  const [p, q] = [pointsOf(a), pointsOf(b)];
  return p.reduce((sum, [x, y], i) => sum + Math.hypot(x - q[i]![0], y - q[i]![1]), 0) / Math.max(1, p.length);
}

function pointsOf(shape: Shape): readonly Point[] {
  switch (shape.kind) {
    case "rects":
      return shape.rects.map(([x, y]) => [x, y]);
    case "path":
      return shape.points;
    case "circle":
      return [[shape.cx, shape.cy]];
    case "text":
      return [[shape.x, shape.y]];
  }
}
