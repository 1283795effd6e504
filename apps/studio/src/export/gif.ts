import { GIFEncoder, nearestColorIndex, quantize } from "gifenc";
import type { Frames, Pace } from "./frames.ts";

/** Frames whose colours make the palette, and how many of their pixels are looked at. */
const SAMPLED_FRAMES = 8;
const SAMPLED_PIXELS = 400_000;
/** 255 colours, and one that lets the frame before show through. */
const COLOURS = 255;

/** A film as a GIF: one palette for all frames, and of each frame only the pixels that have changed. */
export async function gif({ canvas, context, times, rate, show }: Frames, pace: Pace): Promise<Blob> {
  const { width, height } = canvas;
  const pixels = (seconds: number): Uint32Array => {
    show(seconds);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  };
  const sampled = Array.from(
    { length: SAMPLED_FRAMES },
    (_, i) => times[Math.round((i / (SAMPLED_FRAMES - 1)) * (times.length - 1))]!,
  );
  const palette = quantize(sparse(sampled.map(pixels)), COLOURS);
  const through = palette.length;
  const known = new Map<number, number>();
  const nearest = (pixel: number): number => {
    const found = known.get(pixel);
    if (found !== undefined) return found;
    const index = nearestColorIndex(palette, [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]);
    known.set(pixel, index);
    return index;
  };

  const encoder = GIFEncoder();
  let before: Uint32Array | undefined;
  for (let i = 0; i < times.length;) {
    await pace(i / times.length);
    const time = times[i]!;
    const later = times.findIndex((other) => other > time);
    const next = later < 0 ? times.length : later;
    const now = pixels(time);
    const index = new Uint8Array(now.length);
    for (let k = 0; k < now.length; k++) index[k] = now[k] === before?.[k] ? through : nearest(now[k]!);
    encoder.writeFrame(index, width, height, {
      ...(before ? { transparent: true, transparentIndex: through } : { palette: [...palette, [0, 0, 0]] }),
      delay: (1000 * (next - i)) / rate,
      dispose: 1,
    });
    before = now;
    i = next;
  }
  encoder.finish();
  return new Blob([encoder.bytes()], { type: "image/gif" });
}

/** Some of the pixels of some frames, evenly spread, as bytes. */
function sparse(frames: readonly Uint32Array[]): Uint8ClampedArray {
  const step = Math.ceil((frames.length * frames[0]!.length) / SAMPLED_PIXELS);
  const each = Math.floor(frames[0]!.length / step);
  const chosen = Uint32Array.from(
    { length: frames.length * each },
    (_, i) => frames[Math.floor(i / each)]![(i % each) * step]!,
  );
  return new Uint8ClampedArray(chosen.buffer);
}
