export type { Chapter, Circle, Figure, Film, Paint, Path, Point, Rects, Role, Shape, Text } from "./shape.ts";
export { column, percent, powerOfTen, significant, typeset } from "./numerals.ts";
export { cumulativeEnergy, rankForEnergy, type SpectrumInput } from "./spectrumData.ts";
export { spectrum, type SpectrumOptions } from "./spectrum.ts";
export { heatMap, type GridInput, type HeatMapOptions } from "./heatMap.ts";
export { mapFilm, type MapFilmInput, type MapFilmOptions, type TurnInput } from "./film/mapFilm.ts";
export { toAnimatedSvg, toElement, toSvg, type SvgElement } from "./svg.ts";
export { plainLine, type Line, type Span } from "./terminal/line.ts";
export { spectrumBars, type SpectrumBarsOptions } from "./terminal/bars.ts";
export { eigenvalueBars, type EigenvalueBarsOptions } from "./terminal/eigenvalueBars.ts";
export { beside, imageOfCircle, plane, type Mark, type PlaneOptions } from "./terminal/plane.ts";
export { easeInOut, timeline, type Step, type Timeline } from "./film/timeline.ts";
export { apply, clipped, direction, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "./plane/plane.ts";
export {
  arc,
  arrow,
  axisLines,
  beyond,
  ellipse,
  gridDots,
  gridLines,
  letterF,
  lineThrough,
  parallelogram,
  rightAngle,
  type ArrowOptions,
} from "./plane/marks.ts";
export { settled } from "./plane/settle.ts";
export { MAPPED_PLANE, mappedPlane, mappedPlaneShapes, type MappedPlaneInput } from "./lesson/mappedPlane.ts";
