import { Matrix, norm, svdPlan, type DType, type FloatArray } from "eckart";
import { crewFor, engineFor, stepInWords, type Engine, type Watch } from "../../engine/engine.ts";
import type { Picture } from "../../files/picture.ts";
import { meansOfColumns, meansOfRows } from "../../files/shrink.ts";

/** One channel as U·diag(s)·Vt and what that leaves out. */
export interface Plane {
  /** m × k. */
  readonly U: Matrix;
  readonly s: FloatArray;
  /** k × n. */
  readonly Vt: Matrix;
  /** ‖A‖_F. */
  readonly norm: number;
  /** ‖A − U·diag(s)·Vt‖_F: 0 where all values are there. */
  readonly rest: number;
  /** U and Vt as the screen shows them: means of their rows and columns. */
  readonly shown: { readonly U: Matrix; readonly Vt: Matrix };
}

/** A picture decomposed, as far as it was asked for. */
export interface Decomposed {
  readonly picture: Picture;
  readonly planes: readonly Plane[];
  readonly method: "svd" | "randomizedSvd";
  readonly dtype: DType;
  readonly ms: number;
}

/** How far a decomposition is. */
export interface Advance {
  readonly fraction: number;
  readonly step: string;
}

/** A whole decomposition of all channels may take so many flops, a few seconds in a page; larger pictures are searched. */
const WHOLE_FLOPS = 2e10;

/** Pictures of up to so many levels are computed in double precision, and certified without being asked. */
const PROVED_LEVELS = 2e5;

/** Ranks that are found of a picture that is too large to be decomposed as a whole, at first. */
export const FIRST_RANKS = 100;

/** Flops of the whole decomposition of a picture. */
const wholeFlops = ({ rows, cols, planes }: Picture): number =>
  planes.length * svdPlan(rows, cols, { dtype: "f32" }).flops;

/**
 * The singular value decompositions of the channels, of large ones in single precision: whole ones, or of the `ranks` largest values,
 * by random vectors, of a large picture. Small ones are computed at once, others in workers.
 */
export async function decompose(
  picture: Picture,
  ranks: number,
  signal: AbortSignal,
  tell: (advance: Advance) => void,
): Promise<Decomposed> {
  const since = performance.now();
  const { rows, cols } = picture;
  const flops = wholeFlops(picture);
  const method = flops <= WHOLE_FLOPS ? "svd" : "randomizedSvd";
  const dtype = rows * cols <= PROVED_LEVELS ? "f64" : "f32";
  const fractions = picture.planes.map(() => 0);
  const { rows: high, cols: wide } = picture.shown;
  const crew = await crewFor(flops, Math.min(picture.planes.length, Math.max(1, navigator.hardwareConcurrency - 1)));
  try {
    const planes = await Promise.all(
      picture.planes.map(async (data, c) => {
        const onProgress: Watch["onProgress"] = (progress) => {
          if (progress.stage !== "running") return;
          fractions[c] = progress.fraction;
          const done = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
          tell({ fraction: done, step: stepInWords(progress.step) });
        };
        const levels = Matrix.wrap(data, [rows, cols]);
        const A = dtype === "f64" ? Matrix.from(levels, { dtype }) : levels;
        const found = await triplets(crew.engine({ signal, onProgress }), A, method, ranks);
        return { ...found, shown: shownOf(found, high, wide) };
      }),
    );
    return { picture, planes, method, dtype, ms: performance.now() - since };
  } finally {
    crew.close();
  }
}

async function triplets(
  engine: Engine,
  A: Matrix,
  method: Decomposed["method"],
  ranks: number,
): Promise<Omit<Plane, "shown">> {
  if (method === "svd") {
    const { U, s, Vt } = await engine.svd(A);
    return { U, s, Vt, norm: norm(A), rest: 0 };
  }
  const { U, s, Vt, frobeniusError: rest, relativeError } = await engine.randomizedSvd(A, { rank: ranks });
  return { U, s, Vt, norm: relativeError > 0 ? rest / relativeError : norm(A), rest };
}

function shownOf({ U, s, Vt }: Omit<Plane, "shown">, high: number, wide: number): Plane["shown"] {
  const k = s.length;
  if (high === U.rows && wide === Vt.cols) return { U, Vt };
  return {
    U: Matrix.wrap(meansOfRows(U.data, U.rows, k, high), [high, k]),
    Vt: Matrix.wrap(meansOfColumns(Vt.data, k, Vt.cols, wide), [k, wide]),
  };
}

/** What a rank keeps of a picture, all channels together. */
export interface Kept {
  readonly rank: number;
  /** Σσ² kept over the sum of squares of all levels. */
  readonly energy: number;
  /** ‖A − A_r‖_F / ‖A‖_F. */
  readonly error: number;
  /** Numbers stored, r(m + n + 1) for each channel, and those of the picture. */
  readonly stored: number;
  readonly whole: number;
}

/** What each rank from 0 on keeps; errors are summed from the smallest values up, so that none cancels. */
export function keptByRank({ picture: { rows, cols }, planes }: Decomposed): Kept[] {
  const total = planes.reduce((sum, { norm: size }) => sum + size * size, 0);
  const ranks = planes[0]!.s.length;
  let left = planes.reduce((sum, { rest }) => sum + rest * rest, 0);
  const kept: Kept[] = [];
  for (let rank = ranks; rank >= 0; rank--) {
    const share = total === 0 ? 0 : Math.min(1, left / total);
    const stored = planes.length * rank * (rows + cols + 1);
    kept.unshift({ rank, energy: 1 - share, error: Math.sqrt(share), stored, whole: planes.length * rows * cols });
    if (rank > 0) left += planes.reduce((sum, { s }) => sum + s[rank - 1]! ** 2, 0);
  }
  return kept;
}

/** The approximation of that rank as the screen shows it, or in full size. */
export async function approximation(
  { planes, picture }: Decomposed,
  rank: number,
  size: "shown" | "full",
  watch: Watch,
): Promise<FloatArray[]> {
  const { rows, cols } = size === "shown" ? picture.shown : picture;
  const engine = await engineFor(2 * planes.length * rows * cols * rank, watch);
  return Promise.all(
    planes.map(async (plane) => {
      const { U, Vt } = size === "shown" ? plane.shown : plane;
      const part = { U: U.slice(0, U.rows, 0, rank), s: plane.s.slice(0, rank), Vt: Vt.slice(0, rank) };
      return (await engine.reconstruct(part)).data;
    }),
  );
}

/** Bounds of the relative error that are certain, in all channels together, and of what no picture of this rank can do better. */
export interface Proof {
  readonly rank: number;
  readonly atMost: number;
  readonly unavoidable: number;
}

/** Whether bounds of a rank can be proved soon. */
export const isProvable = ({ method, dtype }: Decomposed): boolean => method === "svd" && dtype === "f64";

/** Certifies the channels at that rank. */
export async function prove({ picture, planes }: Decomposed, rank: number, watch: Watch): Promise<Proof> {
  const { rows, cols } = picture;
  const engine = await engineFor(Infinity, watch);
  const bounds = await Promise.all(
    planes.map(async ({ U, s, Vt }, c) => {
      const part = { U: U.slice(0, rows, 0, rank), s: s.slice(0, rank), Vt: Vt.slice(0, rank) };
      return engine.certify(Matrix.wrap(picture.planes[c]!, [rows, cols]), part);
    }),
  );
  const total = Math.hypot(...planes.map((plane) => plane.norm));
  return {
    rank,
    atMost: Math.hypot(...bounds.map(({ residual }) => residual.frobenius)) / total,
    unavoidable: Math.hypot(...bounds.map(({ unavoidable }) => unavoidable.frobenius)) / total,
  };
}
