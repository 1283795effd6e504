import { headed, headedFilm, steadyFilm, toAnimatedSvg, toSvg, type Figure } from "@eckart/views";
import type { Saved } from "../figure/FigureTools.tsx";
import type { PlayedFilm } from "../stage/Player.tsx";
import { frameTimes, type Frames, type Pace } from "./frames.ts";
import { lookOf, paint } from "./paint.ts";

export type PictureFormat = "svg" | "png";
export type FilmFormat = "mp4" | "webm" | "gif" | "animated";
export type Format = PictureFormat | FilmFormat;

/** How a file looks. */
export interface SaveOptions {
  /** Pixels to the unit. */
  readonly scale: number;
  readonly scheme: "light" | "dark";
  /** Whether the page is seen behind the picture; films other than SVG always have it. */
  readonly background: boolean;
  /** Whether title and description stand above the picture. */
  readonly words: boolean;
  /** Frames a second of a video; a GIF has 25. */
  readonly rate: number;
}

const GIF_RATE = 25;

/** A figure as a file. What encodes films is fetched when it is asked for. */
export async function saveAs(format: Format, saved: Saved, options: SaveOptions, pace: Pace): Promise<Blob> {
  const picture = (): Figure => (options.words ? headed(saved.picture()) : saved.picture());
  const film = (): PlayedFilm => (options.words ? headedFilm(saved.film!()) : saved.film!());
  switch (format) {
    case "svg":
      return svg(toSvg(picture(), options));
    case "animated":
      return svg(toAnimatedSvg(steadyFilm(film()), options));
    case "png":
      return png(picture(), options);
    case "gif": {
      const frames = await framesOf(film(), { ...options, rate: GIF_RATE });
      return (await import("./gif.ts")).gif(frames, pace);
    }
    case "mp4":
    case "webm": {
      const frames = await framesOf(film(), options);
      return (await import("./video.ts")).video(format, frames, pace);
    }
  }
}

const svg = (text: string): Blob => new Blob([text], { type: "image/svg+xml" });

async function png(picture: Figure, { scale, scheme, background }: SaveOptions): Promise<Blob> {
  const look = await lookOf(scheme);
  const { canvas, context } = sheet(Math.round(scale * picture.width), Math.round(scale * picture.height));
  if (background) cover(context, look.colours.page);
  paint(context, picture.shapes, look, scale);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("The browser could not make a picture of this size.");
  return blob;
}

/** The frames of a film on a canvas with sides of even length, which video asks for. */
async function framesOf(film: PlayedFilm, { scale, scheme, rate }: SaveOptions): Promise<Frames> {
  const look = await lookOf(scheme);
  const even = (side: number): number => 2 * Math.ceil((scale * side) / 2);
  const { canvas, context } = sheet(even(film.width), even(film.height));
  return {
    canvas,
    context,
    rate,
    times: frameTimes(film.duration, rate),
    show: (seconds) => {
      cover(context, look.colours.page);
      paint(context, film.at(seconds), look, scale);
    },
  };
}

function sheet(width: number, height: number): Pick<Frames, "canvas" | "context"> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return { canvas, context: canvas.getContext("2d", { willReadFrequently: true })! };
}

function cover(context: CanvasRenderingContext2D, colour: string): void {
  context.resetTransform();
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/** What there is to be seen, in words: of a film, its chapters too. */
export function inWords(saved: Saved): string {
  const { title, description } = saved.picture();
  const chapters = saved.film?.().chapters.map(({ name, caption }) => `${name}: ${caption}`) ?? [];
  return [title, description, ...chapters].join("\n");
}

/** Hands a file to the reader. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Browsers read the address some time after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
