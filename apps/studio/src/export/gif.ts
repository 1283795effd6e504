import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Frames, Pace } from "./frames.ts";

/** Of the frames whose colours make the palette. */
const SAMPLES = 8;
/** 255 colours, and one that lets the frame before show through. */
const COLOURS = 255;

/** A film as a GIF: one palette for all frames, and of each frame only what has changed. */
export async function gif({ canvas, context, times, rate, show }: Frames, pace: Pace): Promise<Blob> {
  const { width, height } = canvas;
  const pixels = (seconds: number): Uint8ClampedArray => {
    show(seconds);
    return context.getImageData(0, 0, width, height).data;
  };
  const sampled = Array.from({ length: SAMPLES }, (_, i) =>
    pixels(times[Math.round((i / (SAMPLES - 1)) * (times.length - 1))]!),
  );
  const all = new Uint8ClampedArray(SAMPLES * sampled[0]!.length);
  for (const [i, one] of sampled.entries()) all.set(one, i * one.length);
  const palette = quantize(all, COLOURS);
  const through = palette.length;
  const encoder = GIFEncoder();
  let before: Uint8Array | undefined;
  for (let i = 0; i < times.length;) {
    await pace(i / times.length);
    const time = times[i]!;
    const next = times.findIndex((other) => other > time);
    const end = next < 0 ? times.length : next;
    const index = applyPalette(pixels(time), palette);
    const changed = before ? index.map((colour, k) => (colour === before![k] ? through : colour)) : index;
    encoder.writeFrame(changed, width, height, {
      ...(before ? { transparent: true, transparentIndex: through } : { palette: [...palette, [0, 0, 0]] }),
      delay: (1000 * (end - i)) / rate,
      dispose: 1,
    });
    before = index;
    i = end;
  }
  encoder.finish();
  return new Blob([encoder.bytes()], { type: "image/gif" });
}
