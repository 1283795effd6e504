export { PRECISION, precisionOf, type Dtype, type Precision } from "./precision.ts";
export { Random } from "./random.ts";
export type { GalleryMatrix, MatrixData, Tag } from "./matrixData.ts";
export { BLOCK_SIZES, SHAPES, orders, shapes, type Shape } from "./gallery/shapes.ts";
export { gallery } from "./gallery/general.ts";
export { positiveDefiniteGallery, symmetricGallery } from "./gallery/symmetric.ts";
export { landmarks } from "./gallery/landmarks.ts";
export { nonFiniteMatrices, signMatrices, subnormalMatrices, type NonFiniteMatrix } from "./gallery/small.ts";
export { layouts, type StridedView } from "./gallery/layouts.ts";
export {
  choleskyResidual,
  eigenResidual,
  inverseResidual,
  leastSquaresResidual,
  luResidual,
  orthogonality,
  productResidual,
  qrResidual,
  residual,
  solveResidual,
} from "./measures/residual.ts";
export { absoluteRatio, ascending, order, relativeRatio } from "./measures/values.ts";
export { sturmCount, sturmRatio } from "./measures/sturm.ts";
export { Measured } from "./measures/measured.ts";
export {
  determinantFixtures,
  eigenvalueFixtures,
  singularValueFixtures,
  type DeterminantFixture,
  type EigenvalueFixture,
  type SingularValueFixture,
} from "./fixtures/load.ts";
