// Divide and conquer for the eigenvalues and eigenvectors of a symmetric tridiagonal matrix.
//
// Maintained for a block: T = Q·diag(d)·Qᵀ, Q being a diagonal block of the matrix under construction. The entry ρ that
// ties two such blocks is torn out as a rank-one matrix,
//
//   T = diag(T₁, T₂) + |ρ|·u·uᵀ = Q·(diag(d) + |ρ|·z·zᵀ)·Qᵀ,   z = (last row of Q₁, ± first row of Q₂),
//
// and the matrix in brackets has the eigenvalues of the secular equation 1/ρ + Σ zᵢ²/(dᵢ − λ) = 0.
// Source: Cuppen, Numer. Math. 36 (1981); Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), here "GE"; deflation and
// the grouping of columns as in Rutter, LAPACK Working Note 69.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { tuning } from "../tuning.ts";
import { implicitQl, implicitQlScratch, type Outcome } from "./implicitQl.ts";

/** T at the f64 offsets d and e, and the matrix that receives the vectors. */
interface Tridiagonal {
  readonly d: number;
  readonly e: number;
  readonly Q: number;
  readonly ldq: number;
}

/** Where the nonzero rows of a column of Q lie: in the first block, in both, or in the second. */
const TOP = 0;
const BOTH = 1;
const BOTTOM = 2;

const leafSize = (): number => Math.max(1, tuning.divideLeaf);

/**
 * Elements of the dtype and f64 that `divideAndConquer` takes: the last merge holds the halves of Q without their zeros
 * (one column more for each that deflates), what deflated, and the vectors of the secular equation.
 */
export function divideAndConquerScratch(n: number): { readonly elements: number; readonly scalars: number } {
  const leaf = implicitQlScratch(Math.min(n, leafSize()));
  return {
    elements: (n / 2 + 64) * n,
    scalars: leaf + matrixSize(n, n) + 8 * n,
  };
}

/**
 * The decomposition Q·diag(w)·Qᵀ of the n × n symmetric tridiagonal with diagonal d and e beside it (f64 offsets): w is
 * written over d, in no order, Q where it says (n × n, contents on entry ignored); e is destroyed.
 *
 * Entries are expected near 1 in magnitude. Eigenvalues have an error of a few ε‖T‖. Cost: at most 4/3·n³ flops in
 * matrix products, less by deflation.
 */
export function divideAndConquer(ws: Workspace, n: number, d: number, e: number, Q: number, ldq: number): Outcome {
  extendByIdentity(ws, n, n, Q, ldq);
  return solveBlock(ws, { d, e, Q, ldq }, 0, n);
}

/** The n × n block from `first` on. */
function solveBlock(ws: Workspace, T: Tridiagonal, first: number, n: number): Outcome {
  const { mem64 } = ws;
  if (n <= leafSize()) {
    const follow = { V: T.Q + first * (T.ldq + 1), ldv: T.ldq, rows: n };
    return implicitQl(ws, n, T.d + first, T.e + first, follow);
  }
  const n1 = n >> 1;
  const rho = mem64[T.e + first + n1 - 1];
  mem64[T.d + first + n1 - 1] -= Math.abs(rho);
  mem64[T.d + first + n1] -= Math.abs(rho);
  const top = solveBlock(ws, T, first, n1);
  if (!top.converged) return top;
  const bottom = solveBlock(ws, T, first + n1, n - n1);
  if (!bottom.converged) return bottom;
  const mark = ws.mark();
  const converged = mergeBlocks(ws, T, first, n1, n, rho);
  ws.release(mark);
  return { converged, iterations: top.iterations + bottom.iterations + 1, residual: converged ? 0 : 1 };
}

/** Two solved blocks, n1 × n1 and the rest of n × n, become one. False when a root was not found. */
function mergeBlocks(ws: Workspace, T: Tridiagonal, first: number, n1: number, n: number, rho: number): boolean {
  const { k, mem, mem64 } = ws;
  const { ldq } = T;
  const n2 = n - n1;
  const d = T.d + first;
  const Q = T.Q + first * (ldq + 1);

  // z has two rows of orthogonal matrices: halved, its norm is one.
  const z = new Float64Array(n);
  const sign = rho < 0 ? -1 : 1;
  for (let j = 0; j < n1; j++) z[j] = mem[Q + n1 - 1 + j * ldq] * Math.SQRT1_2;
  for (let j = n1; j < n; j++) z[j] = sign * mem[Q + n1 + j * ldq] * Math.SQRT1_2;
  const weight = 2 * Math.abs(rho);

  const kind = new Uint8Array(n).fill(BOTTOM, n1);
  const { kept, deflated } = deflate(ws, d, Q, ldq, n, z, weight, kind);
  const K = kept.length;
  if (K === 0) return true;
  const values = deflated.map((i) => mem64[d + i]);

  // Columns in groups, so that each half of Q is one product without its zeros: top, both, bottom.
  const sizes = [0, 0, 0];
  for (const i of kept) sizes[kind[i]]++;
  const [tops, boths, bottoms] = sizes as [number, number, number];
  const next = [0, tops, tops + boths];
  const [ldTop, ldBottom, ldRest] = [n1, n2, n].map(leadingDimension) as [number, number, number];
  const top = ws.alloc(ldTop * (tops + boths));
  const bottom = ws.alloc(ldBottom * (boths + bottoms));
  const rest = ws.alloc(ldRest * deflated.length);
  const [poles, weights, rows] = Array.from({ length: 3 }, () => ws.allocScalars(K)) as [number, number, number];
  for (let j = 0; j < K; j++) {
    const i = kept[j];
    const row = next[kind[i]]++;
    mem64[poles + j] = mem64[d + i];
    mem64[weights + j] = z[i];
    mem64[rows + j] = row;
    const column = Q + i * ldq;
    if (kind[i] !== BOTTOM) mem.copyWithin(top + row * ldTop, column, column + n1);
    if (kind[i] !== TOP) mem.copyWithin(bottom + (row - tops) * ldBottom, column + n1, column + n);
  }
  deflated.forEach((i, at) => mem.copyWithin(rest + at * ldRest, Q + i * ldq, Q + i * ldq + n));

  const lds = leadingDimension(K);
  const vectors = solveSecular(ws, K, poles, weights, weight, d, rows, lds);
  if (vectors === null) return false;
  const S = ws.inElements(vectors);

  k.gemm(0, 0, n1, K, tops + boths, 1, top, ldTop, S, lds, 0, Q, ldq);
  advance(n ** 3 / 2);
  k.gemm(0, 0, n2, K, boths + bottoms, 1, bottom, ldBottom, S + tops, lds, 0, Q + n1, ldq);
  advance(n ** 3 / 2);
  deflated.forEach((_, at) => {
    mem64[d + K + at] = values[at];
    mem.copyWithin(Q + (K + at) * ldq, rest + at * ldRest, rest + at * ldRest + n);
  });
  return true;
}

/**
 * The K eigenvalues of diag(poles) + ρ·z·zᵀ, poles ascending, written to d, and where their vectors are, columns of scalars:
 * component i in the row that element i of `rows` names. Null when a root was not found.
 * GE §3: vectors ẑᵢ/(dᵢ − λ) of the weights ẑ for which the computed λ are exact are orthogonal however close the λ are.
 */
function solveSecular(
  ws: Workspace,
  K: number,
  poles: number,
  z: number,
  rho: number,
  d: number,
  rows: number,
  ldx: number,
): number | null {
  const { k64, mem64 } = ws;
  const zhat = ws.allocScalars(K);
  const inverses = ws.allocScalars(K);
  const roots = ws.allocScalars(3 * K);
  const X = ws.allocScalars(ldx * K);
  if (k64.secularRoots(K, poles, z, rho, 0, X, ldx, roots) !== 0) return null;
  for (let j = 0; j < K; j++) mem64[d + j] = mem64[roots + 3 * j];
  k64.secularWeights(K, poles, z, X, ldx, 0, zhat);
  ws.k.secularVectors(K, 0, zhat, X, ldx, rows, inverses);
  return X;
}

/**
 * Splits the columns into those that the secular equation needs, d ascending, and those whose eigenvalue is known
 * already: zᵢ negligible, or two dᵢ so close that a rotation which empties one z leaves a negligible entry (GE §4).
 */
function deflate(
  ws: Workspace,
  d: number,
  Q: number,
  ldq: number,
  n: number,
  z: Float64Array,
  rho: number,
  kind: Uint8Array,
): { readonly kept: number[]; readonly deflated: number[] } {
  const { k, mem64 } = ws;
  const order: number[] = [];
  let largest = 0;
  for (let i = 0; i < n; i++) {
    order.push(i);
    largest = Math.max(largest, Math.abs(mem64[d + i]), Math.abs(z[i]));
  }
  order.sort((i, j) => mem64[d + i] - mem64[d + j] || i - j);
  const tol = 4 * ws.eps * largest;

  const kept: number[] = [];
  const deflated: number[] = [];
  let before = -1;
  for (const i of order) {
    if (rho * Math.abs(z[i]) <= tol) {
      deflated.push(i);
      continue;
    }
    if (before >= 0) {
      const length = Math.sqrt(z[before] ** 2 + z[i] ** 2);
      const c = z[i] / length;
      const s = -z[before] / length;
      const [lower, upper] = [mem64[d + before], mem64[d + i]];
      if (Math.abs((upper - lower) * c * s) <= tol) {
        z[i] = length;
        z[before] = 0;
        k.rot(n, Q + before * ldq, 1, Q + i * ldq, 1, c, s);
        mem64[d + before] = lower * c * c + upper * s * s;
        mem64[d + i] = lower * s * s + upper * c * c;
        if (kind[i] !== kind[before]) kind[i] = kind[before] = BOTH;
        deflated.push(before);
      } else kept.push(before);
    }
    before = i;
  }
  if (before >= 0) kept.push(before);
  return { kept, deflated };
}
