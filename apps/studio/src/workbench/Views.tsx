import { spectrum } from "@eckart/views";
import { Matrix, zeroThreshold, type FloatArray } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { npzOf, save } from "../files/files.ts";
import { parseMatrixText } from "../matrixText/matrixText.ts";
import { FittedStage } from "../stage/FittedStage.tsx";
import { Answer } from "./Answer.tsx";
import { written } from "./CopyMenu.tsx";
import { Layers } from "./Layers.tsx";
import {
  choleskyOf,
  eigen,
  inverseOf,
  leastSquaresOf,
  luOf,
  polarOf,
  pseudoinverseOf,
  qrOf,
  singular,
  subspacesOf,
} from "./results.ts";
import type { ViewProps } from "./Overview.tsx";
import { flopsOf, type Result } from "./result.ts";
import { useWork } from "./useWork.ts";
import type { Watch } from "../engine/engine.ts";

/** Matrices of more entries are not taken apart into layers. */
const LAYERED = 1e6;

/** Singular values, energy, vectors, layers and certificate. */
export function Singular({ id, A }: ViewProps): VNode {
  const flops = flopsOf(A);
  const running = useWork((watch) => singular(A, watch), [A], flops);
  return (
    <Answer id={`${id}-svd`} title="Singular value decomposition" equation="A = UΣVᵀ" running={running} flops={flops}>
      {({ parts: [left, middle, right] }) => {
        const [U, s, Vt] = [left!.value as Matrix, middle!.value as FloatArray, right!.value as Matrix];
        // The answer of the matrix before stays until this one's is there.
        const own = U.rows === A.rows && Vt.cols === A.cols;
        return (
          <>
            <FittedStage
              id={`${id}-spectrum`}
              deps={[s]}
              draw={(width) => spectrum({ s, threshold: zeroThreshold(s, [U.rows, Vt.cols]), width, height: 430 })}
            />
            {own && s.length > 1 && A.rows * A.cols <= LAYERED && (
              <Layers id={`${id}-layers`} A={A} U={U} s={s} Vt={Vt} />
            )}
            <SaveFactors U={U} s={s} Vt={Vt} />
          </>
        );
      }}
    </Answer>
  );
}

function SaveFactors({ U, s, Vt }: { U: Matrix; s: FloatArray; Vt: Matrix }): VNode {
  const [said, say] = useState("");
  const run = async (): Promise<void> => {
    try {
      const arrays = [written("U", U), written("s", s), written("Vt", Vt)];
      save(await npzOf(arrays, new AbortController().signal), "svd.npz");
      say("Saved as svd.npz: U, s and Vt for np.load.");
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <p class="save">
      <button type="button" onClick={() => void run()}>
        Download U, s, Vt as NPZ
      </button>{" "}
      <span class="said" role="status">
        {said}
      </span>
    </p>
  );
}

/** Eigenvalues and eigenvectors. */
export function Eigen({ id, A }: ViewProps): VNode {
  const flops = 2 * flopsOf(A);
  const running = useWork((watch) => eigen(A, watch), [A], flops);
  return (
    <Answer id={`${id}-eig`} title="Eigenvalues and eigenvectors" equation="Av = λv" running={running} flops={flops}>
      {() => null}
    </Answer>
  );
}

type Factorise = (A: Matrix, watch: Watch) => Promise<Result>;

interface Factored {
  readonly name: string;
  readonly title: string;
  readonly equation: string;
  readonly of: Factorise;
}

function One({ id, A, factored: { name, title, equation, of } }: ViewProps & { factored: Factored }): VNode {
  const flops = flopsOf(A);
  const running = useWork((watch) => of(A, watch), [A], flops);
  return <Answer id={`${id}-${name}`} title={title} equation={equation} running={running} flops={flops} />;
}

const FACTORED: readonly Factored[] = [
  { name: "qr", title: "QR decomposition", equation: "A = QR", of: qrOf },
  { name: "lu", title: "LU decomposition", equation: "A = PLU", of: luOf },
  { name: "cholesky", title: "Cholesky decomposition", equation: "A = LLᵀ", of: choleskyOf },
  { name: "polar", title: "Polar decomposition", equation: "A = UP", of: polarOf },
];

/** QR, LU, Cholesky and polar decompositions. */
export function Factorisations({ id, A }: ViewProps): VNode {
  return (
    <>
      {FACTORED.map((factored) => (
        <One key={factored.name} id={id} A={A} factored={factored} />
      ))}
    </>
  );
}

const SOLVED: readonly Factored[] = [
  { name: "inv", title: "Inverse", equation: "AA⁻¹ = I", of: inverseOf },
  { name: "pinv", title: "Pseudoinverse", equation: "A⁺ = VΣ⁺Uᵀ", of: pseudoinverseOf },
  { name: "spaces", title: "Range and null space", equation: "", of: subspacesOf },
];

interface SolvedProps extends ViewProps {
  /** The right-hand side as it is typed; "" for ones. */
  readonly b: string;
  readonly onB: (b: string) => void;
}

/** Least squares with a right-hand side, inverse, pseudoinverse, range and null space. */
export function Solved({ id, A, b, onB }: SolvedProps): VNode {
  return (
    <>
      <LeastSquares id={id} A={A} b={b} onB={onB} />
      {SOLVED.map((factored) => (
        <One key={factored.name} id={id} A={A} factored={factored} />
      ))}
    </>
  );
}

function LeastSquares({ id, A, b, onB }: SolvedProps): VNode {
  const read = useMemo(() => rightHandSide(b, A.rows), [b, A.rows]);
  const flops = flopsOf(A);
  const running = useWork(
    async (watch): Promise<Result> =>
      read instanceof Matrix ? leastSquaresOf(A, read, watch) : { missing: read, parts: [], facts: [] },
    [A, read],
    flops,
  );
  return (
    <Answer id={`${id}-lstsq`} title="Least squares" equation="‖b − Ax‖ → least" running={running} flops={flops}>
      {() => (
        <label class="rhs">
          <span>{`b, ${A.rows} numbers (ones unless told)`}</span>
          <textarea
            id={`${id}-b`}
            rows={3}
            spellcheck={false}
            autocomplete="off"
            value={b}
            placeholder={A.rows <= 12 ? Array.from({ length: A.rows }, () => "1").join(" ") : "1 1 1 …"}
            onInput={(event) => onB(event.currentTarget.value)}
          />
        </label>
      )}
    </Answer>
  );
}

/** The columns of b; one row stands for a column. What is wrong with it, in words. */
function rightHandSide(text: string, rows: number): Matrix | string {
  if (text.trim() === "") return Matrix.wrap(new Float64Array(rows).fill(1), [rows, 1]);
  try {
    const B = Matrix.from(parseMatrixText(text));
    return B.rows === 1 && rows !== 1 && B.cols === rows ? Matrix.from(B.T) : B;
  } catch (error) {
    return error instanceof Error ? `b: ${error.message}` : String(error);
  }
}
