// Exchange of neighbouring diagonal blocks of a real Schur form T by an orthogonal similarity.
//
//   [T₁₁ T₁₂]   [−X]   [−X]
//   [    T₂₂] · [ I] = [ I]·T₂₂   where T₁₁·X − X·T₂₂ = T₁₂,
//
// so the QR factorisation of [−X; I] brings T₂₂ to the top. An exchange that would not be backward stable is refused.
// Source: Bai & Demmel, Linear Algebra Appl. 186 (1993).
import type { Workspace } from "../../kernels/workspace.ts";
import { planeRotation } from "../../kernels/ref/bidiagonal.ts";
import { type Hessenberg, standardiseAt } from "./schur.ts";

type Order = 1 | 2;

/** The order of the diagonal block whose last row is i. */
const blockEndingAt = (ws: Workspace, { H, ldh }: Hessenberg, i: number): Order =>
  i > 0 && ws.mem[H + i + (i - 1) * ldh] !== 0 ? 2 : 1;

/**
 * Moves the diagonal block whose last row is `from` up until its first row is `to`, or as far as the exchanges are
 * stable. The rest of T and Z follow.
 */
export function moveBlockUp(ws: Workspace, F: Hessenberg, from: number, to: number): void {
  const order = blockEndingAt(ws, F, from);
  let first = from - order + 1;
  while (first > to) {
    const above = blockEndingAt(ws, F, first - 1);
    first -= above;
    if (!exchange(ws, F, first, above, order)) return;
    // Two real eigenvalues that had looked like a pair.
    if (order === 2 && ws.mem[F.H + first + 1 + first * F.ldh] === 0) return;
  }
}

/** Exchanges the blocks of order n1 at row j and of order n2 behind it; false where it did not. */
function exchange(ws: Workspace, F: Hessenberg, j: number, n1: Order, n2: Order): boolean {
  if (n1 === 1 && n2 === 1) {
    exchangeReal(ws, F, j);
    return true;
  }
  const { mem } = ws;
  const { H, ldh, Z, ldz, rows, n } = F;
  const size = n1 + n2;
  const D = Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => mem[H + j + r + (j + c) * ldh]),
  );
  const X = solveSylvester(D, n1, n2, ws.eps);
  // W = [−X; I] by columns, reduced by reflectors.
  const W = Array.from({ length: n2 }, (_, c) =>
    Array.from({ length: size }, (__, r) => (r < n1 ? -X[r][c] : r - n1 === c ? 1 : 0)),
  );
  const reflectors = W.map((column, c) => {
    const v = smallReflector(column, c);
    for (const other of W) applyTo(v, c, (r) => other[r], (r, x) => (other[r] = x)); // prettier-ignore
    return v;
  });

  const norm = Math.max(...D.flat().map(Math.abs));
  reflectors.forEach((v, c) => {
    for (let i = 0; i < size; i++) applyTo(v, c, (r) => D[r][i], (r, x) => (D[r][i] = x)); // prettier-ignore
    for (let i = 0; i < size; i++) applyTo(v, c, (r) => D[i][r], (r, x) => (D[i][r] = x)); // prettier-ignore
  });
  for (let r = n2; r < size; r++) {
    for (let c = 0; c < n2; c++) if (!(Math.abs(D[r][c]) <= 10 * ws.eps * norm)) return false;
  }

  reflectors.forEach((v, c) => {
    const row = H + j;
    for (let i = j; i < n; i++) applyTo(v, c, (r) => mem[row + r + i * ldh], (r, x) => (mem[row + r + i * ldh] = x)); // prettier-ignore
    const column = H + j * ldh;
    for (let i = 0; i < j + size; i++) applyTo(v, c, (r) => mem[column + i + r * ldh], (r, x) => (mem[column + i + r * ldh] = x)); // prettier-ignore
    const turned = Z + j * ldz;
    for (let i = 0; i < rows; i++) applyTo(v, c, (r) => mem[turned + i + r * ldz], (r, x) => (mem[turned + i + r * ldz] = x)); // prettier-ignore
  });
  for (let r = n2; r < size; r++) for (let c = 0; c < n2; c++) mem[H + j + r + (j + c) * ldh] = 0;
  if (n2 === 2) standardiseAt(ws, F, j);
  if (n1 === 2) standardiseAt(ws, F, j + n2);
  return true;
}

/** Two real eigenvalues: one rotation, whose first column is the vector (t₁₂, t₂₂ − t₁₁). */
function exchangeReal(ws: Workspace, { H, ldh, Z, ldz, rows, n }: Hessenberg, j: number): void {
  const { k, mem } = ws;
  const corner = H + j * (ldh + 1);
  const first = mem[corner];
  const second = mem[corner + ldh + 1];
  const [c, s] = planeRotation(mem[corner + ldh], second - first);
  k.rot(n - j - 2, corner + 2 * ldh, ldh, corner + 2 * ldh + 1, ldh, c, s);
  k.rot(j, H + j * ldh, 1, H + (j + 1) * ldh, 1, c, s);
  k.rot(rows, Z + j * ldz, 1, Z + (j + 1) * ldz, 1, c, s);
  mem[corner] = second;
  mem[corner + ldh + 1] = first;
}

/** v with (I − 2vvᵀ/vᵀv) zeroing entries c+1 … of the column; v starts at row c. */
function smallReflector(column: readonly number[], c: number): number[] {
  const v = column.slice(c);
  const norm = Math.hypot(...v);
  v[0] += v[0] < 0 ? -norm : norm;
  const length = Math.hypot(...v);
  return v.map((x) => x / length);
}

/** (I − 2vvᵀ) on the entries c, c+1, … of a row or column. */
function applyTo(
  v: readonly number[],
  c: number,
  get: (r: number) => number,
  set: (r: number, x: number) => void,
): void {
  let sum = 0;
  v.forEach((x, r) => (sum += x * get(c + r)));
  v.forEach((x, r) => set(c + r, get(c + r) - 2 * sum * x));
}

/** X of T₁₁·X − X·T₂₂ = T₁₂, from D = [T₁₁ T₁₂; · T₂₂]: at most four equations, with pivoting by rows and columns. */
function solveSylvester(D: readonly number[][], n1: Order, n2: Order, eps: number): number[][] {
  const count = n1 * n2;
  // Unknown r + c·n1 is X[r][c]; the last column is the right-hand side.
  const K = Array.from({ length: count }, (_, e) => {
    const [r, c] = [e % n1, Math.floor(e / n1)];
    const row = Array.from({ length: count + 1 }, () => 0);
    for (let i = 0; i < n1; i++) row[i + c * n1] += D[r][i];
    for (let i = 0; i < n2; i++) row[r + i * n1] -= D[n1 + i][n1 + c];
    row[count] = D[r][n1 + c];
    return row;
  });
  const least = eps * Math.max(...D.flat().map(Math.abs));
  const unknown = K.map((_, i) => i);
  for (let p = 0; p < count; p++) {
    let [row, col] = [p, p];
    for (let r = p; r < count; r++) {
      for (let c = p; c < count; c++) if (Math.abs(K[r][c]) > Math.abs(K[row][col])) [row, col] = [r, c];
    }
    [K[p], K[row]] = [K[row], K[p]];
    for (const equation of K) [equation[p], equation[col]] = [equation[col], equation[p]];
    [unknown[p], unknown[col]] = [unknown[col], unknown[p]];
    if (Math.abs(K[p][p]) < least) K[p][p] = least;
    for (let r = p + 1; r < count; r++) {
      const factor = K[r][p] / K[p][p];
      for (let c = p; c <= count; c++) K[r][c] -= factor * K[p][c];
    }
  }
  const X = Array.from({ length: n1 }, () => Array.from({ length: n2 }, () => 0));
  const solution = new Float64Array(count);
  for (let p = count - 1; p >= 0; p--) {
    let sum = K[p][count];
    for (let c = p + 1; c < count; c++) sum -= K[p][c] * solution[c];
    solution[p] = sum / K[p][p];
    X[unknown[p] % n1][Math.floor(unknown[p] / n1)] = solution[p];
  }
  return X;
}
