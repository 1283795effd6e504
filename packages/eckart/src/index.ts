// The public surface, in the order in which one learns it.
export { Matrix, type FloatArray, type Reducible } from "./matrix/matrix.ts";
export {
  type Complex,
  type ComplexInput,
  ComplexMatrix,
  type ComplexMatrixLike,
  ComplexVector,
  type InterleavedMatrix,
} from "./matrix/complex.ts";
export type { MatrixLike, NdArrayLike, VectorLike } from "./matrix/input.ts";
export type { VectorOperand } from "./matrix/operands.ts";
export { format, formatNumber, type FormatOptions } from "./matrix/format.ts";
export { multiply } from "./matrix/product.ts";
export { add, scale, subtract, trace } from "./matrix/elementwise.ts";
export type { DType } from "./kernels/abi.ts";
export {
  ConvergenceError,
  EckartError,
  MemoryError,
  NonFiniteError,
  OptionError,
  ShapeError,
  SingularError,
  SymmetryError,
  type Part,
} from "./errors.ts";
export { lu, type Lu } from "./linalg/lu/lu.ts";
export { det, slogdet, type SignLogDet } from "./linalg/lu/determinant.ts";
export { solve } from "./linalg/solve/solve.ts";
export { inv } from "./linalg/solve/inv.ts";
export { cholesky } from "./linalg/cholesky/cholesky.ts";
export { qr, type PivotedQr, type Qr, type QrOptions } from "./linalg/qr/qr.ts";
export { svd, svdvals, type Svd, type SvdInfo, type SvdOptions, type SvdvalsOptions } from "./linalg/svd/svd.ts";
export type { SvdOut } from "./linalg/svd/out.ts";
export type { SvdMethod } from "./linalg/svd/choose.ts";
export type { ComplexSvd, ComplexSvdMethod, ComplexSvdOptions } from "./linalg/complex/svd.ts";
export { svdPlan, type SvdPlan, type SvdPlanOptions } from "./linalg/svd/plan.ts";
export { norm, type NormKind } from "./linalg/norm/norm.ts";
export { cond } from "./linalg/norm/cond.ts";
export { zeroThreshold, type Tolerance } from "./linalg/tolerance.ts";
export { rank } from "./linalg/subspaces/rank.ts";
export { nullSpace, orth } from "./linalg/subspaces/subspaces.ts";
export { pinv } from "./linalg/lstsq/pinv.ts";
export { lstsq, type LeastSquaresFit, type MatrixLeastSquares, type VectorLeastSquares } from "./linalg/lstsq/lstsq.ts";
export { polar, type Polar } from "./linalg/polar/polar.ts";
export {
  eigh,
  eigvalsh,
  type Eigh,
  type EighInfo,
  type EighOptions,
  type EigvalshOptions,
} from "./linalg/eigh/eigh.ts";
export type { EighMethod } from "./linalg/eigh/choose.ts";
export type { ComplexEigh } from "./linalg/complex/eigh.ts";
export {
  eig,
  eigvals,
  type Eig,
  type EigInfo,
  type EigOptions,
  type EigvalsOptions,
  type EigWithLeft,
} from "./linalg/eig/eig.ts";
export type { EigMethod } from "./linalg/eig/choose.ts";
export {
  eigenStructure,
  type EigenKind,
  type EigenSpace,
  type EigenStructure,
  type EigenStructureOptions,
} from "./linalg/eig/eigenStructure.ts";
export type { BackendName } from "./kernels/load.ts";
export { type Report, withProgress } from "./kernels/progress.ts";
export { setThreads, threads } from "./kernels/team/threads.ts";
export {
  truncate,
  type ComplexTruncation,
  type TruncateOptions,
  type Truncation,
  type TruncationError,
} from "./lowrank/truncate.ts";
export { reconstruct, type ComplexSvdFactors, type SvdFactors } from "./lowrank/reconstruct.ts";
export { chooseRank, type RankChoiceOptions, type RankRule } from "./lowrank/rankChoice.ts";
export { csr, type CsrLike, CsrMatrix } from "./matrix/sparse.ts";
export type { LinearOperator, OperatorLike } from "./lowrank/operator.ts";
export { svds, type Svds, type SvdsInfo, type SvdsOptions, type Which } from "./lowrank/svds.ts";
export {
  randomizedSvd,
  type RandomizedSvd,
  type RandomizedSvdInfo,
  type RandomizedSvdOptions,
} from "./lowrank/randomizedSvd.ts";
export { SvdStream, type StreamSvd, type SvdStreamOptions, type SvdStreamState } from "./lowrank/svdStream.ts";
export { PCA, type PCAOptions } from "./lowrank/pca.ts";
export { loraFactors, type LoraFactors, type LoraFactorsOptions } from "./lowrank/loraFactors.ts";
export { procrustes, type Procrustes, type ProcrustesOptions } from "./lowrank/procrustes.ts";
export { accuracy, type Accuracy, type EigAccuracy, type EigenFactors } from "./certify/accuracy.ts";
export type { EigFactors } from "./certify/eigFactors.ts";
export { certify, type Certificate, type CertifyOptions, type Enclosures } from "./certify/certify.ts";
export type { EigCertificate } from "./certify/certifyEig.ts";
export type { NormBounds } from "./certify/remainder.ts";
export type { Batch, BatchInfo } from "./batch/batch.ts";
export {
  svdBatch,
  svdvalsBatch,
  type SvdBatch,
  type SvdBatchOptions,
  type SvdvalsBatchOptions,
} from "./batch/svdBatch.ts";
export { eighBatch, type EighBatch, type EighBatchOptions } from "./batch/eighBatch.ts";
export { invBatch, type InvBatch, type InvBatchInfo, type InvBatchOptions } from "./batch/invBatch.ts";
export { Random } from "./random/random.ts";
export { numpyRandomState, type NumpyRandomState } from "./random/numpyRandomState.ts";
export { rotation, reflection, type Vector3 } from "./geometry/motions.ts";
export { classify, isOrthogonal, isSymmetric, type ClosenessOptions, type Motion } from "./geometry/classify.ts";
export {
  rotateScaleRotate,
  type RotateScaleRotate,
  type RotateScaleRotateOptions,
  type Turn,
} from "./geometry/rotateScaleRotate.ts";
export { ellipseOutline, imageOfUnitSphere, leftGram, rightGram, type Ellipsoid } from "./geometry/ellipsoid.ts";
