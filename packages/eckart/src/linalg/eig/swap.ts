// Exchange of neighbouring diagonal blocks of a real Schur form T by an orthogonal similarity.
//
//   [T₁₁ T₁₂]   [−X]   [−X]
//   [    T₂₂] · [ I] = [ I]·T₂₂   where T₁₁·X − X·T₂₂ = T₁₂,
//
// so the QR factorisation of [−X; I], by rotations, brings T₂₂ to the top. An exchange that would not be backward stable is refused.
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
  const { H, ldh } = F;
  const size = n1 + n2;
  const corner = H + j * (ldh + 1);
  const D = Array.from({ length: size }, (_, r) =>
    Float64Array.from({ length: size }, (__, c) => mem[corner + r + c * ldh]),
  );
  const rotations = basisOfSecond(solveSylvester(D, n1, n2, ws.eps), n1, n2);

  const norm = largestOf(D);
  for (const [i, c, s] of rotations) {
    for (let p = 0; p < size; p++) {
      [D[i][p], D[i + 1][p]] = [c * D[i][p] + s * D[i + 1][p], c * D[i + 1][p] - s * D[i][p]];
    }
    for (const row of D) [row[i], row[i + 1]] = [c * row[i] + s * row[i + 1], c * row[i + 1] - s * row[i]];
  }
  for (let r = n2; r < size; r++) {
    for (let c = 0; c < n2; c++) if (!(Math.abs(D[r][c]) <= 10 * ws.eps * norm)) return false;
  }

  for (const [i, c, s] of rotations) turn(ws, F, j + i, j, j + size, c, s);
  for (let r = n2; r < size; r++) for (let c = 0; c < n2; c++) mem[corner + r + c * ldh] = 0;
  if (n2 === 2) standardiseAt(ws, F, j);
  if (n1 === 2) standardiseAt(ws, F, j + n2);
  return true;
}

/** Two real eigenvalues: one rotation, whose first column is the vector (t₁₂, t₂₂ − t₁₁). */
function exchangeReal(ws: Workspace, F: Hessenberg, j: number): void {
  const { mem } = ws;
  const corner = F.H + j * (F.ldh + 1);
  const beside = corner + F.ldh;
  const [first, second] = [mem[corner], mem[beside + 1]];
  const [c, s] = planeRotation(mem[beside], second - first);
  const coupling = mem[beside];
  turn(ws, F, j, j + 2, j, c, s);
  mem[corner] = second;
  mem[beside] = coupling;
  mem[beside + 1] = first;
}

/** Rotates rows i, i + 1 from column `from` on, the same columns down to row `to` − 1, and those of Z. */
function turn(ws: Workspace, F: Hessenberg, i: number, from: number, to: number, c: number, s: number): void {
  const { k } = ws;
  const { H, ldh, Z, ldz, rows, n } = F;
  k.rot(n - from, H + i + from * ldh, ldh, H + i + 1 + from * ldh, ldh, c, s);
  k.rot(to, H + i * ldh, 1, H + (i + 1) * ldh, 1, c, s);
  k.rot(rows, Z + i * ldz, 1, Z + (i + 1) * ldz, 1, c, s);
}

const largestOf = (D: readonly Float64Array[]): number => Math.max(...D.map((row) => Math.max(...row.map(Math.abs))));

/** The rotations of rows (i, i + 1) that bring [−X; I] to triangular form, first to last. */
function basisOfSecond(X: readonly Float64Array[], n1: Order, n2: Order): [i: number, c: number, s: number][] {
  const size = n1 + n2;
  const rotations: [number, number, number][] = [];
  const W = Array.from({ length: n2 }, (_, c) =>
    Float64Array.from({ length: size }, (__, r) => (r < n1 ? -X[r][c] : r - n1 === c ? 1 : 0)),
  );
  for (let column = 0; column < n2; column++) {
    for (let r = size - 1; r > column; r--) {
      if (W[column][r] === 0) continue;
      const [c, s] = planeRotation(W[column][r - 1], W[column][r]);
      for (const w of W) [w[r - 1], w[r]] = [c * w[r - 1] + s * w[r], c * w[r] - s * w[r - 1]];
      W[column][r] = 0;
      rotations.push([r - 1, c, s]);
    }
  }
  return rotations;
}

/** X of T₁₁·X − X·T₂₂ = T₁₂, from D = [T₁₁ T₁₂; · T₂₂]: at most four equations, with pivoting by rows and columns. */
function solveSylvester(D: readonly Float64Array[], n1: Order, n2: Order, eps: number): Float64Array[] {
  const count = n1 * n2;
  // Unknown r + c·n1 is X[r][c]; the last column is the right-hand side.
  const K = Array.from({ length: count }, (_, e) => {
    const [r, c] = [e % n1, Math.floor(e / n1)];
    const row = new Float64Array(count + 1);
    for (let i = 0; i < n1; i++) row[i + c * n1] += D[r][i];
    for (let i = 0; i < n2; i++) row[r + i * n1] -= D[n1 + i][n1 + c];
    row[count] = D[r][n1 + c];
    return row;
  });
  const least = eps * largestOf(D);
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
  const X = Array.from({ length: n1 }, () => new Float64Array(n2));
  const solution = new Float64Array(count);
  for (let p = count - 1; p >= 0; p--) {
    let sum = K[p][count];
    for (let c = p + 1; c < count; c++) sum -= K[p][c] * solution[c];
    solution[p] = sum / K[p][p];
    X[unknown[p] % n1][Math.floor(unknown[p] / n1)] = solution[p];
  }
  return X;
}
