export type { Chapter, Circle, Figure, Film, Paint, Path, Point, Rects, Role, Shape, Text } from "./shape.ts";
export { column, percent, powerOfTen, significant, typeset } from "./numerals.ts";
export { exactRoot } from "./exactRoot.ts";
export { cumulativeEnergy, rankForEnergy, type SpectrumInput } from "./spectrumData.ts";
export { spectrum, type SpectrumOptions } from "./spectrum.ts";
export { heatCells, heatMap, type GridInput, type HeatMapOptions } from "./heatMap.ts";
export { scatter, type ScatterArrow, type ScatterFigure, type ScatterInput, type ScatterOptions } from "./scatter.ts";
export {
  mapScene,
  poseAt,
  type MapFilmInput,
  type MapScene,
  type Progress,
  type SceneOptions,
  type TurnInput,
} from "./film/mapScene.ts";
export type { Camera, Columns, Vector } from "./film/space.ts";
export { mapFilm, type MapFilmOptions } from "./film/mapFilm.ts";
export { belowFigures, besideFigures, headed, headedFilm, named } from "./compose.ts";
export { PALETTES, toAnimatedSvg, toElement, toSvg, type SvgElement, type SvgOptions } from "./svg.ts";
export { plainLine, type Line, type Span } from "./terminal/line.ts";
export { spectrumBars, type SpectrumBarsOptions } from "./terminal/bars.ts";
export { eigenvalueBars, type EigenvalueBarsOptions } from "./terminal/eigenvalueBars.ts";
export { beside, imageOfCircle, plane, type Mark, type PlaneOptions } from "./terminal/plane.ts";
export { easeInOut, timeline, type Step, type Timeline, type ToldFilm } from "./film/timeline.ts";
export { steadyFilm, type SteadyFilmOptions } from "./film/steadyFilm.ts";
export { apply, clipped, direction, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "./plane/plane.ts";
export {
  arc,
  arrow,
  axisLines,
  beyond,
  dimension,
  ellipse,
  F_STROKES,
  gridDots,
  gridLines,
  letterF,
  lineThrough,
  parallelogram,
  rightAngle,
  type ArrowOptions,
} from "./plane/marks.ts";
export { settled } from "./plane/settle.ts";
export { after, onTheWay, signedAngle, signedArea, turn } from "./plane/onTheWay.ts";
export {
  MAPPED_PLANE,
  mappedPlane,
  mappedPlaneFilm,
  mappedPlaneShapes,
  type MappedPlaneInput,
} from "./lesson/mappedPlane.ts";
export { thereAndBack, thereAndBackShapes, type ThereAndBackInput } from "./lesson/thereAndBack.ts";
export { EIGENVALUE_LINE, eigenvalueLine } from "./lesson/eigenvalueLine.ts";
export {
  COLUMNS,
  columnsPlane,
  columnsShapes,
  degrees,
  isSeenOpen,
  PAIR,
  pairPlane,
  pairShapes,
  seen,
  seenAt,
  SHADOW,
  shadowPlane,
  shadowShapes,
  type ColumnsInput,
  type PairInput,
  type ShadowInput,
} from "./lesson/orthogonal.ts";
export {
  besidePlane,
  DIAL,
  dialPlane,
  MIRROR_HANDLE,
  mirrorDial,
  movedPair,
  rotationDial,
  TWO_MOTIONS,
  twoMotions,
  twoMotionsShapes,
} from "./lesson/motions.ts";
export {
  EIGEN_HUNT,
  eigenHuntPlane,
  eigenHuntShapes,
  nearestLine,
  type EigenHuntInput,
  type EigenLine,
} from "./lesson/eigenHunt.ts";
export {
  onMap,
  snappedDeterminant,
  TRACE_DETERMINANT,
  traceDeterminantPlane,
  traceDeterminantShapes,
  withTraceAndDeterminant,
} from "./lesson/traceDeterminant.ts";
export {
  EIGEN_FRAME,
  eigenFramePlane,
  eigenFrameShapes,
  imageReach,
  type EigenFrameInput,
} from "./lesson/eigenFrame.ts";
export {
  spectralFilm,
  spectralPlane,
  stretchedAt,
  stretchFilm,
  type StretchFilmOptions,
  type SymmetricMap,
} from "./lesson/spectralFilm.ts";
export { LENGTHS, lengthsPlane, lengthsShapes, type LengthsInput } from "./lesson/lengths.ts";
export {
  SVD_CHAPTERS,
  SVD_FILM,
  svdFilm,
  svdPlane,
  svdProgress,
  svdReach,
  unwound,
  type SvdFilmOptions,
} from "./lesson/svdFilm.ts";
export {
  SWEEP_CURVE,
  SWEEP_PANE,
  sweepAxes,
  sweepCurveShapes,
  sweepInputShapes,
  sweepOutputShapes,
  sweepPlane,
  type SweepInput,
} from "./lesson/sweep.ts";
export {
  FACTORS,
  factorsShapes,
  SPECTRA,
  spectraShapes,
  TILE,
  tileShapes,
  type FactorsInput,
  type Series,
} from "./lesson/lowRank.ts";
