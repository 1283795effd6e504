import { listNpz, FormatError, formatOfName } from "@eckart/formats";
import { openFile } from "@eckart/formats/node";
import type { EigenFactors, Matrix, SvdFactors } from "eckart";
import type { Answer, Command, Source } from "../answer.ts";
import { UsageError } from "../exit.ts";
import type { Operand } from "../input.ts";
import { heading, proved } from "./parts.ts";

/** Proves how good factors from a file are, whoever computed them. */
export const certifyCommand: Command = {
  sources: factorsOf,
  compute(context): Answer {
    const [input, ...read] = context.operands as [Operand, ...Operand[]];
    const { certificate, report, missed } = proved(context, input.A, factors(read));
    const { lower, upper, accepted } = certificate as { lower: number[]; upper: number[]; accepted: boolean };
    return {
      arrays: { lower: Float64Array.from(lower), upper: Float64Array.from(upper) },
      values: { accepted },
      certificate,
      report: [...heading(input), ...report],
      missed,
    };
  },
};

/** What the arrays of factors may be called: U, s and Vt, or w and V. */
const NAMES: readonly (readonly (readonly string[])[])[] = [
  [
    ["s", "S"],
    ["U", "u"],
    ["Vt", "Vh", "VT", "vt", "vh"],
  ],
  [["w"], ["V", "v"]],
];

/** A, and the arrays of the archive that make a decomposition. */
async function factorsOf([word = "", archive = ""]: readonly string[]): Promise<readonly Source[]> {
  if (formatOfName(archive) !== "npz")
    throw new UsageError(`${archive}: expected the factors in an npz`, "eckart svd A.npy -o factors.npz writes one");
  const file = await openFile(archive);
  try {
    const names = (await listNpz(file, { name: archive })).map(({ name }) => name);
    const chosen = NAMES.map((parts) => parts.map((known) => known.find((name) => names.includes(name))));
    const complete = chosen.find((parts) => !parts.includes(undefined));
    if (!complete)
      throw new FormatError("npz", { file: archive }, `expected U, s and Vt, or w and V, got ${names.join(", ")}`);
    return [{ word }, ...complete.map((variable) => ({ word: archive, variable }))];
  } finally {
    await file.close();
  }
}

/** The factors as the engine takes them; npz keeps what it was given, so s and w are columns here. */
function factors(read: readonly Operand[]): SvdFactors | EigenFactors {
  const [values, left, right] = read.map((operand) => operand.A) as [Matrix, Matrix, Matrix?];
  return right ? { U: left, s: values.col(0), Vt: right } : { w: values.col(0), V: left };
}
