import type { Chapter, Film } from "../shape.ts";

/** What a film is made of: steps that follow each other, each with its name, its words and its seconds. */
export interface Step {
  readonly name: string;
  readonly caption: string;
  readonly seconds?: number;
}

/** A film with its parts by name, as a player shows it. */
export interface ToldFilm extends Pick<Film, "width" | "height" | "title" | "description" | "duration" | "at"> {
  readonly chapters: readonly Chapter[];
}

/** The plan of a film: its chapters, and how far each step has gone at a time. */
export interface Timeline {
  readonly chapters: readonly Chapter[];
  readonly duration: number;
  /** From 0 to 1 for every step, slow at both ends. */
  readonly progress: (seconds: number) => readonly number[];
}

/** Steps one after the other, 0.9 seconds each where they say nothing else, with 0.3 seconds of rest between them. */
export function timeline(steps: readonly Step[], rest = 0.3): Timeline {
  let now = 0;
  const chapters = steps.map(({ name, caption, seconds = 0.9 }) => {
    const chapter = { name, caption, start: now, end: now + seconds };
    now = chapter.end + rest;
    return chapter;
  });
  return {
    chapters,
    duration: Math.max(0, now - rest),
    progress: (seconds) => chapters.map(({ start, end }) => easeInOut((seconds - start) / (end - start))),
  };
}

/** Cubic: 0 before 0, 1 after 1. */
export function easeInOut(part: number): number {
  const t = Math.min(Math.max(part, 0), 1);
  return t < 0.5 ? 4 * t ** 3 : 1 - 4 * (1 - t) ** 3;
}
