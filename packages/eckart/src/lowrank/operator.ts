// A matrix known by its products alone: dense, sparse, or the caller's own functions, behind one interface.
import { NonFiniteError, OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { silently } from "../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../kernels/workspace.ts";
import { frobenius } from "../linalg/norm/norm.ts";
import { workingScale } from "../linalg/parts/scaling.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { asCsr, type CsrLike, CsrMatrix, csrTimes, csrTransposedTimes, isCsr } from "../matrix/sparse.ts";
import type { Place } from "../linalg/svd/pipeline.ts";
import { load, powerOfTwoScale } from "../matrix/transfer.ts";

/** An m × n matrix that is never written down: what it and its transpose do to a vector. */
export interface LinearOperator {
  /** [m, n]. */
  readonly shape: readonly number[];
  /** Precision of the computation. Default "f64". */
  readonly dtype?: DType;
  /** A·x: takes n numbers, gives m. The argument is the callee's to keep. */
  apply(x: FloatArray): ArrayLike<number>;
  /** Aᵀ·y: takes m numbers, gives n. */
  applyTranspose(y: FloatArray): ArrayLike<number>;
}

/** What the Krylov and randomised methods take: dense, sparse by rows, or matrix-free. */
export type OperatorLike = MatrixLike | CsrLike | LinearOperator;

/** How the products of a matrix are formed. */
export type OperatorKind = "dense" | "sparse" | "matrix-free";

/** Y ← op(A)·X for X of `l` columns, offsets in a workspace; X and Y do not overlap. */
export type Product = (l: number, X: number, ldx: number, Y: number, ldy: number) => void;

/** Both products, scaled. */
export interface Products {
  readonly times: Product;
  readonly transposedTimes: Product;
  /** Y ← A·x and Z ← Aᵀ·Y, unit strides, by one read of A; null where it takes two. */
  readonly both: ((x: number, Y: number, Z: number) => void) | null;
  /** Aᵀ, its columns the rows of A, times the scale; null where the entries are not written down. */
  readonly columns: Place | null;
}

/** A matrix by its products with m ≥ n: Aᵀ stands in for a wide one. */
export interface Operator {
  readonly kind: OperatorKind;
  readonly dtype: DType;
  /** m, the larger side. */
  readonly rows: number;
  /** n, the smaller side. */
  readonly cols: number;
  /** Whether this is Aᵀ. */
  readonly transposed: boolean;
  /** The power of two that the products are multiplied by. */
  readonly scale: number;
  /** ‖A‖_F times the scale, or null where there are no entries to sum. */
  readonly frobenius: (() => number) | null;
  /** A with all its entries, not transposed, where they are written down. */
  readonly entries: (() => Matrix) | null;
  /** Flops of a product with one vector; what they would be with all entries where nothing is known of these. */
  readonly flops: number;
  /** Elements that `open` takes. */
  readonly elements: number;
  /** Products counted so far, one for each column. */
  readonly count: { products: number };
  open(ws: Workspace): Products;
}

/** The operator that A is, checked in the name of `where`. */
export function asOperator(where: string, A: OperatorLike): Operator {
  if (isCsr(A)) return sparseOperator(asCsr(where, A));
  if (typeof A === "object" && A !== null && "apply" in A) return freeOperator(where, A);
  return denseOperator(where, asMatrix(where, A));
}

function oriented(
  parts: Pick<Operator, "kind" | "dtype" | "scale" | "frobenius" | "entries" | "flops" | "elements">,
  [m, n]: readonly number[],
  open: (ws: Workspace, count: { products: number }) => Products,
): Operator {
  const transposed = m < n;
  const count = { products: 0 };
  return {
    ...parts,
    rows: Math.max(m, n),
    cols: Math.min(m, n),
    transposed,
    count,
    open(ws) {
      const products = open(ws, count);
      const { times, transposedTimes } = products;
      return transposed ? { ...products, times: transposedTimes, transposedTimes: times } : products;
    },
  };
}

/** The smaller side lies along the columns in linear memory, whatever the caller's layout: what is read is contiguous. */
function denseOperator(where: string, A: Matrix): Operator {
  const largest = largestFinite(where, A);
  const scale = powerOfTwoScale(largest);
  const transposed = A.rows < A.cols;
  const columns = transposed ? A : A.T; // the rows of the operator
  const [n, m] = columns.shape;
  const ld = leadingDimension(n);
  const count = { products: 0 };
  return {
    kind: "dense",
    dtype: A.dtype,
    rows: m,
    cols: n,
    transposed,
    scale,
    frobenius: () => frobenius(A, largest, scale),
    entries: () => A,
    flops: 2 * m * n,
    elements: matrixSize(n, m) + m,
    count,
    open(ws) {
      const at = ws.alloc(ld * m);
      const zeros = ws.alloc(m);
      load(ws, columns, at, ld, scale);
      ws.mem.fill(0, zeros, zeros + m);
      return {
        times(l, X, ldx, Y, ldy) {
          count.products += l;
          ws.k.gemm(1, 0, m, l, n, 1, at, ld, X, ldx, 0, Y, ldy);
        },
        transposedTimes(l, X, ldx, Y, ldy) {
          count.products += l;
          ws.k.gemm(0, 0, n, l, m, 1, at, ld, X, ldx, 0, Y, ldy);
        },
        both(x, Y, Z) {
          count.products += 2;
          ws.mem.fill(0, Z, Z + n);
          ws.k.bidiagonalPass(n, m, at, ld, x, -1, zeros, zeros, 0, Y, Y, Z);
        },
        columns: { at, ld, rows: n, cols: m },
      };
    },
  };
}

function sparseOperator(A: CsrMatrix): Operator {
  const largest = A.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = workingScale(A.dtype, largest);
  const parts = {
    kind: "sparse",
    dtype: A.dtype,
    scale,
    frobenius: () => frobenius(Matrix.wrap(A.data, [1, A.nnz]), largest, scale),
    entries: () => A.toDense(),
    flops: 2 * A.nnz,
    elements: 0,
  } as const;
  return oriented(parts, A.shape, (ws, count) => {
    const S = scale === 1 ? A : scaledCsr(A, scale);
    return {
      times(l, X, ldx, Y, ldy) {
        count.products += l;
        for (let j = 0; j < l; j++) csrTimes(S, ws.mem, X + j * ldx, ws.mem, Y + j * ldy);
      },
      transposedTimes(l, X, ldx, Y, ldy) {
        count.products += l;
        for (let j = 0; j < l; j++) {
          ws.mem.fill(0, Y + j * ldy, Y + j * ldy + A.cols);
          csrTransposedTimes(S, ws.mem, X + j * ldx, ws.mem, Y + j * ldy);
        }
      },
      both: null,
      columns: null,
    };
  });
}

function freeOperator(where: string, A: LinearOperator): Operator {
  const { shape, dtype = "f64" } = A;
  if (!Array.isArray(shape)) throw new OptionError(where, "shape", shape, "[m, n]");
  if (shape.length !== 2) throw new ShapeError(where, "two dimensions", shape);
  if (!shape.every((size) => Number.isInteger(size) && size >= 0)) {
    throw new OptionError(where, "shape", shape.join(" × "), "whole numbers ≥ 0");
  }
  if (dtype !== "f64" && dtype !== "f32") throw new OptionError(where, "dtype", dtype, '"f64" or "f32"');
  for (const name of ["apply", "applyTranspose"] as const) {
    if (typeof A[name] !== "function") throw new OptionError(where, name, A[name], "a function");
  }
  const [m, n] = shape;
  const product =
    (ws: Workspace, count: { products: number }, name: "apply" | "applyTranspose", from: number, to: number): Product =>
    (l, X, ldx, Y, ldy) => {
      count.products += l;
      for (let j = 0; j < l; j++) {
        const x = ws.mem.slice(X + j * ldx, X + j * ldx + from);
        const y = ws.outside(() => silently(() => A[name](x)));
        if (y?.length !== to) throw new ShapeError(`${where}: ${name}`, `${to} numbers back`, [y?.length ?? 0]);
        for (let i = 0; i < to; i++) {
          if (!Number.isFinite(y[i])) throw new NonFiniteError(`${where}: ${name}`, i, 0, y[i]);
          ws.mem[Y + j * ldy + i] = y[i];
        }
      }
    };
  const flops = 2 * m * n;
  const parts = { kind: "matrix-free", dtype, scale: 1, frobenius: null, entries: null, flops, elements: 0 } as const;
  return oriented(parts, shape, (ws, count) => ({
    times: product(ws, count, "apply", n, m),
    transposedTimes: product(ws, count, "applyTranspose", m, n),
    both: null,
    columns: null,
  }));
}

function scaledCsr(A: CsrMatrix, scale: number): CsrMatrix {
  const data = A.data.map((x) => x * scale) as FloatArray;
  return new CsrMatrix(A.rows, A.cols, A.indptr, A.indices, data);
}
