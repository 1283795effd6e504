import { powerOfTen, typeset } from "./numerals.ts";

/** A map from values to figure units, with the marks that label its axis. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly position: number; readonly label: string }[];
}

/** A step of 1, 2 or 5 times a power of ten that cuts `span` into at most `count` parts. */
export function niceStep(span: number, count: number): number {
  const raw = span / count;
  const unit = 10 ** Math.max(Math.floor(Math.log10(raw)), -323);
  return unit * ([1, 2, 5].find((multiple) => multiple * unit >= raw) ?? 10);
}

/** Linear from 0 at `from` to `largest` at `to`, the ticks at round values. */
export function linearScale(largest: number, from: number, to: number): Scale {
  const top = largest > 0 ? largest : 1;
  const at = (value: number): number => from + (value / top) * (to - from);
  const step = niceStep(top, 5);
  const ticks = [];
  for (let i = 0; i * step <= top; i++) ticks.push({ position: at(i * step), label: axisLabel(i * step) });
  return { at, ticks };
}

/** Logarithmic over the whole decades that hold [smallest, largest], both positive; the ticks at powers of ten. */
export function logScale(smallest: number, largest: number, from: number, to: number): Scale {
  const bottom = Math.floor(Math.log10(smallest));
  const top = Math.max(Math.ceil(Math.log10(largest)), bottom + 1);
  const atPower = (power: number): number => from + ((power - bottom) / (top - bottom)) * (to - from);
  const step = Math.max(1, niceStep(top - bottom, 6));
  const ticks = [];
  for (let power = Math.ceil(bottom / step) * step; power <= top; power += step)
    ticks.push({ position: atPower(power), label: powerOfTen(power) });
  return { at: (value) => atPower(Math.log10(value)), ticks };
}

function axisLabel(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const plain = rounded === 0 || (rounded >= 1e-4 && rounded < 1e6);
  return plain ? String(rounded) : typeset(rounded.toExponential());
}
