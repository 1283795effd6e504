// Divide and conquer for the singular values and vectors of an upper bidiagonal matrix.
//
// Maintained for a block of N rows and M = N + extra columns (extra is 0 or 1): B = U·[diag(d) 0]·Vᵀ, where U and V are
// diagonal blocks of the matrices under construction and the last column of V spans the null space when extra = 1.
// Row nl of a larger block, (α, β), ties two such blocks together:
//
//   B = diag(U₁, 1, U₂)·[z; diag(d)]·diag(V₁, V₂)ᵀ,   z = α·(last row of V₁) and β·(first row of V₂),
//
// and the matrix in the middle, "arrow" below, has the singular values σ of the secular equation 1 + Σ zᵢ²/(dᵢ² − σ²) = 0.
// Source: Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), here "GE"; deflation as in LAPACK Working Note 88.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { planeRotation } from "../../kernels/ref/bidiagonal.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { tuning } from "../tuning.ts";
import { diagonalize, golubKahanScratch, type Outcome, sortDescending } from "./golubKahan.ts";

/** The bidiagonal at the f64 offsets d and e, and what follows it. */
interface Bidiagonal {
  readonly d: number;
  readonly e: number;
  /** n × n, as V. */
  readonly U: number;
  readonly ldu: number;
  readonly V: number;
  readonly ldv: number;
}

/** Where the nonzero rows of a column lie: in the first block, in both, or in the second. */
const TOP = 0;
const BOTH = 1;
const BOTTOM = 2;

/** Entries of B below this part of the largest are zero. */
const FLUSH = 2 ** -450;

/**
 * Elements of the dtype and f64 that `divideAndConquer` takes: in the last merge the n² differences of the secular
 * equation and, by halves, the columns without their zeros. Each column that deflates takes n elements and gives n².
 */
export function divideAndConquerScratch(n: number): { elements: number; scalars: number } {
  const leaf = 4 * Math.max(2, tuning.divideLeaf);
  return {
    elements: leaf + 256 + (n / 2 + 64) * n,
    scalars: matrixSize(n, n) + 11 * n + golubKahanScratch(leaf) + 256,
  };
}

/**
 * The decomposition X·diag(s)·Yᵀ of the n × n upper bidiagonal with diagonal d and superdiagonal e (f64 offsets): s is
 * written over d, non-negative and descending, and X and Y where they belong (n × n each).
 *
 * Singular values have an error of a few ε·σ₁. Cost: at most 8/3·n³ flops in matrix products, less by deflation.
 */
export function divideAndConquer(
  ws: Workspace,
  n: number,
  d: number,
  e: number,
  vectors: { readonly U: number; readonly ldu: number; readonly V: number; readonly ldv: number },
): Outcome {
  const { mem64 } = ws;
  // What lies below the range of normal squares cannot count beside σ₁, and would only lose digits on the way.
  let largest = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(mem64[d + i]), i < n - 1 ? Math.abs(mem64[e + i]) : 0);
  }
  for (let i = 0; i < n; i++) {
    if (Math.abs(mem64[d + i]) < FLUSH * largest) mem64[d + i] = 0;
    if (i < n - 1 && Math.abs(mem64[e + i]) < FLUSH * largest) mem64[e + i] = 0;
  }
  const { U, ldu, V, ldv } = vectors;
  extendByIdentity(ws, n, n, U, ldu);
  extendByIdentity(ws, n, n, V, ldv);
  const outcome = solveBlock(ws, { d, e, ...vectors }, 0, n, 0);
  if (outcome.converged) sortDescending(ws, n, d, { U, ldu, rowsU: n, V, ldv, rowsV: n });
  return outcome;
}

/** The block of N rows from `first` on. */
function solveBlock(ws: Workspace, B: Bidiagonal, first: number, N: number, extra: 0 | 1): Outcome {
  if (N <= Math.max(2, tuning.divideLeaf)) return solveLeaf(ws, B, first, N, extra);
  const nl = N >> 1;
  const nr = N - nl - 1;
  const left = solveBlock(ws, B, first, nl, 1);
  if (!left.converged) return left;
  const right = solveBlock(ws, B, first + nl + 1, nr, extra);
  if (!right.converged) return right;
  const iterations = left.iterations + right.iterations + 1;
  const mark = ws.mark();
  const converged = mergeBlocks(ws, B, first, nl, nr, extra);
  ws.release(mark);
  return { converged, iterations, residual: converged ? 0 : 1 };
}

/** A small block by implicit QR, after rotations of columns have emptied the extra one. */
function solveLeaf(ws: Workspace, B: Bidiagonal, first: number, N: number, extra: 0 | 1): Outcome {
  const { k, mem64 } = ws;
  const d = B.d + first;
  const e = B.e + first;
  const V = B.V + first * (B.ldv + 1);
  const rows = N + extra;
  if (extra) {
    // Entry (i, N) moves upward, row by row.
    let f = mem64[e + N - 1];
    for (let i = N - 1; i >= 0; i--) {
      const [c, s, r] = planeRotation(mem64[d + i], f);
      mem64[d + i] = r;
      if (i > 0) {
        f = -s * mem64[e + i - 1];
        mem64[e + i - 1] *= c;
      }
      k.rot(rows, V + i * B.ldv, 1, V + N * B.ldv, 1, c, s);
    }
  }
  const U = B.U + first * (B.ldu + 1);
  return diagonalize(ws, N, d, e, { U, ldu: B.ldu, rowsU: N, V, ldv: B.ldv, rowsV: rows });
}

/** Two solved blocks of nl and nr rows, and the row between them, become one. False when a root was not found. */
function mergeBlocks(ws: Workspace, B: Bidiagonal, first: number, nl: number, nr: number, extra: 0 | 1): boolean {
  const { k, k64, mem, mem64 } = ws;
  const { ldv } = B;
  const N = nl + nr + 1;
  const d = B.d + first;
  const V = B.V + first * (ldv + 1);
  const rows = N + extra;
  let alpha = mem64[d + nl];
  let beta = mem64[B.e + first + nl];

  let largest = Math.max(Math.abs(alpha), Math.abs(beta));
  for (let i = 0; i < N; i++) largest = Math.max(largest, Math.abs(mem64[d + i]));
  const scale = powerOfTwoScale(largest);
  alpha *= scale;
  beta *= scale;
  for (let i = 0; i < N; i++) mem64[d + i] *= scale;
  const tol = ws.eps * largest * scale;

  // The arrow: column nl is the spike, with d = 0; column i of it stands for columns i of U and V.
  const z = ws.allocScalars(N + 1);
  for (let i = 0; i <= nl; i++) mem64[z + i] = alpha * mem[V + nl + i * ldv];
  for (let i = nl + 1; i < N + extra; i++) mem64[z + i] = beta * mem[V + nl + 1 + i * ldv];
  if (largest === 0) return true;
  if (extra) {
    // Both blocks have a null vector: one combination of the two meets z, the other is the null vector of the result.
    const [c, s, r] = planeRotation(mem64[z + nl], mem64[z + N]);
    mem64[z + nl] = r;
    k.rot(rows, V + nl * ldv, 1, V + N * ldv, 1, c, s);
  }
  if (Math.abs(mem64[z + nl]) <= tol) mem64[z + nl] = mem64[z + nl] < 0 ? -tol : tol;
  mem64[d + nl] = 0;

  const U = B.U + first * (B.ldu + 1);
  const { kept, deflated, kind } = deflate(ws, d, N, nl, z, tol, (i, j, c, s) => {
    k.rot(N, U + i * B.ldu, 1, U + j * B.ldu, 1, c, s);
    k.rot(rows, V + i * ldv, 1, V + j * ldv, 1, c, s);
  });
  const K = kept.length;

  // Poles and weights of the secular equation, ascending; the smallest pole beside the spike's is kept off zero.
  const poles = ws.allocScalars(K);
  const weights = ws.allocScalars(K);
  const zhat = ws.allocScalars(K);
  const roots = ws.allocScalars(3 * K);
  const ldDelta = leadingDimension(K);
  const Delta = ws.allocScalars(ldDelta * K);
  let norm2 = 0;
  for (let at = 0; at < K; at++) norm2 += mem64[z + kept[at]] ** 2;
  const norm = Math.sqrt(norm2);
  for (let at = 0; at < K; at++) {
    mem64[poles + at] = mem64[d + kept[at]];
    mem64[weights + at] = mem64[z + kept[at]] / norm;
  }
  if (K > 1) mem64[poles + 1] = Math.max(mem64[poles + 1], tol / 2);
  if (k64.secularRoots(K, poles, weights, norm2, 1, Delta, ldDelta, roots) !== 0) return false;
  k64.secularWeights(K, poles, weights, Delta, ldDelta, 1, zhat);
  turnVectors(ws, U, B.ldu, V, ldv, nl, N, rows, { kept, deflated, kind, poles, zhat, Delta, ldDelta });

  // The values in the order of their columns; z has served.
  for (let j = 0; j < K; j++) mem64[z + j] = mem64[roots + 3 * j];
  for (let j = K; j < N; j++) mem64[z + j] = mem64[d + deflated[j - K]];
  for (let j = 0; j < N; j++) mem64[d + j] = mem64[z + j] / scale;
  return true;
}

/** What `deflate` makes of the columns of an arrow. */
interface Deflation {
  /** The columns that are left, by their poles ascending. */
  readonly kept: readonly number[];
  readonly deflated: readonly number[];
  /** Of every column, where the nonzero rows lie. */
  readonly kind: readonly number[];
}

/** A solved arrow: its columns, and what gives its vectors. */
interface Arrow extends Deflation {
  /** dᵢ, ẑᵢ and, by columns, dᵢ² − σⱼ². */
  readonly poles: number;
  readonly zhat: number;
  readonly Delta: number;
  readonly ldDelta: number;
}

/** The columns of U and V times the vectors of the arrow, the deflated ones behind them. */
function turnVectors(
  ws: Workspace,
  U: number,
  ldu: number,
  V: number,
  ldv: number,
  nl: number,
  N: number,
  M: number,
  arrow: Arrow,
): void {
  const { k, mem, mem64 } = ws;
  const { kept, deflated, kind, poles, zhat, Delta, ldDelta } = arrow;
  const K = kept.length;
  // Columns in groups, so that each half of U and V is one product without its zeros: top, both (the spike), bottom.
  const sizes = [0, 0, 0];
  for (const i of kept) sizes[kind[i]]++;
  const [tops, boths, bottoms] = sizes as [number, number, number];
  const next = [0, tops, tops + boths];
  const rowOf = ws.allocScalars(K);
  for (let j = 0; j < K; j++) mem64[rowOf + j] = next[kind[kept[j]]]++;
  const inverses = ws.allocScalars(K);
  // The vectors come where the differences were.
  const Q = ws.inElements(Delta);

  /** A ← A·diag(Q, I): `above` rows of A lie in the first block, those from `below` on in the second. */
  const turn = (A: number, lda: number, rows: number, above: number, below: number): void => {
    const mark = ws.mark();
    const [topColumns, bottomColumns] = [tops + boths, boths + bottoms];
    const ldTop = leadingDimension(above);
    const ldBottom = leadingDimension(rows - below);
    const top = ws.alloc(ldTop * topColumns);
    const bottom = ws.alloc(ldBottom * bottomColumns);
    const rest = ws.alloc(rows * deflated.length);
    for (let j = 0; j < K; j++) {
      const column = A + kept[j] * lda;
      const at = mem64[rowOf + j];
      if (at < topColumns) mem.copyWithin(top + at * ldTop, column, column + above);
      if (at >= tops) mem.copyWithin(bottom + (at - tops) * ldBottom, column + below, column + rows);
    }
    for (let at = 0; at < N - K; at++) {
      const column = A + deflated[at] * lda;
      mem.copyWithin(rest + at * rows, column, column + rows);
    }
    k.gemm(0, 0, above, K, topColumns, 1, top, ldTop, Q, ldDelta, 0, A, lda);
    advance(N ** 3 / 2);
    k.gemm(0, 0, rows - below, K, bottomColumns, 1, bottom, ldBottom, Q + tops, ldDelta, 0, A + below, lda);
    advance(N ** 3 / 2);
    for (let at = 0; at < N - K; at++) {
      mem.copyWithin(A + (K + at) * lda, rest + at * rows, rest + (at + 1) * rows);
    }
    ws.release(mark);
  };

  // GE (3.4): right vectors ẑᵢ/(dᵢ² − σ²).
  k.secularVectors(K, 0, zhat, Delta, ldDelta, rowOf, inverses);
  turn(V, ldv, M, nl + 1, nl + 1);

  // GE (3.3): left vectors (−1, dᵢẑᵢ/(dᵢ² − σ²)); their spike component is the row between the blocks.
  k.secularVectors(K, 1, poles, Delta, ldDelta, rowOf, inverses);
  // Column nl of U is still the unit vector of that row: its product with Q is row `spike` of Q.
  turn(U, ldu, N, nl, nl + 1);
  const spike = mem64[rowOf]; // the first of its columns
  for (let j = 0; j < N; j++) mem[U + nl + j * ldu] = j < K ? mem[Q + spike + j * ldDelta] : 0;
}

/**
 * Sorts the columns of the arrow by d and takes out those whose singular value is known already: zᵢ negligible, or two
 * equal dᵢ, of which a rotation of columns i and j empties zᵢ (GE §4.1). The spike is kept, first.
 */
function deflate(
  ws: Workspace,
  d: number,
  N: number,
  spike: number,
  z: number,
  tol: number,
  rotate: (i: number, j: number, c: number, s: number) => void,
): Deflation {
  const { mem64 } = ws;
  const kind: number[] = [];
  // By insertion: the columns of either block are nearly in order, and the poles of the second go between the first's.
  const order: number[] = [];
  for (let i = 0; i < N; i++) {
    kind.push(i < spike ? TOP : i === spike ? BOTH : BOTTOM);
    if (i === spike) continue;
    let at = order.push(i) - 1;
    for (; at > 0 && mem64[d + order[at - 1]] > mem64[d + i]; at--) order[at] = order[at - 1];
    order[at] = i;
  }
  const kept = [spike];
  const deflated: number[] = [];
  let before = -1;
  for (const i of order) {
    const zi = mem64[z + i];
    if (Math.abs(zi) <= tol) {
      deflated.push(i);
      continue;
    }
    if (before >= 0 && mem64[d + i] - mem64[d + before] <= tol) {
      const r = Math.hypot(mem64[z + before], zi);
      rotate(before, i, zi / r, -mem64[z + before] / r);
      mem64[z + i] = r;
      mem64[z + before] = 0;
      if (kind[i] !== kind[before]) kind[i] = BOTH;
      deflated.push(before);
    } else if (before >= 0) kept.push(before);
    before = i;
  }
  if (before >= 0) kept.push(before);
  return { kept, deflated, kind };
}
