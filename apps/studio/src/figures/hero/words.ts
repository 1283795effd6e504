import { exactRoot } from "@eckart/views";
import type { RotateScaleRotate } from "eckart";
import { num, short } from "../../controls/controls.tsx";

/** A singular value as the captions print it: exactly where it is the root of a fraction. */
export function valueOf(A: readonly (readonly number[])[], sigma: number): string {
  const exact = exactRoot(A, sigma);
  if (exact === undefined) return num(sigma);
  return exact.includes("√") ? `${num(sigma)} (exactly ${exact})` : exact;
}

/** What the determinant says of a square map, with the sign in words. */
export function orientation(determinant: number, { reflects, singular }: RotateScaleRotate, space: boolean): string {
  if (singular) return "det A = 0: orientation is lost";
  const mark = space ? "screw" : "F";
  return reflects
    ? `det A = ${short(determinant)} < 0: orientation is reversed, the ${mark} is mirrored`
    : `det A = ${short(determinant)} > 0: orientation is kept`;
}

/** What about the picture is a choice, in words. */
export function freedom({ s, repeated, singular, U, V }: RotateScaleRotate): string[] {
  const k = s.length;
  const equal = (i: number): boolean => s[0]! > 0 && s[i]! - s[i + 1]! <= 1e-12 * s[0]!;
  const pairs = [0, 1].filter((i) => i + 1 < k && equal(i) && repeated);
  const said: string[] = [];
  if (s[0] === 0) said.push("A = 0: everything goes to the origin, and any directions work.");
  else if (pairs.length === k - 1)
    said.push(`${Array.from(s, (_, i) => `σ${"₁₂₃"[i]}`).join(" = ")}: any direction works as v₁; one is drawn.`);
  else if (pairs.length === 1) {
    const [i] = pairs as [number];
    said.push(`σ${"₁₂₃"[i]} = σ${"₁₂₃"[i + 1]}: any direction of their plane works.`);
  }
  if (singular && s[0]! > 0)
    said.push(`σ${"₁₂₃"[k - 1]} = 0: v${"₁₂₃"[k - 1]} goes to 0, and u${"₁₂₃"[k - 1]} is a free choice.`);
  if (V.rows > k) said.push(`No value is left for v${"₁₂₃"[k]}: it goes to 0.`);
  if (U.rows > k) said.push(`No value is left for u${"₁₂₃"[k]}: nothing arrives there.`);
  return said;
}
