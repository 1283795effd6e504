import type { Rows2 } from "@eckart/views";
import type { VNode } from "preact";
import { formatMatrix } from "../../address/address.ts";
import { MatrixField } from "../../controls/controls.tsx";
import { SYMMETRIC_PRESETS } from "./answers.ts";

interface Props {
  readonly S: Rows2;
  readonly onChange: (S: Rows2) => void;
}

/** A symmetric 2 × 2 matrix: whoever types one of the two mirrored entries types both. */
export function SymmetricField({ S, onChange }: Props): VNode {
  const [[, b]] = S;
  return (
    <>
      <MatrixField
        name="S"
        mark="symmetric"
        rows={S}
        onChange={(rows) => {
          const [[p, q], [r, s]] = rows as unknown as Rows2;
          const both = q === b ? r : q;
          onChange([[p, both], [both, s]]); // oxfmt-ignore
        }}
      />
      <SymmetricPresets S={S} onChange={onChange} />
    </>
  );
}

/** The symmetric matrices that tell something, as buttons. */
export function SymmetricPresets({ S, onChange }: Props): VNode {
  return (
    <div class="presets" role="group" aria-label="Symmetric matrices to try">
      {SYMMETRIC_PRESETS.map(([name, rows]) => (
        <button
          type="button"
          key={name}
          class="quiet"
          aria-pressed={formatMatrix(rows) === formatMatrix(S)}
          onClick={() => onChange(rows)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** A matrix of an address that is symmetric. */
export function symmetricOf(rows: number[][] | undefined): Rows2 | undefined {
  return rows && rows[0]![1] === rows[1]![0] ? (rows as unknown as Rows2) : undefined;
}
