import { cumulativeEnergy, SPECTRA, spectraShapes, type Figure as Picture, type Series } from "@eckart/views";
import { add, Matrix, multiply, norm, numpyRandomState, scale, svdvals, type FloatArray } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { parseNumber } from "../../address/address.ts";
import { Choice, num, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { Stage } from "../../stage/Stage.tsx";

const NAMES = { gaussian: "random numbers", low: "rank 4, with noise", own: "your matrix" } as const;
type Name = keyof typeof NAMES;

/** What a spectrum says about keeping r values. */
interface Spectrum {
  readonly s: FloatArray;
  readonly rows: number;
  readonly cols: number;
}

/** 64 × 64 numbers without any structure, as the lesson's cell draws them. */
function gaussian(): Matrix {
  return scale(numpyRandomState(42).randn(64, 64), 0.01);
}

/** An update that really has four directions, and a tenth of noise. */
function lowRank(): Matrix {
  const random = numpyRandomState(42);
  const [B, A, N] = [random.randn(64, 4), random.randn(4, 64), random.randn(64, 64)];
  return add(scale(multiply(B, A), 0.005), scale(N, 0.001));
}

const spectrumOf = (W: Matrix): Spectrum => ({ s: svdvals(W), rows: W.rows, cols: W.cols });

/** Spectra of a random update, of one that is nearly of low rank, and of the reader's own matrix, with what each rank costs. */
export function Updates({ id }: { id: string }): VNode {
  const [r, setR] = useState(8);
  const [of, setOf] = useState<Name>("gaussian");
  const [own, setOwn] = useState<Spectrum | undefined>(undefined);
  const [fault, setFault] = useState("");
  const given = useMemo(() => ({ gaussian: spectrumOf(gaussian()), low: spectrumOf(lowRank()) }), []);
  useAddress(id, (fields) => {
    const rank = parseNumber(fields.get("r"), 1, 64);
    if (rank !== undefined) setR(Math.round(rank));
    const name = fields.get("of");
    if (name === "gaussian" || name === "low") setOf(name);
  });
  const read = async (text: string): Promise<void> => {
    if (text.trim() === "") return;
    try {
      const { parseMatrixText } = await import("../../matrixText/matrixText.ts");
      const W = Matrix.from(parseMatrixText(text));
      if (Math.min(W.rows, W.cols) < 2) throw new Error("It needs two rows and two columns at least.");
      if (W.rows * W.cols > 1e6) throw new Error("More than a million entries: use the workbench for them.");
      if (norm(W) === 0) throw new Error("All its entries are zero.");
      setOwn(spectrumOf(W));
      setOf("own");
      setFault("");
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const all: Partial<Record<Name, Spectrum>> = { ...given, ...(own ? { own } : {}) };
  const series: Series[] = [
    { name: NAMES.gaussian, values: [...given.gaussian.s], role: "ink" },
    { name: NAMES.low, values: [...given.low.s], role: "sigma" },
    ...(own ? [{ name: NAMES.own, values: [...own.s], role: "lambda", dash: [7, 4] } as const] : []),
  ];
  const { s, rows, cols } = all[of] ?? given.gaussian;
  const energy = cumulativeEnergy(s);
  const most = s.length;
  const rank = Math.min(r, most);
  const rest = (k: number): number => (k >= most ? 0 : Math.sqrt(1 - energy[k - 1]!));
  const share = (k: number): string => `${num((100 * k * (rows + cols)) / (rows * cols), 4)} %`;
  const kept = `${(100 * energy[rank - 1]!).toFixed(1)} %`;
  const picture: Picture = {
    ...SPECTRA,
    title: "Singular values of updates",
    description: `${series.map(({ name }) => name).join(", ")}, each divided by its largest value. ${NAMES[of]}: rank ${rank} keeps ${kept} of the energy.`,
    shapes: spectraShapes(series, rank),
  };
  return (
    <Figure
      id={id}
      island="updates"
      span="middle"
      fields={() => ({ r: String(rank), of: of === "own" ? "gaussian" : of })}
      saved={{ picture: () => picture }}
      caption={
        <>
          {`For ${NAMES[of]}, rank ${rank} keeps `}
          <span class="num">{kept}</span> of the energy and misses the matrix by{" "}
          <span class="num">{`${(100 * rest(rank)).toFixed(1)} %`}</span> of its norm.
        </>
      }
    >
      <Stage id={`${id}-stage`} {...picture} />
      <div class="controls">
        <Slider
          id={`${id}-r`}
          label="rank r"
          value={rank}
          min={1}
          max={most}
          step={1}
          onChange={setR}
          text={String(rank)}
        />
        <Choice
          id={`${id}-of`}
          label="Table of"
          value={of}
          options={(Object.keys(all) as Name[]).map((name) => [name, NAMES[name]] as const)}
          onChange={setOf}
        />
      </div>
      <div class="scroll">
        <table>
          <caption class="hidden-text">What each rank keeps and costs, for {NAMES[of]}</caption>
          <thead>
            <tr>
              <th scope="col">rank</th>
              <th scope="col">relative error</th>
              <th scope="col">energy kept</th>
              <th scope="col">numbers in B and A</th>
              <th scope="col">share of ΔW</th>
            </tr>
          </thead>
          <tbody>
            {[1, 2, 4, 8, 16, 32]
              .filter((k) => k <= most)
              .map((k) => (
                <tr key={k}>
                  <th scope="row">{String(k)}</th>
                  <td>{rest(k).toFixed(4)}</td>
                  <td>{`${(100 * energy[k - 1]!).toFixed(1)} %`}</td>
                  <td>{String(k * (rows + cols))}</td>
                  <td>{share(k)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <details class="own">
        <summary>Your own matrix beside them</summary>
        <label for={`${id}-own`}>Rows of numbers, from a spreadsheet, from NumPy, from anywhere:</label>
        <textarea
          id={`${id}-own`}
          rows={5}
          spellcheck={false}
          aria-describedby={`${id}-fault`}
          aria-invalid={fault !== ""}
          onChange={(event) => void read(event.currentTarget.value)}
        />
        <p id={`${id}-fault`} class="fault" role="status">
          {fault}
        </p>
      </details>
    </Figure>
  );
}
