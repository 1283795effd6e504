import type { Matrix } from "eckart";
import type { ComponentChildren, VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { NumberField } from "../controls/controls.tsx";
import { FileInput } from "../files/FileInput.tsx";
import { parseMatrixText } from "../matrixText/matrixText.ts";
import { CopyMenu } from "./CopyMenu.tsx";
import { PRESETS } from "./presets.ts";
import { asText, EDITED, isEditable, resized, type MatrixSubject, type Subject } from "./subject.ts";

/** Matrices of more entries are not written out as text. */
const WRITTEN = 4000;

interface SourceProps {
  readonly id: string;
  readonly subject: Subject;
  /** The preset that is on the bench, as it was. */
  readonly preset: string | undefined;
  readonly fault: string;
  /** A file is being read. */
  readonly reading: string | undefined;
  readonly onPreset: (id: string) => void;
  readonly onRows: (rows: number[][]) => void;
  readonly onFile: (file: File, entry?: string) => void;
  readonly onStop: () => void;
  /** What stands at its end. */
  readonly children?: ComponentChildren;
}

/** Where the matrix comes from: an example, the keyboard, the clipboard, a file. */
export function Source(props: SourceProps): VNode {
  const { id, subject, preset, fault, reading, onPreset, onRows, onFile, onStop, children } = props;
  return (
    <section class="source" aria-labelledby={`${id}-source`}>
      <h2 id={`${id}-source`}>{subject.kind === "matrix" ? "Matrix A" : "Picture"}</h2>
      <label class="examples">
        <span>Example</span>
        <select
          value={preset ?? ""}
          onChange={({ currentTarget: { value } }) => {
            if (value !== "") onPreset(value);
          }}
        >
          <option value="" disabled>
            your own
          </option>
          {PRESETS.map(([group, presets]) => (
            <optgroup key={group} label={group}>
              {presets.map(({ id: one, name }) => (
                <option key={one} value={one}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <div class="open">
        <FileInput id={`${id}-file`} label="Open a file" onFile={(file) => onFile(file)} />
        <p class="about">
          or drop it anywhere, or paste: CSV, NPY, NPZ, Matrix Market, JSON, safetensors, Parquet, PNG, JPEG. It stays
          on your device.
        </p>
      </div>
      {reading !== undefined && (
        <p class="about" role="status">
          {`Reading ${reading} … `}
          <button type="button" onClick={onStop}>
            Stop
          </button>
        </p>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
      {subject.kind === "matrix" && <Entries id={id} subject={subject} onRows={onRows} onFile={onFile} />}
      {children}
    </section>
  );
}

interface EntriesProps {
  readonly id: string;
  readonly subject: MatrixSubject;
  readonly onRows: (rows: number[][]) => void;
  readonly onFile: (file: File, entry?: string) => void;
}

function Entries({ id, subject, onRows, onFile }: EntriesProps): VNode {
  const { A, name, notes, file, arrays, entry } = subject;
  return (
    <>
      {file && arrays.length > 1 && (
        <label class="examples">
          <span>Array</span>
          <select value={entry ?? ""} onChange={(event) => onFile(file, event.currentTarget.value)}>
            {arrays.map((one) => (
              <option key={one.name} value={one.name}>
                {`${one.name} · ${one.shape.join(" × ")}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {file && <p class="about">{`${name} · ${A.rows} × ${A.cols} · ${A.dtype === "f32" ? "float32" : "float64"}`}</p>}
      {notes.length > 0 && (
        <ul class="about notes">
          {notes.slice(0, 6).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {isEditable(A) ? (
        <Grid id={id} A={A} onRows={onRows} />
      ) : (
        <p class="about">{`${A.rows} rows, ${A.cols} columns, ${A.rows * A.cols} entries: too many to type one by one.`}</p>
      )}
      {A.rows * A.cols <= WRITTEN && <AsText id={id} A={A} onRows={onRows} />}
      <div class="controls">
        <button type="button" onClick={() => onRows(A.T.toArray())} disabled={A.rows * A.cols > WRITTEN * 25}>
          Transpose
        </button>
        <CopyMenu id={`${id}-A`} name="A" value={A} />
      </div>
    </>
  );
}

interface GridProps {
  readonly id: string;
  readonly A: Matrix;
  readonly onRows: (rows: number[][]) => void;
}

/** The entries one by one; a block that is pasted into one of them takes the place of the matrix. */
function Grid({ id, A, onRows }: GridProps): VNode {
  const rows = A.toArray();
  const size = (what: string, value: number, most: number, set: (n: number) => void): VNode => (
    <span class="stepper" role="group" aria-label={what}>
      <span aria-hidden="true">{what}</span>
      <button type="button" aria-label={`fewer ${what}`} disabled={value <= 1} onClick={() => set(value - 1)}>
        −
      </button>
      <span class="num">{String(value)}</span>
      <button type="button" aria-label={`more ${what}`} disabled={value >= most} onClick={() => set(value + 1)}>
        +
      </button>
    </span>
  );
  return (
    <>
      <div class="sizes">
        {size("rows", A.rows, EDITED.rows, (m) => onRows(resized(A, m, A.cols)))}
        {size("columns", A.cols, EDITED.cols, (n) => onRows(resized(A, A.rows, n)))}
      </div>
      <div
        class="grid-scroll"
        role="group"
        aria-label="entries of A"
        onPaste={(event) => {
          const text = event.clipboardData?.getData("text") ?? "";
          if (!/[\s,;&]/.test(text.trim())) return;
          try {
            const pasted = parseMatrixText(text);
            event.preventDefault();
            onRows(pasted);
          } catch {
            // It is for the field alone, which says what is wrong with it.
          }
        }}
      >
        <div class="brackets" style={{ gridTemplateColumns: `repeat(${A.cols}, auto)` }}>
          {rows.flatMap((row, i) =>
            row.map((entry, j) => (
              <NumberField
                key={`${id} ${i} ${j}`}
                label={`A, row ${i + 1}, column ${j + 1}`}
                value={entry}
                limit={Number.MAX_VALUE}
                onChange={(value) => onRows(rows.map((r, k) => r.map((x, l) => (k === i && l === j ? value : x))))}
              />
            )),
          )}
        </div>
      </div>
    </>
  );
}

/** The matrix as text: what is typed or pasted here is read at once, from a spreadsheet, NumPy, LaTeX or MATLAB. */
function AsText({ id, A, onRows }: GridProps): VNode {
  const [text, setText] = useState<string | undefined>(undefined);
  const [fault, setFault] = useState("");
  const own = useMemo(() => asText(A), [A]);
  const read = (next: string): void => {
    setText(next);
    if (next.trim() === "") {
      setFault("");
      return;
    }
    try {
      onRows(parseMatrixText(next));
      setFault("");
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <details class="as-text" open={!isEditable(A)}>
      <summary>As text</summary>
      <label for={`${id}-text`}>Rows, as a spreadsheet, NumPy, LaTeX or MATLAB has them</label>
      <textarea
        id={`${id}-text`}
        rows={Math.min(Math.max(A.rows, 3), 8)}
        spellcheck={false}
        autocomplete="off"
        value={text ?? own}
        aria-invalid={fault !== ""}
        aria-describedby={`${id}-text-fault`}
        onInput={(event) => read(event.currentTarget.value)}
        onBlur={() => {
          if (fault === "") setText(undefined);
        }}
      />
      <p id={`${id}-text-fault`} class="fault" role="status">
        {fault}
      </p>
    </details>
  );
}
