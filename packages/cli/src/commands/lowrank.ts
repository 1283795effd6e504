import { accuracy, reconstruct, truncate, type TruncateOptions } from "eckart";
import { percent, significant } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { UsageError } from "../exit.ts";
import type { Options } from "../request.ts";
import { facts } from "../text.ts";
import { heading, missedTolerance, operand, printed } from "./parts.ts";

/** The best approximation of a rank, an energy or an error, with the error that it makes. */
export const lowrankCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const input = operand(context);
    const { A } = input;
    const { U, s, Vt, rank, energy, frobeniusError, spectralError, unique, info } = truncate(A, aim(options));
    const approximation = reconstruct({ U, s, Vt });
    const relativeError = accuracy(A, { U, s, Vt }).backward;
    const parameters = rank * (A.rows + A.cols);
    const share = A.rows * A.cols === 0 ? 0 : parameters / (A.rows * A.cols);
    return {
      arrays: { A: approximation, U, s, Vt },
      values: { rank, energy, parameters, unique },
      accuracy: { relativeError, frobeniusError, spectralError },
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
          ["numbers", String(parameters), `in two factors, ${percent(share, 1)} of ${A.rows * A.cols}`],
        ]),
      ],
      notes: unique ? [] : ["the first value left out equals the last one kept: other matrices are as close"],
      missed: missedTolerance(relativeError, options, "relative error"),
    };
  },
};

/** What to cut at. A bound on the error beside a rank only judges the result. */
function aim({ rank, energy, tol }: Options): TruncateOptions {
  if (rank !== undefined && energy !== undefined)
    throw new UsageError("--rank and --energy ask for different things", "give one of them");
  if (rank !== undefined) return { rank };
  if (energy !== undefined) return { energy };
  if (tol !== undefined) return { tolerance: tol };
  throw new UsageError("nothing says how much to keep", "give --rank 8, --energy 0.9 or --tol 0.05");
}
