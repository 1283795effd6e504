import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Choice, Toggle } from "../controls/controls.tsx";
import type { Saved } from "../figure/FigureTools.tsx";
import { fileName } from "./fileName.ts";
import { pace } from "./frames.ts";
import { schemeOfPage } from "./paint.ts";
import {
  download,
  inWords,
  saveAs,
  type FilmFormat,
  type Format,
  type PictureFormat,
  type SaveOptions,
} from "./save.ts";
import "./save.css";

const PICTURES: readonly (readonly [PictureFormat, name: string])[] = [
  ["svg", "SVG"],
  ["png", "PNG"],
];
const FILMS: readonly (readonly [FilmFormat, name: string])[] = [
  ["mp4", "MP4"],
  ["webm", "WebM"],
  ["gif", "GIF"],
  ["animated", "Animated SVG"],
];

interface Props {
  readonly id: string;
  readonly fields: () => Readonly<Record<string, string>>;
  readonly saved: Saved;
}

/** What a figure can be saved as, with the few choices that matter. */
export function SaveMenu({ id, fields, saved }: Props): VNode {
  const [options, set] = useState<SaveOptions>(() => ({
    scale: 2,
    scheme: schemeOfPage(),
    background: true,
    words: false,
    rate: 30,
  }));
  const [done, setDone] = useState<number | undefined>(undefined);
  const [said, say] = useState("");
  const work = useRef<AbortController | undefined>(undefined);
  useLayoutEffect(() => () => work.current?.abort(), []);
  const change = (to: Partial<SaveOptions>): void => set((old) => ({ ...old, ...to }));
  const isBusy = done !== undefined;
  // Browsers have their encoders only for pages that came safely: by https, or from this device.
  const encodes = "VideoEncoder" in globalThis;

  const save = async (format: Format): Promise<void> => {
    const { signal } = (work.current = new AbortController());
    setDone(0);
    say("");
    try {
      const blob = await saveAs(format, saved, options, pace(signal, setDone));
      signal.throwIfAborted();
      const name = nameOf(format, id, fields());
      download(blob, name);
      say(`Saved ${name}, ${size(blob.size)}`);
    } catch (error) {
      if (signal.aborted) say("Nothing saved");
      else say(error instanceof Error ? error.message : String(error));
    }
    setDone(undefined);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(inWords(saved));
      say("Description copied");
    } catch {
      say(inWords(saved));
    }
  };
  const button = ([format, name]: readonly [Format, string]): VNode => (
    <button
      type="button"
      key={format}
      disabled={isBusy || (!encodes && (format === "mp4" || format === "webm"))}
      onClick={() => void save(format)}
    >
      {name}
    </button>
  );
  const { width } = saved.picture();
  return (
    <div class="save" role="group" aria-label="Save this figure">
      <div class="formats" role="group" aria-label="Picture">
        <span class="kind">Picture</span>
        {PICTURES.map(button)}
        <button type="button" class="quiet" disabled={isBusy} onClick={() => void copy()}>
          Copy description
        </button>
      </div>
      {saved.film && (
        <div class="formats" role="group" aria-label="Film">
          <span class="kind">Film</span>
          {FILMS.map(button)}
        </div>
      )}
      {saved.film && !encodes && (
        <p class="lacking">
          This browser encodes no video here: it takes WebCodecs, and a page that came by https or from this device. GIF
          and animated SVG need neither.
        </p>
      )}
      <div class="options">
        <Choice
          id={`${id}-save-scale`}
          label="Pixels wide"
          value={String(options.scale)}
          options={[1, 2, 4].map((scale) => [String(scale), String(scale * width)] as const)}
          onChange={(scale) => change({ scale: Number(scale) })}
        />
        {saved.film && (
          <Choice
            id={`${id}-save-rate`}
            label="Video frames a second"
            value={String(options.rate)}
            options={[30, 60].map((rate) => [String(rate), String(rate)] as const)}
            onChange={(rate) => change({ rate: Number(rate) })}
          />
        )}
        <Choice
          id={`${id}-save-scheme`}
          label="Colours"
          value={options.scheme}
          options={[
            ["light", "light"],
            ["dark", "dark"],
          ]}
          onChange={(scheme) => change({ scheme })}
        />
        <Toggle
          label="Page behind pictures"
          value={options.background}
          onChange={(background) => change({ background })}
        />
        <Toggle label="Title and description above" value={options.words} onChange={(words) => change({ words })} />
      </div>
      {isBusy && (
        <div class="progress">
          <progress max={1} value={done} aria-label="Frames encoded" />
          <button type="button" onClick={() => work.current?.abort()}>
            Cancel
          </button>
        </div>
      )}
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}

/** A film shows all times. */
function nameOf(format: Format, id: string, fields: Readonly<Record<string, string>>): string {
  if (format === "svg" || format === "png") return fileName(id, fields, format);
  const { t: _moment, ...state } = fields;
  return fileName(`${id} film`, state, format === "animated" ? "svg" : format);
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
