import { percent, spectrum } from "@eckart/views";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Choice, NumberField, num, Slider } from "../../controls/controls.tsx";
import { pngOf, save } from "../../files/files.ts";
import type { Picture } from "../../files/picture.ts";
import { FittedStage } from "../../stage/FittedStage.tsx";
import {
  approximation,
  decompose,
  FIRST_RANKS,
  isProvable,
  keptByRank,
  prove,
  type Advance,
  type Decomposed,
  type Kept,
  type Proof,
} from "./decompose.ts";
import { Divider } from "./Divider.tsx";
import { described, imageOf, samplesOf } from "./picture.ts";
import { rankForError, stopsUpTo } from "./ranks.ts";

/** How much is kept: a rank, or the smallest rank of at most a relative error. */
export type Wanted = { readonly rank: number } | { readonly error: number };

interface CompressorProps {
  readonly id: string;
  readonly picture: Picture | undefined;
  /** The shape of the picture that is on its way. */
  readonly shape?: readonly [rows: number, cols: number];
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  /** Told what the rank that is shown keeps. */
  readonly onKept?: (kept: Kept | undefined) => void;
  readonly children?: ComponentChildren;
}

/** What is on its way, or what has come of it. */
type Work = { readonly advance: Advance } | { readonly done: Decomposed } | { readonly fault: string };

/** A picture and its best approximation of a rank, side by side, with what it costs and what it misses. */
export function Compressor({ id, picture, shape, wanted, onWanted, onKept, children }: CompressorProps): VNode {
  const [work, setWork] = useState<Work | undefined>(undefined);
  const [ranks, setRanks] = useState(FIRST_RANKS);
  const running = useRef<AbortController | undefined>(undefined);

  const begin = (ranks: number): void => {
    running.current?.abort();
    if (!picture) return;
    const control = new AbortController();
    running.current = control;
    setRanks(ranks);
    setWork({ advance: { fraction: 0, step: "beginning" } });
    const live =
      <T,>(then: (value: T) => void) =>
      (value: T): void => {
        if (!control.signal.aborted) then(value);
      };
    decompose(
      picture,
      ranks,
      control.signal,
      live((advance) => setWork({ advance })),
    ).then(
      live((done) => setWork({ done })),
      live((error: unknown) => setWork({ fault: error instanceof Error ? error.message : String(error) })),
    );
  };
  const stop = (): void => {
    running.current?.abort();
    setWork({ fault: "Stopped." });
  };
  useLayoutEffect(() => {
    begin(FIRST_RANKS);
    return () => running.current?.abort();
  }, [picture]);

  const done = work && "done" in work && work.done.picture === picture ? work.done : undefined;
  const table = useMemo(() => (done ? keptByRank(done) : undefined), [done]);
  const rank = table
    ? "rank" in wanted
      ? Math.min(wanted.rank, table.length - 1)
      : rankForError(
          table.map(({ error }) => error),
          wanted.error,
        )
    : undefined;
  const kept = rank === undefined ? undefined : table![rank];
  useLayoutEffect(() => onKept?.(kept), [kept]);

  const before = useMemo(() => picture && imageOf(picture.shown.planes, picture), [picture]);
  const after = useApproximation(done, rank);
  const [high, wide] = picture ? [picture.rows, picture.cols] : (shape ?? [3, 4]);
  return (
    <div class="compressor-place">
      <div class="compressor">
        <Divider
          id={id}
          before={before}
          after={after}
          width={wide}
          height={high}
          name={rank === undefined ? "" : `rank ${rank}`}
        />
        <div class="compressor-panel">
          {children}
          {picture && <p class="about">{described(picture)}</p>}
          {work && "advance" in work && <Progress id={id} advance={work.advance} onStop={stop} />}
          {work && "fault" in work && (
            <p class="fault" role="status">
              {`${work.fault} `}
              <button type="button" onClick={() => begin(ranks)}>
                Decompose again
              </button>
            </p>
          )}
          {done && table && kept && (
            <Answers
              id={id}
              done={done}
              table={table}
              kept={kept}
              wanted={wanted}
              onWanted={onWanted}
              onRanks={begin}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** The image of an approximation: the one before stays until the next is there, and of several that wait only the last is made. */
function useApproximation(done: Decomposed | undefined, rank: number | undefined): ImageData | undefined {
  const [image, setImage] = useState<ImageData | undefined>(undefined);
  const next = useRef<number | undefined>(undefined);
  const busy = useRef(false);
  const control = useRef(new AbortController());
  useLayoutEffect(() => {
    if (!done) setImage(undefined);
    const own = new AbortController();
    control.current = own;
    busy.current = false;
    return () => own.abort();
  }, [done]);
  useLayoutEffect(() => {
    if (!done || rank === undefined) return;
    next.current = rank;
    if (busy.current) return;
    busy.current = true;
    const { signal } = control.current;
    const draw = async (): Promise<void> => {
      while (next.current !== undefined && !signal.aborted) {
        const wanted = next.current;
        next.current = undefined;
        const planes = await approximation(done, wanted, "shown", { signal });
        if (!signal.aborted) setImage(imageOf(planes, done.picture));
      }
    };
    void draw().then(
      () => (busy.current = false),
      () => (busy.current = false),
    );
  }, [done, rank]);
  return image;
}

function Progress({ id, advance, onStop }: { id: string; advance: Advance; onStop: () => void }): VNode {
  const done = Math.round(100 * advance.fraction);
  return (
    <div class="progress">
      <label for={`${id}-progress`}>{`Decomposing: ${advance.step}`}</label>
      <progress id={`${id}-progress`} max={100} value={done}>{`${done} %`}</progress>
      <button type="button" onClick={onStop}>
        Stop
      </button>
    </div>
  );
}

interface AnswersProps {
  readonly id: string;
  readonly done: Decomposed;
  readonly table: readonly Kept[];
  readonly kept: Kept;
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly onRanks: (ranks: number) => void;
}

/** The controls of a picture that is decomposed, and what its rank keeps. */
function Answers({ id, done, table, kept, wanted, onWanted, onRanks }: AnswersProps): VNode {
  const { picture, method, dtype, planes } = done;
  const most = table.length - 1;
  const stops = useMemo(() => stopsUpTo(most), [most]);
  const byRank = "rank" in wanted;
  const proof = useProof(done, kept.rank);
  const smallest = Math.min(picture.rows, picture.cols);
  const missed = !byRank && kept.error > wanted.error;
  return (
    <>
      <Choice
        id={`${id}-by`}
        label="Choose by"
        value={byRank ? "rank" : "error"}
        options={[
          ["rank", "rank"],
          ["error", "largest error"],
        ]}
        onChange={(by) => onWanted(by === "rank" ? { rank: kept.rank } : { error: rounded(kept.error) })}
      />
      {byRank ? (
        <div class="controls">
          <Slider
            id={`${id}-rank`}
            label="rank r"
            value={stops.findLastIndex((stop) => stop <= kept.rank)}
            min={0}
            max={stops.length - 1}
            step={1}
            text={`${kept.rank} of ${smallest}`}
            onChange={(i) => onWanted({ rank: stops[i]! })}
          />
        </div>
      ) : (
        <div class="controls">
          <label class="field">
            <span aria-hidden="true">relative error, at most</span>
            <NumberField
              label="largest relative error in per cent"
              value={Number((100 * wanted.error).toPrecision(6))}
              step={0.5}
              limit={100}
              onChange={(value) => value >= 0 && onWanted({ error: value / 100 })}
            />
            <span aria-hidden="true">%</span>
          </label>
        </div>
      )}
      <dl class="facts">
        {!byRank && <Fact name="rank" value={`${kept.rank} of ${smallest}`} />}
        <Fact name="energy kept" value={percent(kept.energy, 3)} />
        <Fact name="relative error" value={`${num(100 * kept.error, 4)} %`} />
        <Fact name="numbers stored" value={`${grouped(kept.stored)} of ${grouped(kept.whole)}`} />
        <Fact name="share of the numbers" value={`${num((100 * kept.stored) / kept.whole, 3)} %`} />
      </dl>
      <p class="certificate" role="status">
        {method === "randomizedSvd"
          ? "The error is measured on this very answer, and does not rest on the theory of the method."
          : proof && proof.rank === kept.rank
            ? `Proved, rounding included: the error is at most ${upward(proof.atMost)} %, and nothing of this rank can be nearer than ${downward(proof.unavoidable)} %.`
            : isProvable(done)
              ? "Proving the error …"
              : "The error is computed from the singular values that are left out."}
      </p>
      {missed && most < smallest && <p class="fault">{`No rank up to ${most} is so near: look for more values.`}</p>}
      <p class="about">
        {`Decomposed by ${method === "svd" ? "svd, all values" : `randomizedSvd, the ${most} largest values`}, in ${dtype === "f32" ? "single" : "double"} precision, in ${inWords(done.ms)}.`}
      </p>
      <div class="controls">
        {most < smallest && (
          <button type="button" onClick={() => onRanks(Math.min(2 * most, smallest))}>
            {`Find ${Math.min(2 * most, smallest)} values`}
          </button>
        )}
        <Download id={id} done={done} rank={kept.rank} />
      </div>
      <details class="more">
        <summary>
          {planes.length > 1 ? "Singular values and energy, the channels together" : "Singular values and energy"}
        </summary>
        <FittedStage
          id={`${id}-spectrum`}
          draw={(width) =>
            spectrum({
              s: planes[0]!.s.map((_, i) => Math.hypot(...planes.map(({ s }) => s[i]!))),
              ...(method === "randomizedSvd" && { norm: Math.hypot(...planes.map((plane) => plane.norm)) }),
              title: "Singular values",
              scale: "log",
              marks: kept.rank > 0 && kept.energy > 0 ? [kept.energy - 1e-9] : [],
              width,
              height: 420,
            })
          }
        />
      </details>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="num">{value}</dd>
    </div>
  );
}

/** Bounds for the rank that is shown, once the reader rests on it. */
function useProof(done: Decomposed, rank: number): Proof | undefined {
  const [proof, setProof] = useState<Proof | undefined>(undefined);
  useLayoutEffect(() => {
    if (!isProvable(done)) return;
    const control = new AbortController();
    const rest = setTimeout(() => {
      prove(done, rank, { signal: control.signal }).then(setProof, () => {});
    }, 500);
    return () => {
      clearTimeout(rest);
      control.abort();
    };
  }, [done, rank]);
  return proof;
}

/** Saves the approximation, in the size and the channels of the picture. */
function Download({ id, done, rank }: { id: string; done: Decomposed; rank: number }): VNode {
  const [said, say] = useState("");
  const run = async (): Promise<void> => {
    const { signal } = new AbortController();
    try {
      say("Forming the picture …");
      const planes = await approximation(done, rank, "full", { signal });
      say("Writing the file …");
      const { data, shape } = samplesOf(planes, done.picture);
      const name = `${done.picture.name.replace(/\.[^.]*$/, "")}-rank-${rank}.png`;
      save(await pngOf({ name, data, shape }, signal), name);
      say(`Saved as ${name}.`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" id={`${id}-download`} onClick={() => void run()}>
        Download as PNG
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </>
  );
}

const rounded = (error: number): number => Number(error.toPrecision(3));
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, " ");
const inWords = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Per cents of a bound, never on its wrong side. */
const upward = (share: number): string => String(Math.ceil(share * 100 * 1e4 * (1 + 1e-14)) / 1e4);
const downward = (share: number): string => String(Math.floor(share * 100 * 1e4 * (1 - 1e-14)) / 1e4);
