import { gallery, orthogonality, productResidual, type MatrixData } from "@eckart/testing";
import { expect, test } from "vitest";
import { withBackend, type BackendName } from "../../../src/kernels/load.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../../../src/kernels/workspace.ts";
import { formOrthogonal, reflectorScratch } from "../../../src/linalg/parts/reflector.ts";
import { bidiagonalize, bidiagonalizeScratch } from "../../../src/linalg/svd/bidiagonalize.ts";
import { withTuning } from "../../../src/linalg/tuning.ts";
import { Matrix } from "../../../src/matrix/matrix.ts";
import { load, powerOfTwoScale, store } from "../../../src/matrix/transfer.ts";

interface Reduced {
  readonly A: MatrixData;
  readonly Q: MatrixData;
  readonly B: MatrixData;
  readonly P: MatrixData;
}

/** A = Q·B·Pᵀ with Q m × n and P n × n written out; A is brought to entries near 1 first, as the driver does. */
function reduce(A: Matrix): Reduced {
  const [m, n] = A.shape;
  const scale = powerOfTwoScale(Math.max(...A.data.map(Math.abs), 0));
  const room = 3 * matrixSize(m, n) + matrixSize(n, n) + bidiagonalizeScratch(m, n) + 2 * reflectorScratch(m, n);
  return withWorkspace(A.dtype, room, 2 * n, (ws) => {
    const [lda, ldp] = [leadingDimension(m), leadingDimension(n)];
    const [at, q, p] = [ws.alloc(lda * n), ws.alloc(lda * n), ws.alloc(ldp * n)];
    const [d, e] = [ws.allocScalars(n), ws.allocScalars(n)];
    load(ws, A, at, lda, scale);
    const scaled = store(ws, at, lda, m, n);
    const reflectors = bidiagonalize(ws, m, n, at, lda, d, e);
    formOrthogonal(ws, reflectors.Q, n, q, lda);
    // P is 1 in its corner; its reflectors act on what lies behind.
    ws.mem.fill(0, p, p + ldp * n);
    ws.mem[p] = 1;
    formOrthogonal(ws, reflectors.P, n - 1, p + ldp + 1, ldp);
    const B = Matrix.zeros(n, n);
    for (let i = 0; i < n; i++) {
      B.data[i * (n + 1)] = ws.mem64[d + i];
      if (i < n - 1) B.data[i * (n + 1) + 1] = ws.mem64[e + i];
    }
    return { A: scaled, Q: store(ws, q, lda, m, n), B, P: store(ws, p, ldp, n, n) };
  });
}

const SHAPES: [number, number][] = [
  [1, 1],
  [4, 1],
  [2, 2],
  [3, 2],
  [5, 5],
  [9, 4],
  [12, 11],
  [33, 32],
  [66, 65],
];

for (const backend of ["wasm", "typescript"] as BackendName[])
  for (const dtype of ["f64", "f32"] as const)
    for (const [reflectorBlock, bidiagonalRest] of [
      [1, 0],
      [4, 2],
      [16, 8],
      [32, 96],
    ])
      test(`SVD-1 A = Q·B·Pᵀ in blocks of ${reflectorBlock}, from ${bidiagonalRest} columns on as one kernel, ${dtype}, ${backend}`, () => {
        for (const [m, n] of SHAPES)
          for (const M of gallery(m, n, 3, dtype)) {
            const { A, Q, B, P } = withBackend(backend, () =>
              withTuning({ reflectorBlock, bidiagonalRest }, () => reduce(Matrix.wrap(M.data, M.shape))),
            );
            const transposedP = { ...P, rowStride: 1, colStride: P.cols };
            // productResidual divides by max(m, n)·ε of the dtype of its last factor.
            expect(productResidual(A, Q, B, transposedP), M.name).toBeLessThan(4);
            expect(orthogonality(Q), `Q of ${M.name}`).toBeLessThan(6);
            expect(orthogonality(P), `P of ${M.name}`).toBeLessThan(6);
          }
      });
