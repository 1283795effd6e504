import { ComplexMatrix, Matrix, reconstruct, truncate, type TruncateOptions } from "eckart";
import { toFloat, type NdArray } from "@eckart/formats";
import { percent, significant } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { channelNames, isPicture } from "../picture.ts";
import type { Options } from "../request.ts";
import { facts, table } from "../text.ts";
import { achieved, anyOperand, formula, heading, missedTolerance, operand, printed, proved } from "./parts.ts";

/** The best approximation of a rank, an energy or an error, with the error that it makes; of pictures by channels. */
export const lowrankCommand: Command = {
  reading: { channels: "all" },
  compute: (context) => (isPicture(anyOperand(context).array) ? pictureAnswer(context) : matrixAnswer(context)),
};

function matrixAnswer(context: Context): Answer {
  const { options } = context;
  const input = anyOperand(context);
  const { A } = input;
  const { F, cut, approximation } = A instanceof ComplexMatrix ? complexCut(A, options) : realCut(A, options);
  const { rank, energy, frobeniusError, spectralError, unique, info } = cut;
  const relativeError = achieved(context, A, F).backward;
  const parameters = storage(rank, A);
  const certain = options.certify ? proved(context, A, F) : undefined;
  return {
    arrays: { A: approximation, ...F },
    values: { rank, energy, parameters, unique },
    accuracy: { relativeError, frobeniusError, spectralError },
    certificate: certain?.certificate,
    info,
    report: [
      ...heading(input),
      ...printed(approximation, options),
      [],
      ...facts([
        ["rank", `${rank} of ${Math.min(A.rows, A.cols)}`],
        ["energy kept", percent(energy)],
        ["relative error", significant(relativeError), "‖A − Aᵣ‖ / ‖A‖, no matrix of this rank is closer"],
        ["spectral error", significant(spectralError), "‖A − Aᵣ‖₂, the first singular value left out"],
        [
          "numbers",
          String(parameters),
          formula(A, `in U, s and Vᵀ, ${share(parameters, A.rows * A.cols)} of ${A.rows * A.cols}`),
        ],
      ]),
      ...(certain ? [[], ...certain.report] : []),
    ],
    notes: unique ? [] : ["the first value left out equals the last one kept: other matrices are as close"],
    missed: missedTolerance(relativeError, options, "relative error") ?? certain?.missed,
  };
}

function realCut(A: Matrix, options: Options) {
  const cut = truncate(A, aim(options));
  const { U, s, Vt } = cut;
  return { cut, F: { U, s, Vt }, approximation: reconstruct(cut) };
}

function complexCut(A: ComplexMatrix, options: Options) {
  const cut = truncate(A, aim(options));
  const { U, s, Vh } = cut;
  return { cut, F: { U, s, Vh }, approximation: reconstruct(cut) };
}

/**
 * Each channel is a matrix and is cut off on its own, at the same rank, energy or error; transparency stays as it is.
 * What leaves the range of the levels is clamped when the picture is written.
 */
function pictureAnswer(context: Context): Answer {
  const { options } = context;
  const input = operand(context);
  if (options.certify) throw new UsageError("--certify is for a matrix", "leave it out, or convert one channel");
  const { shape, strides, dtype, columns: _, ...rest } = toFloat(input.array);
  const [rows = 0, cols = 0, count = 1] = shape;
  const data = new (rest.data.constructor as Float64ArrayConstructor)(rows * cols * count);
  const names = channelNames(input.array);
  const factors: Record<string, Matrix | Float64Array> = {};
  const channels = names.map((name, c) => {
    const A = Matrix.wrap(rest.data, [rows, cols], {
      offset: c * (strides[2] ?? 0),
      strides: [strides[0]!, strides[1]!],
    });
    const cut = name === "alpha" ? undefined : context.follow(`computing ${name}`, () => truncate(A, aim(options)));
    const R = cut ? reconstruct(cut) : A;
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[(i * cols + j) * count + c] = R.at(i, j);
    if (cut) Object.assign(factors, { [`U_${name}`]: cut.U, [`s_${name}`]: cut.s, [`Vt_${name}`]: cut.Vt });
    return { name, cut };
  });
  const cuts = channels.flatMap(({ name, cut }) => (cut ? [{ name, ...cut }] : []));
  const lost = Math.hypot(...cuts.map(({ frobeniusError }) => frobeniusError));
  const size = Math.hypot(...cuts.map(({ s, frobeniusError }) => Math.hypot(...s, frobeniusError)));
  const relativeError = size === 0 ? 0 : lost / size;
  const energy = 1 - relativeError ** 2;
  const whole = rows * cols * cuts.length;
  const parameters = cuts.reduce((sum, { rank }) => sum + storage(rank, { rows, cols }), 0);
  const ranks = cuts.map(({ rank }) => rank);
  const summary = `rank ${(new Set(ranks).size === 1 ? ranks.slice(0, 1) : ranks).join(", ")} of ${Math.min(rows, cols)}, energy kept ${percent(energy)}, relative error ${significant(relativeError, 3)}, ${parameters} numbers for ${whole} (${share(parameters, whole)})`;
  const A = {
    data,
    shape,
    strides: count === 1 ? [cols, 1] : [cols * count, count, 1],
    dtype,
    notes: [],
  } as unknown as NdArray;
  return {
    arrays: { A, ...factors },
    values: { rank: ranks.length === 1 ? ranks[0] : ranks, energy, parameters, share: parameters / whole },
    accuracy: { relativeError },
    info: cuts[0]!.info,
    white: input.array.dtype === "u16" ? 65535 : 255,
    report: [
      ...heading(input),
      ...table(
        ["channel", "rank", "energy kept", "relative error", "σ₁", "first left out"],
        cuts.map((cut) => [
          cut.name,
          String(cut.rank),
          percent(cut.energy),
          significant(cut.relativeError),
          significant(cut.s[0] ?? 0),
          significant(cut.spectralError),
        ]),
      ),
      [],
      ...facts([
        ["energy kept", percent(energy)],
        ["relative error", significant(relativeError), "‖A − Aᵣ‖ / ‖A‖ over all channels"],
        ["numbers", String(parameters), `r·(m + n + 1) a channel, ${share(parameters, whole)} of ${whole}`],
      ]),
    ],
    notes: [summary, ...(names.includes("alpha") ? ["transparency stays as it is"] : [])],
    missed: missedTolerance(relativeError, options, "relative error"),
  };
}

/** The numbers of U, s and Vt. */
function storage(rank: number, { rows, cols }: { rows: number; cols: number }): number {
  return rank * (rows + cols + 1);
}

function share(part: number, whole: number): string {
  return percent(whole === 0 ? 0 : part / whole, 1);
}

/** What to cut at. A bound on the error beside a rank only judges the result. */
function aim({ rank, energy, tol }: Options): TruncateOptions {
  if (rank !== undefined && energy !== undefined)
    throw new UsageError("--rank and --energy ask for different things", "give one of them");
  if (rank !== undefined) return { rank };
  if (energy !== undefined) return { energy };
  if (tol !== undefined) return { tolerance: tol };
  throw new UsageError("nothing says how much to keep", "give --rank 8, --energy 0.9 or --tol 0.05");
}
