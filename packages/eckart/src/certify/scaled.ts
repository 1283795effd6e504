// What every certificate starts from: the matrix in the unit of its largest entry, and the precision of the factors.
import { Matrix } from "../matrix/matrix.ts";
import { Stack } from "../matrix/stack.ts";

/** Whether no product with X comes near overflow: none of its numbers exceeds 2¹⁰⁰. */
export const isModest = (X: Matrix): boolean => Matrix.from(X).data.every((x: number) => Math.abs(x) <= 2 ** 100);

/** A matrix in f64 times a power of two; `exact` unless some entry fell below the smallest number. */
export interface Scaled {
  readonly stack: Stack;
  readonly exact: boolean;
}

/** unit·X in f64, and whether that lost nothing. */
export function scaledCopy({ matrix: X, isComplex }: Stack, unit: number): Scaled {
  const matrix = Matrix.from(X, { dtype: "f64" });
  const { data } = matrix;
  let exact = true;
  for (let i = 0; i < data.length; i++) {
    const x = data[i];
    data[i] = x * unit;
    if (data[i] / unit !== x) exact = false;
  }
  return { stack: new Stack(matrix, isComplex), exact };
}

/** ε and the smallest normal number of the factors' precision: f32 where one of them is. */
export function precision(...factors: readonly Matrix[]): { readonly eps: number; readonly tiny: number } {
  const single = factors.some(({ dtype }) => dtype === "f32");
  return single ? { eps: 2 ** -23, tiny: 2 ** -126 } : { eps: 2 ** -52, tiny: 2 ** -1022 };
}
