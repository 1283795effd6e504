// Eigenvalues and eigenvectors of any square matrix, as accuracy and certify take them.
import { ShapeError } from "../errors.ts";
import { ComplexMatrix, type ComplexMatrixLike } from "../matrix/complex.ts";
import { asVector, type VectorLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { blocks, negative, type Stack, stacks } from "../matrix/stack.ts";

/** A · V = V · diag(w) with complex w: the result of `eig`, or of another library. */
export interface EigFactors {
  readonly w: { readonly re: VectorLike; readonly im: VectorLike };
  readonly V: ComplexMatrixLike;
}

/** Whether the factors are eigenvalues, complex by their structure, and eigenvectors. */
export function isEig(F: object): F is EigFactors {
  if (typeof F !== "object" || F === null || !("w" in F && "V" in F)) return false;
  return typeof F.w === "object" && F.w !== null && "re" in F.w && "im" in F.w;
}

/** A, w as a column, and V. */
export function eigStacks(where: string, A: ComplexMatrixLike, { w, V }: EigFactors): Stack[] {
  const column = ComplexMatrix.wrap(asVector(where, w.re), asVector(where, w.im));
  const all = stacks(where, [A, column, V]);
  const [M, values, vectors] = all;
  if (M.rows !== M.cols) throw new ShapeError(where, "a square matrix for { w, V }", [M.rows, M.cols]);
  if (values.rows !== M.rows) throw new ShapeError(where, `${M.rows} values`, [values.rows]);
  if (vectors.rows !== M.rows || vectors.cols !== M.rows)
    throw new ShapeError(where, `V of ${M.rows} × ${M.rows}`, [vectors.rows, vectors.cols]);
  return all;
}

/** Two real matrices whose product is the stack of V·diag(w) − A·V. */
export function eigProduct(A: Stack, w: Stack, V: Stack): [Matrix, Matrix] {
  const diagonal = (part: Matrix): Matrix => Matrix.diagonal(Matrix.from(part).data);
  const D = w.isComplex ? [[diagonal(w.re)], [diagonal(w.im)]] : [[diagonal(w.re)]];
  return [blocks([[V.left, negative(A.left)]]), blocks([...D, [V.matrix]])];
}
