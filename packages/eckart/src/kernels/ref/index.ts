import type { Kernels, ScalarKernels, Twin } from "../abi.ts";
import { batchSvd2x2 } from "./batch2x2.ts";
import { batchInverse } from "./batchInverse.ts";
import { batchEigh, batchSvd } from "./batchJacobi.ts";
import { bidiagonalize, bidiagonalSweep, implicitQr } from "./bidiagonal.ts";
import { cgemv, cgemvH, hemv } from "./complex.ts";
import { dqds } from "./dqds.ts";
import { francisChase } from "./francis.ts";
import { gemm } from "./gemm.ts";
import { jacobiNorms, jacobiTile } from "./jacobi.ts";
import { bidiagonalPass, gemv, gemvT, ger, symv } from "./matrixVector.ts";
import { rootFreeQl } from "./rootFreeQl.ts";
import { reflect, reflector, transpose, wyTriangle } from "./reflector.ts";
import { rot, rotSweep } from "./rotation.ts";
import { secularRoot, secularRoots, secularVectors, secularWeights } from "./secular.ts";
import { trsm } from "./triangular.ts";
import { implicitQl, tridiagonalize, tridiagonalSweep } from "./tridiagonal.ts";
import { axpy, dot, iamax, nrm2, scal, swap } from "./vector.ts";

/** The TypeScript twins, by the names of the list. */
export const twins: { readonly [K in keyof Kernels]: Twin<Kernels[K]> } = {
  dot,
  axpy,
  scal,
  swap,
  iamax,
  nrm2,
  gemv,
  gemvT,
  ger,
  symv,
  cgemv,
  cgemvH,
  hemv,
  bidiagonalPass,
  bidiagonalize,
  tridiagonalize,
  gemm,
  trsm,
  secularVectors,
  reflector,
  reflect,
  wyTriangle,
  transpose,
  rot,
  rotSweep,
  implicitQr,
  implicitQl,
  francisChase,
  jacobiNorms,
  jacobiTile,
  batchSvd,
  batchSvd2x2,
  batchEigh,
  batchInverse,
};

/** The TypeScript twins of the kernels that exist in f64 alone. */
export const scalarTwins: { readonly [K in keyof ScalarKernels]: Twin<ScalarKernels[K], Float64Array> } = {
  bidiagonalSweep,
  dqds,
  rootFreeQl,
  secularRoot,
  secularRoots,
  secularWeights,
  tridiagonalSweep,
};
