// Eigenvectors of a real quasi-triangular matrix T by substitution.
//
//   right: (T − λI)·x = 0, from row e upward;   left: (Tᵀ − λI)·ū = 0 with u = conj(y), from row e downward;
//
// where λ stands at row e, a complex pair at rows e and e + 1. A pivot that vanishes, which a multiple eigenvalue brings,
// is replaced by ε|λ|, and a vector that grows beyond bounds is scaled down, so that nothing overflows: a defective
// matrix gives, to rounding, the same vector again.
// Source: Golub & Van Loan, Matrix Computations, 4th ed., §7.6.4.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, type Workspace } from "../../kernels/workspace.ts";
import { tuning } from "../tuning.ts";

/** A matrix in real Schur form at T, with its eigenvalues by row. */
export interface SchurForm {
  readonly n: number;
  readonly T: number;
  readonly ldt: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A vector in linear memory: its real part at `re` and, for a complex one, its imaginary part at `im`. */
interface Place {
  readonly re: number;
  readonly im: number;
}

/** The unknowns of one diagonal block, [re₀, im₀, re₁, im₁]: right-hand sides first, then the solution. */
type Unknowns = Float64Array;

/** Entries of a vector stay below it: n·BOUND neither overflows nor leaves the small entries nothing. */
const bound = (ws: Workspace): number => (ws.dtype === "f64" ? 2 ** 500 : 2 ** 60);

/** The order of the diagonal block that begins at row j. */
const blockOrder = ({ im }: SchurForm, j: number): 1 | 2 => (im[j] > 0 ? 2 : 1);

/** The right eigenvector of the eigenvalue at row e, largest magnitude 1, in n elements at each part of `to`. */
export function rightVector(ws: Workspace, F: SchurForm, e: number, to: Place): void {
  const { k, mem } = ws;
  const { n, T, ldt, re, im } = F;
  const column = T + e * ldt;
  const complex = im[e] !== 0;
  const parts = complex ? [to.re, to.im] : [to.re];
  for (const part of parts) mem.fill(0, part, part + n);
  const beyond = complex ? e + 2 : e + 1;
  if (complex) {
    const [b, c] = [mem[column + ldt + e], mem[column + e + 1]];
    // −iω·x₀ + b·x₁ = 0 and c·x₀ − iω·x₁ = 0
    const wide = Math.abs(b) >= Math.abs(c);
    mem[to.re + e] = wide ? 1 : -im[e] / c;
    mem[to.im + e + 1] = wide ? im[e] / b : 1;
    k.axpy(e, -mem[to.re + e], column, 1, to.re, 1);
    k.axpy(e, -mem[to.im + e + 1], column + ldt, 1, to.im, 1);
  } else {
    mem[to.re + e] = 1;
    k.axpy(e, -1, column, 1, to.re, 1);
  }
  const x: Unknowns = new Float64Array(4);
  for (let j = e - 1; j >= 0; j--) {
    const order = j > 0 && im[j] < 0 ? 2 : 1;
    j -= order - 1;
    for (let r = 0; r < order; r++) {
      x[2 * r] = mem[to.re + j + r];
      x[2 * r + 1] = complex ? mem[to.im + j + r] : 0;
    }
    const factor = solveBlock(ws, F, j, order, false, re[e], im[e], x);
    if (factor !== 1) for (const part of parts) k.scal(beyond, factor, part, 1);
    for (let r = 0; r < order; r++) {
      for (let p = 0; p < parts.length; p++) {
        mem[parts[p] + j + r] = x[2 * r + p];
        k.axpy(j, -x[2 * r + p], T + (j + r) * ldt, 1, parts[p], 1);
      }
    }
  }
  toUnit(ws, n, parts);
}

/** The left eigenvector of the eigenvalue at row e, yᴴT = λyᴴ, largest magnitude 1, as `rightVector` writes it. */
export function leftVector(ws: Workspace, F: SchurForm, e: number, to: Place): void {
  const { k, mem } = ws;
  const { n, T, ldt, re, im } = F;
  const column = T + e * ldt;
  const complex = im[e] !== 0;
  const parts = complex ? [to.re, to.im] : [to.re];
  for (const part of parts) mem.fill(0, part, part + n);
  if (complex) {
    const [b, c] = [mem[column + ldt + e], mem[column + e + 1]];
    // −iω·u₀ + c·u₁ = 0 and b·u₀ − iω·u₁ = 0
    const wide = Math.abs(b) >= Math.abs(c);
    mem[to.im + e] = wide ? im[e] / b : 1;
    mem[to.re + e + 1] = wide ? 1 : -im[e] / c;
  } else mem[to.re + e] = 1;
  const x: Unknowns = new Float64Array(4);
  for (let j = complex ? e + 2 : e + 1, order: number; j < n; j += order) {
    order = blockOrder(F, j);
    x.fill(0);
    for (let r = 0; r < order; r++) {
      for (let p = 0; p < parts.length; p++) {
        x[2 * r + p] = -k.dot(j - e, T + e + (j + r) * ldt, 1, parts[p] + e, 1);
      }
    }
    const factor = solveBlock(ws, F, j, order, true, re[e], im[e], x);
    if (factor !== 1) for (const part of parts) k.scal(j - e, factor, part + e, 1);
    for (let r = 0; r < order; r++) for (let p = 0; p < parts.length; p++) mem[parts[p] + j + r] = x[2 * r + p];
  }
  if (complex) k.scal(n, -1, to.im, 1);
  toUnit(ws, n, parts);
}

/**
 * Solves (B − λI)·x = f·rhs in place, B the diagonal block of T at row j or its transpose; returns f ≤ 1, by which the
 * rest of the vector must be multiplied as well. Gaussian elimination with pivoting by rows, in complex numbers.
 */
function solveBlock(
  ws: Workspace,
  { T, ldt }: SchurForm,
  j: number,
  order: number,
  transposed: boolean,
  re: number,
  im: number,
  x: Unknowns,
): number {
  const { mem } = ws;
  const corner = T + j * (ldt + 1);
  const least = Math.max(ws.eps * (Math.abs(re) + Math.abs(im)), ws.tiny / ws.eps);
  const most = bound(ws);
  if (order === 1) return divide(x, 0, mem[corner] - re, -im, least, most);

  // [p q; r s] with p, s = diagonal − λ; real q and r.
  const diagonal = mem[corner] - re;
  const [q, r] = transposed ? [mem[corner + 1], mem[corner + ldt]] : [mem[corner + ldt], mem[corner + 1]];
  if (Math.abs(diagonal) + Math.abs(im) >= Math.abs(r)) {
    // row 1 − (r/p)·row 0
    quotient(r, 0, diagonal, -im);
    const { re: mRe, im: mIm } = ratio;
    x[2] -= mRe * x[0] - mIm * x[1];
    x[3] -= mRe * x[1] + mIm * x[0];
    const factor = divide(x, 2, diagonal - mRe * q, -im - mIm * q, least, most);
    x[0] = x[0] * factor - q * x[2];
    x[1] = x[1] * factor - q * x[3];
    return factor * divideLast(x, diagonal, -im, least, most);
  }
  // Rows exchanged: row 0 − (p/r)·row 1.
  const [mRe, mIm] = [diagonal / r, -im / r];
  const [topRe, topIm] = [x[2], x[3]];
  x[2] = x[0] - (mRe * topRe - mIm * topIm);
  x[3] = x[1] - (mRe * topIm + mIm * topRe);
  const factor = divide(x, 2, q - (mRe * diagonal + mIm * im), -(mIm * diagonal - mRe * im), least, most);
  x[0] = topRe * factor - (diagonal * x[2] + im * x[3]);
  x[1] = topIm * factor - (diagonal * x[3] - im * x[2]);
  return factor * divideLast(x, r, 0, least, most);
}

/** x₀ ← x₀/(re + im·i), where x₁ is known already and is scaled with it. */
function divideLast(x: Unknowns, re: number, im: number, least: number, most: number): number {
  const factor = divide(x, 0, re, im, least, most);
  x[2] *= factor;
  x[3] *= factor;
  return factor;
}

/** The complex number at `place` of x, divided by re + im·i, and first scaled so far that the quotient stays bounded. */
function divide(x: Unknowns, place: number, re: number, im: number, least: number, most: number): number {
  if (Math.abs(re) + Math.abs(im) < least) {
    re = least;
    im = 0;
  }
  const size = Math.abs(x[place]) + Math.abs(x[place + 1]);
  const limit = most * (Math.abs(re) + Math.abs(im));
  const factor = size > limit ? limit / size : 1;
  quotient(x[place] * factor, x[place + 1] * factor, re, im);
  x[place] = ratio.re;
  x[place + 1] = ratio.im;
  return factor;
}

/** What `quotient` writes: there are n² of them. */
const ratio = { re: 0, im: 0 };

/** (a + b·i)/(c + d·i), scaled by the larger of c and d (Smith, Comm. ACM 5, 1962). */
function quotient(a: number, b: number, c: number, d: number): void {
  if (d === 0) {
    ratio.re = a / c;
    ratio.im = b / c;
  } else if (Math.abs(c) >= Math.abs(d)) {
    const t = d / c;
    const size = c + d * t;
    ratio.re = (a + b * t) / size;
    ratio.im = (b - a * t) / size;
  } else {
    const t = c / d;
    const size = c * t + d;
    ratio.re = (a * t + b) / size;
    ratio.im = (b * t - a) / size;
  }
}

/** Brings the largest entry of any part to 1 in magnitude. */
function toUnit(ws: Workspace, n: number, parts: readonly number[]): void {
  const largest = Math.max(...parts.map((part) => Math.abs(ws.mem[part + ws.k.iamax(n, part, 1)])));
  for (const part of parts) for (let i = part; i < part + n; i++) ws.mem[i] /= largest;
}

/** Elements that `transformBack` takes. */
export const transformBackScratch = (n: number): number => leadingDimension(n) * Math.min(n, tuning.panel);

/**
 * X ← Z·X for the n × n matrices at X and Z, where column j of X is zero below row j + 1 (`upper`) or above row j − 1.
 * Cost: n³ flops.
 */
export function transformBack(
  ws: Workspace,
  n: number,
  Z: number,
  ldz: number,
  X: number,
  ldx: number,
  upper: boolean,
): void {
  const mark = ws.mark();
  const product = ws.alloc(transformBackScratch(n));
  const ld = leadingDimension(n);
  for (let j = 0; j < n; j += tuning.panel) {
    const columns = Math.min(tuning.panel, n - j);
    const from = upper ? 0 : Math.max(0, j - 1);
    const to = upper ? Math.min(n, j + columns + 1) : n;
    ws.k.gemm(0, 0, n, columns, to - from, 1, Z + from * ldz, ldz, X + from + j * ldx, ldx, 0, product, ld);
    advance(2 * n * columns * (to - from));
    for (let c = 0; c < columns; c++) {
      ws.mem.copyWithin(X + (j + c) * ldx, product + c * ld, product + c * ld + n);
    }
  }
  ws.release(mark);
}
