/**
 * What a mark stands for; the colour follows from it and never means anything else. `v` is an input direction,
 * `sigma` a stretch, `u` an output direction, `lambda` an eigenvalue or its line, `reversed` a flipped sign or
 * orientation; `ink`, `muted`, `grid` and `page` carry no meaning of their own.
 */
export type Role = "page" | "ink" | "muted" | "grid" | "v" | "sigma" | "u" | "lambda" | "reversed";

/** A point in figure units, x to the right and y down. */
export type Point = readonly [x: number, y: number];

/** How a mark is painted: the roles of its inside and of its outline, the outline's width and dash lengths in units. */
export interface Paint {
  readonly fill?: Role;
  readonly stroke?: Role;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
  /** What of the mathematics this is, as "v1" or "A": formulas and figures light each other up by it. */
  readonly mark?: string;
}

/** Axis-parallel rectangles painted alike, each `[x, y, width, height]`. */
export interface Rects extends Paint {
  readonly kind: "rects";
  readonly rects: readonly (readonly [x: number, y: number, width: number, height: number])[];
}

/** A chain of straight segments through the points, or of cubic Bézier curves. */
export interface Path extends Paint {
  readonly kind: "path";
  readonly points: readonly Point[];
  readonly closed?: boolean;
  /** The points behind the first come in threes: two that pull, and the end of a curve. */
  readonly cubic?: boolean;
}

/** A disc. */
export interface Circle extends Paint {
  readonly kind: "circle";
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

/** One line of text; `y` is its base line, `size` its height in units (13 by default). */
export interface Text extends Paint {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly italic?: boolean;
}

/** Any mark of a figure. */
export type Shape = Rects | Path | Circle | Text;

/** A picture as plain data: its size, its name and description for readers who cannot see it, and its marks in order. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly shapes: readonly Shape[];
}

/** A part of a film: what happens between its start and its end, in seconds, and in words. */
export interface Chapter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly caption: string;
}

/** A moving picture: the same marks at any time, in other places and of other opacity. */
export interface Film {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  /** Seconds from the beginning to the end, after which it begins again. */
  readonly duration: number;
  /** The times from 0 to the duration between which the marks move evenly. */
  readonly times: readonly number[];
  /** The marks at a time: always the same number of the same kinds, points and texts. */
  readonly at: (seconds: number) => readonly Shape[];
  /** The film told in still pictures, for print and for readers who want no motion. */
  readonly still: readonly Shape[];
}
