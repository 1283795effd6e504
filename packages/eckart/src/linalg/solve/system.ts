// Square systems: LU with partial pivoting on the equilibrated matrix, and QR where that is not stable.
//
// Maintained: Â = R·A·C (equilibration) and P·Â = L·U, or Â = Q·U. A solution of A·x = b is C·x̂ with Â·x̂ = R·b.
import { SingularError } from "../../errors.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { exchangeRows, luInPlace } from "../lu/factor.ts";
import { loadEquilibrated, type Equilibration } from "../parts/equilibration.ts";
import { applyReflectors, reflectorScratch } from "../parts/reflector.ts";
import { solveTriangular } from "../parts/triangular.ts";
import { qrInPlace, qrReflectors, qrScratch } from "../qr/householder.ts";

/** A factored matrix Â of order n. */
export interface System {
  readonly n: number;
  /** U, on and above the diagonal. */
  readonly U: number;
  readonly ld: number;
  /** ‖Â‖₁. */
  readonly norm: number;
  /** B ← Â⁻¹·B for k columns. Cost: 2n²k flops. */
  applyInverse(k: number, B: number, ldb: number): void;
  /** x ← Â⁻ᵀ·x. */
  applyInverseTransposed(x: number): void;
}

/** Elements that a system takes, with k right-hand sides at a time. */
export function systemScratch(n: number, k: number): number {
  return matrixSize(n, n) + 2 * n + Math.max(qrScratch(n, n), reflectorScratch(n, Math.max(k, 1)));
}

/**
 * Loads and factors a square matrix. Elimination is backward stable unless its entries grow, which is rare; where they
 * do, the matrix is factored by QR, which always is. Cost: 2/3·n³ flops, and 4/3·n³ for QR.
 *
 * @throws SingularError  a pivot is exactly zero; carries its index.
 */
export function factorSystem(where: string, ws: Workspace, A: Matrix, units: Equilibration): System {
  const n = A.rows;
  const ld = leadingDimension(n);
  const U = ws.alloc(ld * n);
  loadEquilibrated(ws, A, units, U, ld);
  const factored = { n, U, ld, norm: oneNorm(ws, n, U, ld) };
  const pivots = luInPlace(ws, n, n, U, ld);
  if (growth(ws, n, U, ld) <= Math.max(n, 16)) {
    checkPivots(where, ws, factored);
    return { ...factored, ...eliminated(ws, n, U, ld, pivots) };
  }
  loadEquilibrated(ws, A, units, U, ld);
  const tau = ws.alloc(n);
  qrInPlace(ws, n, n, U, ld, tau);
  checkPivots(where, ws, factored);
  return { ...factored, ...triangularised(ws, n, U, ld, tau) };
}

type Inverse = Pick<System, "applyInverse" | "applyInverseTransposed">;

/** Â⁻¹ = U⁻¹·L⁻¹·P. */
function eliminated(ws: Workspace, n: number, LU: number, ld: number, pivots: Int32Array): Inverse {
  const L = { T: LU, ldt: ld, upper: 0, unit: 1 } as const;
  const U = { T: LU, ldt: ld, upper: 1, unit: 0 } as const;
  return {
    applyInverse(k, B, ldb) {
      exchangeRows(ws, k, B, ldb, pivots);
      solveTriangular(ws, "left", { ...L, trans: 0 }, n, k, B, ldb);
      solveTriangular(ws, "left", { ...U, trans: 0 }, n, k, B, ldb);
    },
    applyInverseTransposed(x) {
      solveTriangular(ws, "left", { ...U, trans: 1 }, n, 1, x, n);
      solveTriangular(ws, "left", { ...L, trans: 1 }, n, 1, x, n);
      for (let i = n - 1; i >= 0; i--) if (pivots[i] !== i) ws.k.swap(1, x + i, 1, x + pivots[i], 1);
    },
  };
}

/** Â⁻¹ = U⁻¹·Qᵀ. */
function triangularised(ws: Workspace, n: number, QU: number, ld: number, tau: number): Inverse {
  const Q = qrReflectors(n, n, QU, ld, tau);
  const U = { T: QU, ldt: ld, upper: 1, unit: 0 } as const;
  return {
    applyInverse(k, B, ldb) {
      applyReflectors(ws, Q, "left", 1, k, B, ldb);
      solveTriangular(ws, "left", { ...U, trans: 0 }, n, k, B, ldb);
    },
    applyInverseTransposed(x) {
      solveTriangular(ws, "left", { ...U, trans: 1 }, n, 1, x, n);
      applyReflectors(ws, Q, "left", 0, 1, x, n);
    },
  };
}

/** Largest |uᵢⱼ|: by how much elimination made entries grow, since no entry of Â is far from 1. */
function growth(ws: Workspace, n: number, U: number, ld: number): number {
  let largest = 0;
  for (let j = 0; j < n; j++) {
    const column = U + j * ld;
    const top = ws.k.iamax(j + 1, column, 1);
    largest = Math.max(largest, top < 0 ? Infinity : Math.abs(ws.mem[column + top]));
  }
  return largest;
}

function checkPivots(where: string, ws: Workspace, { n, U, ld }: Pick<System, "n" | "U" | "ld">): void {
  for (let i = 0; i < n; i++) {
    if (ws.mem[U + i * (ld + 1)] !== 0) continue;
    throw new SingularError(where, i, `expected a regular matrix, got pivot ${i} exactly 0`);
  }
}

/**
 * Refuses a matrix that rounding alone could have made of a singular one: κ₁(Â)·ε ≥ 1.
 *
 * @throws SingularError  carries the index of the smallest pivot.
 */
export function checkCondition(where: string, ws: Workspace, { n, U, ld }: System, condition: number): void {
  if (condition * ws.eps < 1) return;
  let least = 0;
  for (let i = 1; i < n; i++) {
    if (Math.abs(ws.mem[U + i * (ld + 1)]) < Math.abs(ws.mem[U + least * (ld + 1)])) least = i;
  }
  const known = Number.isFinite(condition) ? ` (condition number about ${condition.toPrecision(2)})` : "";
  const what = `expected a regular matrix, got one that is singular to working precision${known}; lstsq and pinv take it`;
  throw new SingularError(where, least, what);
}

/** ‖A‖₁ of n columns of n entries. */
export function oneNorm(ws: Workspace, n: number, A: number, lda: number): number {
  let largest = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0, at = A + j * lda; i < n; i++) sum += Math.abs(ws.mem[at + i]);
    if (!(sum <= largest)) largest = sum;
  }
  return largest;
}

const MOST_ESTIMATES = 5;

/**
 * Estimate of κ₁(Â) = ‖Â‖₁·‖Â⁻¹‖₁ from below, almost always within a factor of 3 (Higham, ACM Trans. Math. Softw. 14,
 * 1988): climbs the convex function ‖Â⁻¹x‖₁ over the corners of ‖x‖₁ ≤ 1. Cost: about 5n² flops a step.
 */
export function estimateCondition(ws: Workspace, S: System): number {
  const { n } = S;
  const { mem, k } = ws;
  const mark = ws.mark();
  const x = ws.alloc(n);
  const normOfSolution = (): number => {
    S.applyInverse(1, x, n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(mem[x + i]);
    return sum;
  };
  for (let i = 0; i < n; i++) mem[x + i] = (i % 2 === 0 ? 1 : -1) * (1 + i / Math.max(1, n - 1));
  const alternating = (2 * normOfSolution()) / (3 * n);
  mem.fill(1 / n, x, x + n);
  let estimate = normOfSolution();
  for (let step = 0, corner = -1; step < MOST_ESTIMATES; step++) {
    for (let i = 0; i < n; i++) mem[x + i] = mem[x + i] < 0 ? -1 : 1;
    S.applyInverseTransposed(x); // the gradient
    const steepest = k.iamax(n, x, 1);
    if (steepest < 0 || steepest === corner) break;
    corner = steepest;
    mem.fill(0, x, x + n);
    mem[x + corner] = 1;
    const next = normOfSolution();
    if (!(next > estimate)) break;
    estimate = next;
  }
  ws.release(mark);
  return S.norm * Math.max(estimate, alternating);
}
