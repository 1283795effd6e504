import type { Path, Point, Shape, Text } from "../shape.ts";
import { textWidth } from "./marks.ts";
import type { Plane } from "./plane.ts";

/** Left, top, right, bottom. */
type Box = readonly [number, number, number, number];

/** The radius of a handle's ring. */
const RING = 9;

/** The eight directions in which a label may move, and staying. */
const WAYS: readonly Point[] = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => [
  Math.cos((k * Math.PI) / 4),
  Math.sin((k * Math.PI) / 4),
]);

/**
 * The same shapes with their texts moved so that none lies on another, on a strong line, or outside of the frame. Each
 * text in turn takes the first free place, near before far; where there is none it stays. Handles that stand at points of
 * the figure are kept free too. Texts in the order of their importance; cost: texts × 25 places × what is near.
 */
export function settled(
  shapes: readonly Shape[],
  [left, top, width, height]: Plane["box"],
  handles: readonly Point[] = [],
): Shape[] {
  const lines = shapes.filter(isStrong).map(({ points }) => points);
  const taken: Box[] = handles.map(([x, y]) => [x - RING, y - RING, x + RING, y + RING]);
  return shapes.map((shape) => {
    if (shape.kind !== "text" || shape.opacity === 0) return shape;
    const candidates = [shape, ...[10, 20, 32].flatMap((far) => WAYS.map((way) => moved(shape, way, far)))].map(
      (text) => within(text, [left, top, left + width, top + height]),
    );
    const free = candidates.find((text) => {
      const box = boxOf(text);
      return !taken.some((other) => overlap(box, other)) && !lines.some((points) => crosses(points, box));
    });
    const chosen = free ?? candidates[0]!;
    taken.push(boxOf(chosen));
    return chosen;
  });
}

function isStrong(shape: Shape): shape is Path {
  return (
    shape.kind === "path" &&
    shape.stroke !== undefined &&
    !shape.cubic &&
    (shape.width ?? 1) >= 2 &&
    shape.opacity !== 0
  );
}

function moved(text: Text, [dx, dy]: Point, far: number): Text {
  return { ...text, x: text.x + dx * (far + textWidth(text.text, text.size ?? 13) / 4), y: text.y + dy * far };
}

function boxOf({ x, y, text, size = 13, anchor = "start" }: Text): Box {
  const width = textWidth(text, size);
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return [left, y - 0.75 * size, left + width, y + 0.2 * size];
}

function within(text: Text, [left, top, right, bottom]: Box): Text {
  const box = boxOf(text);
  const dx = Math.max(0, left - box[0]) - Math.max(0, box[2] - right);
  const dy = Math.max(0, top - box[1]) - Math.max(0, box[3] - bottom);
  return dx === 0 && dy === 0 ? text : { ...text, x: text.x + dx, y: text.y + dy };
}

const overlap = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Whether a chain of segments passes through a box, looked at every few units. */
function crosses(points: readonly Point[], [left, top, right, bottom]: Box): boolean {
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1]!, points[i]!];
    const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 5);
    for (let k = 0; k <= steps; k++) {
      const [x, y] = [x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps];
      if (x > left && x < right && y > top && y < bottom) return true;
    }
  }
  return false;
}
