import { significant, typeset } from "@eckart/views";
import type { VNode } from "preact";
import { useState } from "preact/hooks";

/** A number as the page prints it: four significant figures, a true minus. */
export const num = (x: number, digits = 4): string => typeset(significant(Math.abs(x) < 1e-12 ? 0 : x, digits));

/** An entry or a coordinate: at most four significant figures, and no zeros behind them. */
export const short = (x: number): string => typeset(String(Math.abs(x) < 1e-12 ? 0 : Number(x.toPrecision(4))));

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly step?: number;
  readonly limit?: number;
  readonly mark?: string;
  readonly lit?: boolean | undefined;
}

/** A number that is typed; what is not a number in range is said beside it and changes nothing. */
export function NumberField({ label, value, onChange, step = 0.1, limit = 1e6, mark, lit }: NumberFieldProps): VNode {
  const [text, setText] = useState<string | undefined>(undefined);
  const shown = text ?? fitting(value);
  const valid = Math.abs(parsed(shown)) <= limit;
  const set = (next: string): void => {
    setText(next);
    const number = parsed(next);
    if (Math.abs(number) <= limit) onChange(number);
  };
  return (
    <input
      class={lit ? "number on" : "number"}
      inputMode="decimal"
      autocomplete="off"
      aria-label={label}
      aria-invalid={!valid}
      data-mark={mark}
      value={shown}
      onInput={(event) => set(event.currentTarget.value)}
      onBlur={() => setText(undefined)}
      onKeyDown={(event) => {
        const way = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
        if (way === 0) return;
        event.preventDefault();
        setText(undefined);
        onChange(Number((value + way * (event.shiftKey ? step / 10 : step)).toFixed(10)));
      }}
    />
  );
}

/** A number that fits into its field: six significant figures, or four where they are too long. */
function fitting(value: number): string {
  const text = String(Number(value.toPrecision(6)));
  return (text.length > 7 ? String(Number(value.toPrecision(4))) : text).replaceAll("-", "−");
}

/** The number that is meant by what is typed; NaN where it is none. */
const parsed = (text: string): number =>
  text.trim() === "" ? NaN : Number(text.replaceAll("−", "-").replace(",", "."));

interface MatrixFieldProps {
  /** The name of the matrix, as in "A". */
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly onChange: (rows: number[][]) => void;
  readonly mark?: string;
  /** The entries that stand out at the moment. */
  readonly lit?: (i: number, j: number) => boolean;
}

/** A matrix between brackets whose entries are typed; the arrow keys up and down count. */
export function MatrixField({ name, rows, onChange, mark, lit }: MatrixFieldProps): VNode {
  return (
    <div class="matrix-field" role="group" aria-label={`matrix ${name}`} data-mark={mark}>
      <span class="matrix-name" aria-hidden="true">
        {name} =
      </span>
      <div class="brackets" style={{ gridTemplateColumns: `repeat(${rows[0]?.length ?? 0}, auto)` }}>
        {rows.flatMap((row, i) =>
          row.map((entry, j) => (
            <NumberField
              key={`${i} ${j}`}
              label={`${name}, row ${i + 1}, column ${j + 1}`}
              value={entry}
              lit={lit?.(i, j)}
              onChange={(value) => onChange(rows.map((r, k) => r.map((x, l) => (k === i && l === j ? value : x))))}
            />
          )),
        )}
      </div>
    </div>
  );
}

interface SliderProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The value in words, for the eye and the ear. */
  readonly text: string;
  readonly mark?: string;
}

/** A slider with its name before it and its value behind it. */
export function Slider({ id, label, value, min, max, step, onChange, text, mark }: SliderProps): VNode {
  return (
    <div class="slider" data-mark={mark}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <output for={id} class="num">
        {text}
      </output>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly onChange: (value: T) => void;
}

/** One of a few: native radio buttons in a row. */
export function Choice<T extends string>({ id, label, value, options, onChange }: ChoiceProps<T>): VNode {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={id} value={option} checked={option === value} onChange={() => onChange(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Something that is shown or not. */
export function Toggle({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean;
  onChange: (on: boolean) => void;
}): VNode {
  return (
    <label class="toggle">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
