/**
 * Sizes at which one method hands over to another, in one place, so that tests can force them low and reach the code
 * for large matrices with small ones. Every value is a trade of speed only; results agree to rounding.
 */
export interface Tuning {
  /** Reflectors a block in QR, tridiagonal and bidiagonal reduction, and where they are applied, for large matrices. */
  reflectorBlock: number;
  /** Columns left at which the reduction to Hessenberg form goes on column by column. */
  reductionCrossover: number;
  /** Columns left at which the reduction to bidiagonal form goes on as one kernel. */
  bidiagonalRest: number;
  /** Columns left at which the reduction to tridiagonal form goes on as one kernel. */
  tridiagonalRest: number;
  /** Largest problem that divide and conquer hands to implicit QR. */
  divideLeaf: number;
  /** Rows over columns from which an SVD starts with a QR factorisation. */
  tallRatio: number;
  /** Rows over columns from which the reflectors of that factorisation turn U as one block. */
  veryTallRatio: number;
  /** Largest triangle that LU, Cholesky and their solves take whole, and not by halves. */
  panel: number;
  /** Columns a side in a tile of one-sided Jacobi. */
  jacobiBlock: number;
  /** Largest general eigenproblem that double-shift QR iteration solves, before many shifts pay. */
  doubleShift: number;
  /** Largest active block of multishift QR iteration that early deflation takes as a whole. */
  deflationWhole: number;
}

export const tuning: Tuning = {
  reflectorBlock: 32,
  reductionCrossover: 24,
  bidiagonalRest: 96,
  tridiagonalRest: 64,
  divideLeaf: 25,
  tallRatio: 1.6,
  veryTallRatio: 5,
  panel: 48,
  doubleShift: 600,
  deflationWhole: 75,
  jacobiBlock: 8,
};

/**
 * Reflectors a block for matrices of that order: half as many while they stay in the nearer caches, where the products of
 * reflectors with each other cost more than the passes over the matrix that they save.
 */
export function reflectorBlock(order: number): number {
  return order <= 640 ? Math.max(1, tuning.reflectorBlock >> 1) : tuning.reflectorBlock;
}

/** Largest order of reflectors that are applied one after the other: what they turn stays in the nearer caches. */
export function reflectorsAlone(): number {
  return 3 * tuning.reflectorBlock;
}

/** Runs `body` with other sizes: for tests. */
export function withTuning<R>(changes: Partial<Tuning>, body: () => R): R {
  const before = { ...tuning };
  Object.assign(tuning, changes);
  try {
    return body();
  } finally {
    Object.assign(tuning, before);
  }
}
