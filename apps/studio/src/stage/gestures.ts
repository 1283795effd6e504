import type { Point } from "@eckart/views";

/** Where a pointer is, in the units of the figure that an SVG element shows. */
export function figurePoint(svg: SVGSVGElement, event: { clientX: number; clientY: number }): Point {
  const matrix = svg.getScreenCTM();
  if (!matrix) return [0, 0];
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return [x, y];
}

/** The direction of an arrow key, y up, or nothing for other keys. */
export function arrowKey(key: string): readonly [dx: number, dy: number] | undefined {
  switch (key) {
    case "ArrowRight":
      return [1, 0];
    case "ArrowLeft":
      return [-1, 0];
    case "ArrowUp":
      return [0, 1];
    case "ArrowDown":
      return [0, -1];
    default:
      return undefined;
  }
}
