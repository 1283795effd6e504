import { checkChoice, checkOptions, checkSize } from "../../options.ts";
import type { DType } from "../../kernels/abi.ts";
import { chooseSvd, SVD_METHODS, type SvdMethod } from "./choose.ts";
import { fitsLanes } from "./lanes.ts";
import { problemScratch, type Want } from "./pipeline.ts";
import { svdWork } from "./work.ts";

/** Options of `svdPlan`. */
export interface SvdPlanOptions {
  /** "f64" (default) or "f32". */
  readonly dtype?: DType;
  /** As for `svd`. */
  readonly method?: SvdMethod | "auto";
  /** Whether vectors are asked for, thin (default) or full, or the values alone. */
  readonly vectors?: "none" | "thin" | "full";
}

/** What a decomposition would take. */
export interface SvdPlan {
  /** The method that would run first on a matrix without zeros. */
  readonly method: SvdMethod;
  /** Floating-point operations, to leading order. */
  readonly flops: number;
  /** Working memory in bytes, beside the input and the result. */
  readonly bytes: number;
}

/**
 * What `svd` or `svdvals` of an m × n matrix would do: the method, its work and its memory. Computes nothing.
 *
 * @throws OptionError  a size that is not a whole number ≥ 0, or an unknown option.
 * @example
 * svdPlan(2000, 1000).bytes; // about 80 MB
 */
export function svdPlan(m: number, n: number, options: SvdPlanOptions = {}): SvdPlan {
  checkOptions("svdPlan", options, ["dtype", "method", "vectors"]);
  const { dtype = "f64", method = "auto", vectors = "thin" } = options;
  checkSize("svdPlan", "m", m);
  checkSize("svdPlan", "n", n);
  checkChoice("svdPlan", "dtype", dtype, ["f64", "f32"]);
  checkChoice("svdPlan", "method", method, ["auto", ...SVD_METHODS]);
  checkChoice("svdPlan", "vectors", vectors, ["none", "thin", "full"]);
  const [rows, cols] = [Math.max(m, n), Math.min(m, n)];
  const inLanes = method === "auto" && cols > 0 && fitsLanes(rows, cols, dtype, vectors);
  const first = inLanes ? "jacobi" : chooseSvd(cols, false, method)[0];
  const { elements, scalars } = problemScratch(rows, cols, first, vectors);
  return {
    method: first,
    flops: flopsOf(rows, cols, first, vectors),
    bytes: elements * (dtype === "f64" ? 8 : 4) + scalars * 8,
  };
}

function flopsOf(m: number, n: number, method: SvdMethod, vectors: Want): number {
  if (method === "jacobi") return 4 * m * n * n + 7 * (vectors === "none" ? 2 : 4) * n ** 3;
  const { reduce, diagonalize, back } = svdWork(m, n, method, { none: 0, thin: n, full: m }[vectors]);
  return reduce + diagonalize + back;
}
