import { textWidth } from "../plane/marks.ts";
import { significant, typeset } from "../numerals.ts";
import { niceStep } from "../scale.ts";
import type { Shape } from "../shape.ts";

/** The size of the picture, in figure units. */
export const EIGENVALUE_LINE: { readonly width: number; readonly height: number } = { width: 440, height: 120 };

const MARGIN = 30;
const AXIS = 70;

/** Real numbers as ticks on a line with 0, each with its name and place: λ₁ is the largest. Values in descending order. */
export function eigenvalueLine(values: readonly number[]): Shape[] {
  const { width } = EIGENVALUE_LINE;
  const largest = Math.max(...values.map(Math.abs));
  const step = niceStep(Math.max(2 * largest, 1e-9), 5);
  const end = step * Math.ceil(largest / step + 1e-9);
  const at = (value: number): number => width / 2 + (value / end) * (width / 2 - MARGIN);
  const ticks = Array.from({ length: 2 * Math.round(end / step) + 1 }, (_, i) => (i - Math.round(end / step)) * step);
  const names = apart(values.map(at), textWidth("λ₁", 20) + 6);
  return [
    { kind: "path", points: [[at(-end), AXIS], [at(end), AXIS]], stroke: "muted", width: 1 }, // oxfmt-ignore
    ...ticks.flatMap((value): Shape[] => [
      { kind: "path", points: [[at(value), AXIS], [at(value), AXIS + 6]], stroke: "muted", width: 1 }, // oxfmt-ignore
      {
        kind: "text",
        x: at(value),
        y: AXIS + 28,
        anchor: "middle",
        size: 17,
        text: typeset(significant(Number(value.toPrecision(6)), 3)),
        fill: "muted",
      },
    ]),
    ...values.flatMap((value, i): Shape[] => [
      { kind: "path", points: [[at(value), AXIS], [at(value), AXIS - 26]], stroke: "lambda", width: 3, mark: `l${i + 1}` }, // oxfmt-ignore
      {
        kind: "text",
        x: names[i]!,
        y: AXIS - 34,
        anchor: "middle",
        size: 20,
        italic: true,
        text: `λ${"₁₂₃₄"[i]}`,
        fill: "lambda",
        mark: `l${i + 1}`,
      },
    ]),
  ];
}

/** Descending places moved apart until each is `room` from the next, as little as may be, their order kept. */
function apart(places: readonly number[], room: number): number[] {
  const groups = places.map((place) => ({ middle: place, count: 1 }));
  for (let i = 1; i < groups.length;) {
    const [a, b] = [groups[i - 1]!, groups[i]!];
    if (a.middle - b.middle >= ((a.count + b.count) / 2) * room) {
      i++;
      continue;
    }
    const count = a.count + b.count;
    groups.splice(i - 1, 2, { middle: (a.count * a.middle + b.count * b.middle) / count, count });
    i = Math.max(1, i - 1);
  }
  return groups.flatMap(({ middle, count }) =>
    Array.from({ length: count }, (_, k) => middle + ((count - 1) / 2 - k) * room),
  );
}
