import type { Chapter, Film, Point } from "@eckart/views";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { arrowKey } from "./gestures.ts";
import { Stage, type Handle } from "./Stage.tsx";
import { Stills } from "./Stills.tsx";

/** A film with its parts by name. */
export type PlayedFilm = Pick<Film, "width" | "height" | "title" | "description" | "duration" | "at"> & {
  readonly chapters: readonly Chapter[];
};

export interface PlayerProps {
  readonly id: string;
  readonly film: PlayedFilm;
  /** Seconds into the film. */
  readonly time: number;
  readonly onTime: (seconds: number) => void;
  readonly handles?: readonly Handle[];
  /** Whether a narrow screen may cut off left and right. */
  readonly crop?: boolean;
  /** The view is turned by dragging the empty part of the picture. */
  readonly onTurn?: (step: Point) => void;
  /** Stands beside the buttons. */
  readonly children?: ComponentChildren;
}

/**
 * A film that the reader plays, stops and scrubs. Space plays and stops; on the scrubber the arrow keys step, with Shift from chapter to
 * chapter; chapters are buttons.
 * Never plays by itself; where less motion is wanted it goes from chapter to chapter without the way between.
 */
export function Player({ id, film, time, onTime, handles = [], crop = false, onTurn, children }: PlayerProps): VNode {
  const [playing, setPlaying] = useState(false);
  const now = useRef(time);
  now.current = time;
  const { duration, chapters } = film;
  // The film may be another at every moment, as its map is moved by hand while it plays.
  const show = useRef(onTime);
  show.current = onTime;

  useLayoutEffect(() => {
    if (!playing) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      show.current(chapters.find(({ end }) => end > now.current + 1e-6)?.end ?? duration);
      setPlaying(false);
      return;
    }
    let last: number | undefined;
    let frame = requestAnimationFrame(function step(at) {
      const next = Math.min(duration, now.current + (last === undefined ? 0 : Math.min(at - last, 100) / 1000));
      last = at;
      show.current(next);
      if (next < duration) frame = requestAnimationFrame(step);
      else setPlaying(false);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  const play = (): void => {
    if (!playing && time >= duration - 1e-6) onTime(0);
    setPlaying(!playing);
  };
  const current = chapters.findLast(({ start }) => time > start + 1e-6) ?? chapters[0];
  const at = (seconds: number): string => `${((100 * seconds) / duration).toFixed(3)}%`;
  return (
    <div
      class="player"
      onKeyDown={(event) => {
        const target = event.target as Element;
        if (event.key !== " " || target.closest("button, input:not([type=range]), select, textarea, summary")) return;
        event.preventDefault();
        play();
      }}
    >
      <Stage
        id={id}
        width={film.width}
        height={film.height}
        title={film.title}
        description={current ? `${film.description} Now: ${current.caption}` : film.description}
        shapes={film.at(time)}
        handles={handles}
        crop={crop}
        onTurn={onTurn}
      />
      <Stills id={id} film={film} />
      <div class="transport">
        <button
          type="button"
          class="play"
          aria-label={playing ? "Stop" : "Play"}
          aria-pressed={playing}
          aria-controls={`${id}-time`}
          onClick={play}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d={playing ? "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z" : "M6 3.5v13L16.5 10z"} />
          </svg>
        </button>
        <div class="scrubber">
          <input
            id={`${id}-time`}
            type="range"
            min={0}
            max={duration}
            step={0.01}
            value={time}
            aria-label={`Time of ${film.title}`}
            aria-valuetext={current ? `${time.toFixed(1)} seconds, ${current.name}` : `${time.toFixed(1)} seconds`}
            onInput={(event) => {
              setPlaying(false);
              onTime(Number(event.currentTarget.value));
            }}
            onKeyDown={(event) => {
              const way = event.altKey || event.ctrlKey || event.metaKey ? undefined : arrowKey(event.key);
              if (!way) return;
              event.preventDefault();
              setPlaying(false);
              onTime(stepped(film, time, way[0] + way[1], event.shiftKey));
            }}
          />
          <div class="chapters">
            {chapters.map((chapter) => (
              <button
                type="button"
                key={chapter.name}
                class={chapter === current ? "chapter current" : "chapter"}
                style={{ left: at(chapter.start), width: at(chapter.end - chapter.start) }}
                title={chapter.caption}
                onClick={() => {
                  setPlaying(false);
                  onTime(chapter.end);
                }}
              >
                {chapter.name}
              </button>
            ))}
          </div>
        </div>
        {children}
      </div>
      <p class="now" aria-live="polite">
        {current?.caption}
      </p>
    </div>
  );
}

/** Time after an arrow key: a tenth of a second on or back, with Shift to the next end of a chapter. */
function stepped({ duration, chapters }: PlayedFilm, time: number, way: number, far: boolean): number {
  if (!far) return Math.min(Math.max(Math.round(10 * time + way) / 10, 0), duration);
  const stops = [0, ...chapters.map(({ end }) => end)];
  const next = way > 0 ? stops.find((end) => end > time + 1e-6) : stops.findLast((end) => end < time - 1e-6);
  return next ?? time;
}
