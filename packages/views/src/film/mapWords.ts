import { significant, typeset } from "../numerals.ts";
import type { MapScene, TurnInput } from "./mapScene.ts";

/** What is said of every step; `mirror` only where there is one. */
export interface MapWords {
  readonly begin: string;
  readonly first: string;
  readonly scale: string;
  readonly mirror: string | undefined;
  readonly last: string;
}

/** The words of every step, with the numbers of the map. */
export function mapWords(scene: MapScene): MapWords {
  const { first, s, last, reflects, repeated, singular, n, m, shrink } = scene;
  const list = (letter: string, count: number): string =>
    ["₁", "₂", "₃"]
      .slice(0, count)
      .map((sub) => letter + sub)
      .join(", ")
      .replace(/, (\S+)$/, " and $1");
  const body = n === 2 ? "circle" : "sphere";
  const values = Array.from(s, (sigma, i) => `σ${"₁₂₃"[i]} = ${value(sigma)}`).join(", ");
  const all = repeated && s[0]! - s[s.length - 1]! <= 1e-12 * s[0]!;
  const remarks = [
    repeated && s[0]! > 0
      ? all
        ? "All directions are stretched alike: any axes would do."
        : "Two values are equal: within their plane any axes would do."
      : "",
    n > m ? "A direction without a value is lost." : "",
    singular ? `What has the value 0 is lost, and u${"₁₂₃"[Math.min(m, n) - 1]} is a free choice.` : "",
    n < m ? "The plane lies in space now." : "",
    shrink === 1 ? "" : `From here on 1 stands for ${typeset(String(shrink))}.`,
  ];
  const stretch = ["Σ stretches along the axes:", `${values}.`, ...remarks].filter((part) => part !== "").join(" ");
  const kept = Array.from(s).filter((sigma, i) => sigma > 0 && !(singular && i === s.length - 1)).length;
  const bodies = all ? ["a point", "", "a circle", "a sphere"] : ["a point", "a segment", "an ellipse", "an ellipsoid"];
  const became = bodies[kept]!;
  const halfAxes =
    kept === 0 ? "" : ` with the half-ax${kept === 1 ? "is" : "es"} ${list("σ", kept).replace(/σ(.)/g, "σ$1u$1")}`;
  const arrived = `The ${body} has become ${became}${halfAxes}.`;
  const mirrored =
    m === 2
      ? "U reflects, since det A < 0: the plane turns over about the first axis, through the third dimension, and F reads backwards."
      : "U reflects, since det A < 0: the third axis passes through its mirror, which no turn of space can do; the screw becomes left-handed.";
  return {
    begin: `The unit ${body} with ${list("v", n)}, ${n === 2 ? "two" : "three"} directions at right angles that stay so under A.`,
    first: `Vᵀ turns ${list("v", n)} onto the axes: ${described(first)}.`,
    scale: stretch,
    mirror: reflects ? mirrored : undefined,
    last: `U turns the axes onto ${list("u", Math.min(m, n))}: ${described(last)}. ${arrived}`,
  };
}

/** Four significant figures; fewer where they are all there is. */
function value(sigma: number): string {
  const rounded = Number(sigma.toPrecision(4));
  return typeset(Math.abs(rounded - sigma) <= 1e-14 * sigma ? String(rounded) : significant(sigma));
}

function described({ angle, axis }: TurnInput): string {
  const degrees = (shortest(angle) * 180) / Math.PI;
  const size = `${typeset(String(Number(Math.abs(degrees).toFixed(1))))}°`;
  if (Math.abs(degrees) < 0.05) return "they lie there already";
  if (!axis) return `by ${size} ${degrees > 0 ? "counterclockwise" : "clockwise"}`;
  const sign = degrees > 0 ? 1 : -1;
  const about = axis.map((x) => typeset(String(Number((sign * x).toFixed(2)) + 0))).join(", ");
  return `by ${size} about (${about})`;
}

/** The same turn by at most half a circle. */
export function shortest(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
