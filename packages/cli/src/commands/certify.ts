import { listNpz, FormatError, formatOfName } from "@eckart/formats";
import { openFile } from "@eckart/formats/node";
import {
  ComplexMatrix,
  ComplexVector,
  isSymmetric,
  Matrix,
  type ComplexSvdFactors,
  type EigenFactors,
  type SvdFactors,
} from "eckart";
import type { Answer, Command, Source } from "../answer.ts";
import { UsageError } from "../exit.ts";
import type { Operand } from "../input.ts";
import { type EigPairs, heading, proved, provedEig } from "./parts.ts";

/** Proves how good factors from a file are, whoever computed them. */
export const certifyCommand: Command = {
  sources: factorsOf,
  compute(context): Answer {
    const [input, ...read] = context.operands as [Operand, ...Operand[]];
    const { A } = input;
    const F = factors(A, read);
    const { certificate, report, missed } = isEig(F) ? provedEig(context, A, F) : proved(context, A, F);
    const { accepted, ...bounds } = certificate as { accepted: boolean } & Record<string, readonly number[]>;
    const names = isEig(F) ? ["radii", "backward"] : ["lower", "upper"];
    return {
      arrays: Object.fromEntries(names.map((name) => [name, Float64Array.from(bounds[name]!)])),
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

/**
 * The factors as the engine takes them; npz keeps what it was given, so s and w are columns here. Real eigenvalues of a
 * matrix that is not symmetric are those of `eig`.
 */
function factors(A: Matrix | ComplexMatrix, read: readonly Operand[]): Factors | EigPairs {
  const [values, left, right] = read.map((operand) => operand.A) as [Both, Both, Both?];
  const isGeneral = values instanceof ComplexMatrix || (A instanceof Matrix && !right && !isSymmetric(A));
  if (!right && isGeneral) {
    return { w: ComplexMatrix.from(values).col(0), V: left };
  }
  if (values instanceof ComplexMatrix) throw new UsageError("s is complex", "singular values are real");
  const s = values.col(0);
  if (!right) return { w: s, V: left };
  return left instanceof Matrix && right instanceof Matrix ? { U: left, s, Vt: right } : { U: left, s, Vh: right };
}

type Factors = SvdFactors | ComplexSvdFactors | EigenFactors;

const isEig = (F: Factors | EigPairs): F is EigPairs => "w" in F && F.w instanceof ComplexVector;

type Both = Matrix | ComplexMatrix;
