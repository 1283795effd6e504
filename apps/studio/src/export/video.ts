import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
  type VideoCodec,
} from "mediabunny";
import type { Frames, Pace } from "./frames.ts";

const CONTAINERS = {
  mp4: {
    name: "MP4",
    codecs: ["avc"],
    type: "video/mp4",
    format: () => new Mp4OutputFormat({ fastStart: "in-memory" }),
  },
  webm: { name: "WebM", codecs: ["vp9", "av1", "vp8"], type: "video/webm", format: () => new WebMOutputFormat() },
} as const;

/** A film as MP4 (H.264) or WebM (VP9, or AV1 or VP8 where the browser has no VP9), through the encoders of the browser. */
export async function video(
  kind: keyof typeof CONTAINERS,
  { canvas, times, rate, show }: Frames,
  pace: Pace,
): Promise<Blob> {
  const { name, codecs, type, format } = CONTAINERS[kind];
  const { width, height } = canvas;
  const quality = new Quality("high");
  const codec = await getFirstEncodableVideoCodec([...codecs] satisfies VideoCodec[], { width, height, quality });
  if (!codec) throw new Error(`This browser does not encode ${name} of ${width} × ${height} pixels.`);
  const target = new BufferTarget();
  const output = new Output({ format: format(), target });
  const source = new CanvasSource(canvas, { codec, quality, keyFrameInterval: 1 });
  output.addVideoTrack(source, { frameRate: rate });
  try {
    await output.start();
    for (const [i, time] of times.entries()) {
      await pace(i / times.length);
      show(time);
      await source.add(i / rate, 1 / rate);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return new Blob([target.buffer!], { type });
}
