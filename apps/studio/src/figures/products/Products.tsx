import { multiply, norm, Matrix, Random, subtract } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseMatrix } from "../../address/address.ts";
import { short } from "../../controls/controls.tsx";
import { MatrixView } from "../../controls/MatrixView.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";

type Rows = number[][];

interface State {
  readonly A: Rows;
  readonly X: Rows;
  /** The entry of AX that is looked at. */
  readonly picked: readonly [row: number, col: number];
}

/** Rows of A, its columns, and columns of X: such that both products fit beside each other on a phone. */
const SHAPES = [
  [3, 2, 1],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 2],
  [3, 1, 2],
  [2, 2, 2],
] as const;

const LIMITS = { maxRows: 3, maxCols: 3, maxEntry: 100 };

/** AX beside XᵀAᵀ and its transpose: the same products of numbers, whether rows or columns are said to be moved. */
export function Products({ id }: { id: string }): VNode {
  const [{ A, X, picked }, set] = useState<State>({
    A: [
      [2, 1],
      [0.5, 1.5],
    ],
    X: [
      [1, 0, -1],
      [0, 1, 2],
    ],
    picked: [0, 2],
  });
  const [drawn, setDrawn] = useState(0);
  useAddress(id, (fields) => {
    const [A, X] = [parseMatrix(fields.get("A"), LIMITS), parseMatrix(fields.get("X"), LIMITS)];
    if (A && X && A[0]!.length === X.length) set({ A, X, picked: [0, 0] });
  });
  const draw = (): void => {
    const [m, k, n] = SHAPES[drawn % SHAPES.length]!;
    const random = new Random(drawn + 1);
    const rows = (count: number, length: number): Rows =>
      Array.from({ length: count }, () => Array.from({ length }, () => random.integer(-4, 5)));
    set({ A: rows(m, k), X: rows(k, n), picked: [0, 0] });
    setDrawn(drawn + 1);
  };
  const AX = multiply(A, X);
  const [At, Xt] = [Matrix.from(A).T, Matrix.from(X).T];
  const XtAt = multiply(Xt, At);
  const difference = norm(subtract(AX, XtAt.T), "max");
  const [i, j] = picked;
  const terms = X.map((row, k) => `${factor(A[i]![k]!)}·${factor(row[j]!)}`).join(" + ");
  const pick = (row: number, col: number): void => set({ A, X, picked: [row, col] });
  const row = (r: number) => (p: number) => p === r;
  const col = (c: number) => (_: number, q: number) => q === c;
  const entry = (r: number, c: number) => (p: number, q: number) => p === r && q === c;
  return (
    <Figure
      id={id}
      island="products"
      span="page"
      fields={() => ({ A: formatMatrix(A), X: formatMatrix(X) })}
      caption={
        <>
          Row {i + 1} of A times column {j + 1} of X is <span class="num">{terms}</span> ={" "}
          <span class="num">{short(AX.at(i, j))}</span>, in all three places; the largest difference between AX and
          (XᵀAᵀ)ᵀ is <span class="num difference">{short(difference)}</span>.
        </>
      }
    >
      <div class="products">
        <Equation name="AX" words="A moves the columns of X">
          <MatrixView label="A" rows={A} lit={row(i)} />
          <MatrixView label="X" rows={X} mark="v" lit={col(j)} />
          <div class="equation">
            <span class="sign">=</span>
            <MatrixView label="AX" rows={AX.toArray()} mark="Av" lit={entry(i, j)} onPick={pick} />
          </div>
        </Equation>
        <Equation name="XᵀAᵀ" words="X, transposed, moves the rows of A">
          <MatrixView label="X transposed" rows={Xt.toArray()} mark="v" lit={row(j)} />
          <MatrixView label="A transposed" rows={At.toArray()} lit={col(i)} />
          <div class="equation">
            <span class="sign">=</span>
            <MatrixView
              label="the product of X transposed and A transposed"
              rows={XtAt.toArray()}
              mark="Av"
              lit={entry(j, i)}
              onPick={(r, c) => pick(c, r)}
            />
          </div>
        </Equation>
        <Equation name="(XᵀAᵀ)ᵀ" words="transposed back">
          <MatrixView label="the same, transposed" rows={XtAt.T.toArray()} mark="Av" lit={entry(i, j)} onPick={pick} />
        </Equation>
      </div>
      <div class="controls">
        <button type="button" onClick={draw}>
          Another pair of matrices
        </button>
      </div>
    </Figure>
  );
}

function Equation({ name, words, children }: { name: string; words: string; children: VNode | VNode[] }): VNode {
  return (
    <div class="product">
      <p class="product-name">
        <i>{name}</i> <span>{words}</span>
      </p>
      <div class="equation">{children}</div>
    </div>
  );
}

/** A factor as it is written in a product: negative numbers in brackets. */
const factor = (x: number): string => (x < 0 ? `(${short(x)})` : short(x));
