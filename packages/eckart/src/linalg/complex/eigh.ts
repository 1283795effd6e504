// The Hermitian eigenproblem: S = Q·T·Qᴴ with T real (Householder), T = Z·diag(w)·Zᵀ by the real methods, V = Q·Z.
import { ConvergenceError } from "../../errors.ts";
import { stage, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { asComplexMatrix, type ComplexInput, ComplexMatrix } from "../../matrix/complex.ts";
import { type FloatArray, zeroVector } from "../../matrix/matrix.ts";
import { load, powerOfTwoScale, store } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { chooseEigh, EIGH_METHODS, type EighMethod } from "../eigh/choose.ts";
import { divideAndConquer, divideAndConquerScratch } from "../eigh/divideAndConquer.ts";
import type { EighInfo, EighOptions } from "../eigh/eigh.ts";
import { implicitQl, implicitQlScratch, type Outcome } from "../eigh/implicitQl.ts";
import { eigenvalues } from "../eigh/values.ts";
import { eighWork } from "../eigh/work.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { type Hermitian, hermitian } from "./hermitian.ts";
import { allocSplit, shifted, type Split } from "./panel.ts";
import { fixPhases } from "./phases.ts";
import { applyReflectors, reflectorScratch } from "./reflector.ts";
import { tridiagonalize, tridiagonalizeScratch } from "./tridiagonalize.ts";

/** S = V · diag(w) · Vᴴ for a Hermitian matrix. */
export interface ComplexEigh {
  /** The n eigenvalues, real, ascending. */
  readonly w: FloatArray;
  /** Eigenvectors, the columns: n × n, column j belongs to w[j]. */
  readonly V: ComplexMatrix;
  readonly info: EighInfo;
}

interface Answer {
  readonly w: FloatArray;
  readonly V: ComplexMatrix | null;
  readonly info: EighInfo;
}

/** `eigh` and `eigvalsh` of a Hermitian matrix. */
export function decomposeHermitian(where: string, input: ComplexInput, options: EighOptions, vectors: boolean): Answer {
  checkOptions(where, options, ["method", "uplo"]);
  const { method = "auto", uplo } = options;
  checkChoice(where, "method", method, ["auto", ...EIGH_METHODS]);
  checkChoice(where, "uplo", uplo, ["lower", "upper", undefined]);
  const S = hermitian(where, asComplexMatrix(where, input), uplo);
  const failed: Outcome[] = [];
  for (const attempt of chooseEigh(S.re.rows, vectors, vectors ? method : "ql")) {
    const answer = iterate(S, attempt, vectors, failed);
    if (answer) return answer;
  }
  const iterations = failed.reduce((sum, outcome) => sum + outcome.iterations, 0);
  throw new ConvergenceError(where, iterations, Math.min(...failed.map((outcome) => outcome.residual)));
}

/** The answer of one method; null where it did not converge, which is added to `failed`. */
function iterate(S: Hermitian, method: EighMethod, vectors: boolean, failed: Outcome[]): Answer | null {
  const n = S.re.rows;
  const ld = leadingDimension(n);
  const divide = method === "divide-and-conquer";
  const size = scratch(n, divide, vectors);
  return withWorkspace(S.re.dtype, size.elements, size.scalars, (ws) => {
    const { mem64 } = ws;
    const scale = powerOfTwoScale(S.largest);
    const d = ws.allocScalars(n);
    const e = ws.allocScalars(n);
    const { reduce, diagonalize, back } = eighWork(n, vectors, divide);
    const Q = stage("tridiagonalize", 4 * WAITING * reduce, diagonalize + 4 * back, () =>
      tridiagonalize(ws, n, loadLower(ws, S, scale), d, e),
    );
    const V = divide || vectors ? allocSplit(ws, ld, n) : { re: 0, im: 0, ld };
    const outcome = stage("diagonalize", diagonalize, 4 * back, () => {
      if (divide) return divideAndConquer(ws, n, d, e, V.re, ld);
      if (!vectors) return eigenvalues(ws, n, d, e);
      extendByIdentity(ws, n, n, V.re, ld);
      return implicitQl(ws, n, d, e, { V: V.re, ldv: ld, rows: n });
    });
    if (!outcome.converged) {
      failed.push(outcome);
      return null;
    }
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => mem64[d + i] - mem64[d + j] || i - j);
    const w = zeroVector(n, S.re.dtype);
    order.forEach((from, to) => (w[to] = mem64[d + from] / scale));
    if (vectors) {
      for (let j = 0; j < n; j++) ws.mem.fill(0, V.im + j * ld, V.im + j * ld + n);
      stage("back-transform", 4 * back, 0, () => applyReflectors(ws, Q, 0, n, shifted(V, 1)));
      fixPhases(ws, n, { ...V, rows: n }, null);
    }
    return {
      w,
      V: vectors ? sortedColumns(ws, V, order) : null,
      info: { method, backend: ws.backend, ...outcome, converged: true },
    };
  });
}

/** Elements of the dtype and f64 that `iterate` takes. */
function scratch(n: number, divide: boolean, vectors: boolean): { elements: number; scalars: number } {
  const solver = divide ? divideAndConquerScratch(n) : { elements: 0, scalars: implicitQlScratch(n) };
  const reduction = Math.max(tridiagonalizeScratch(n), reflectorScratch(n, n));
  return {
    elements: (divide || vectors ? 4 : 2) * matrixSize(n, n) + 2 * n + Math.max(reduction, solver.elements),
    scalars: 2 * n + solver.scalars,
  };
}

/** The lower triangle of S, and whatever above it, in linear memory. */
function loadLower(ws: Workspace, { re, im, sign, average }: Hermitian, scale: number): Split {
  const { mem } = ws;
  const n = re.rows;
  const A = allocSplit(ws, leadingDimension(n), n);
  load(ws, re, A.re, A.ld, scale);
  load(ws, im, A.im, A.ld, sign * scale);
  if (average) {
    for (let j = 0; j < n; j++) {
      for (let i = j + 1; i < n; i++) {
        const [at, mirrored] = [i + j * A.ld, j + i * A.ld];
        mem[A.re + at] = (mem[A.re + at] + mem[A.re + mirrored]) / 2;
        mem[A.im + at] = (mem[A.im + at] - mem[A.im + mirrored]) / 2;
      }
    }
  }
  return A;
}

/** The matrix whose column j is column order[j] of V, in memory of its own. */
function sortedColumns(ws: Workspace, V: Split, order: readonly number[]): ComplexMatrix {
  const n = order.length;
  const [re, im] = [V.re, V.im].map((part) => {
    const sorted = store(ws, part, V.ld, n, n);
    const row = sorted.data.slice(0, n);
    for (let i = 0; i < n; i++) {
      row.set(sorted.data.subarray(i * n, (i + 1) * n));
      order.forEach((from, to) => (sorted.data[i * n + to] = row[from]));
    }
    return sorted;
  });
  return ComplexMatrix.wrap(re, im);
}
