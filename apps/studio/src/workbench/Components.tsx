import { percent, scatter, spectrum, toElement, type ScatterFigure } from "@eckart/views";
import { PCA, norm, subtract, type Matrix } from "eckart";
import { h, type VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { num, Slider, Toggle } from "../controls/controls.tsx";
import type { TextColumn } from "@eckart/formats";
import { FittedStage, useRoom } from "../stage/FittedStage.tsx";
import { figurePoint } from "../stage/gestures.ts";
import { flopsOf } from "./result.ts";

interface ComponentsProps {
  readonly id: string;
  readonly A: Matrix;
  readonly columns: readonly string[] | undefined;
  readonly texts: readonly TextColumn[];
}

/** Tables of more numbers are left to the command, which reads them in blocks. */
const MOST = 4e6;
/** Whole decompositions of more flops hold up the page: then so many components are searched. */
const WHOLE_FLOPS = 3e9;
const FEW = 8;
/** Points of a scatter plot; of more rows, evenly taken ones are drawn. */
const DRAWN = 2000;

/** A table in its principal components: scatter plot with loadings, shares of the variance, and what a few of them miss. */
export function Components({ id, A, columns, texts }: ComponentsProps): VNode {
  const [scaled, setScaled] = useState(false);
  const [of, setOf] = useState(0);
  const [kept, setKept] = useState(2);
  const fits = A.rows * A.cols <= MOST;
  const pca = useMemo(() => (fits ? fitted(A, scaled) : undefined), [A, scaled]);
  const scores = useMemo(() => pca?.transform(A), [pca]);
  const names = useMemo(() => columns ?? Array.from({ length: A.cols }, (_, j) => `column ${j + 1}`), [columns, A]);
  const k = Math.min(kept, pca?.nComponents ?? 0);
  const missed = useMemo(() => {
    if (!pca || !scores) return 0;
    const back = pca.inverseTransform(withoutRest(scores, k));
    const spread = spreadOf(pca);
    return spread === 0 ? 0 : inUnits(subtract(A, back), pca) / spread;
  }, [scores, k]);
  if (!pca || !scores)
    return (
      <section class="answer">
        <h3>Principal components</h3>
        <p class="missing">{`${A.rows} × ${A.cols} numbers are too many for a page; eckart pca takes them block by block.`}</p>
      </section>
    );
  const { explainedVarianceRatio: ratio, components } = pca;
  const held = Array.from(ratio.slice(0, k)).reduce((sum, share) => sum + share, 0);
  const text = texts[Math.min(of, texts.length - 1)];
  return (
    <section class="answer" aria-labelledby={`${id}-pca-title`}>
      <h3 id={`${id}-pca-title`}>
        Principal components <span class="equation-text">A − mean = UΣVᵀ</span>
      </h3>
      <div class="controls">
        <Toggle label="Standardise the columns" value={scaled} onChange={setScaled} />
        {texts.length > 1 && (
          <label class="examples">
            <span>Marks by</span>
            <select value={String(of)} onChange={(event) => setOf(Number(event.currentTarget.value))}>
              {texts.map(({ name }, i) => (
                <option key={name} value={String(i)}>
                  {name || `words ${i + 1}`}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <Scatter id={`${id}-scatter`} scores={scores} ratio={ratio} components={components} names={names} text={text} />
      <h4>Components kept</h4>
      <Slider
        id={`${id}-kept`}
        label="components"
        value={k}
        min={0}
        max={pca.nComponents}
        step={1}
        text={`${k} of ${pca.nComponents}`}
        onChange={setKept}
      />
      <p class="about" role="status">
        {`They hold ${percent(Math.min(1, held), 2)} of the variance; put back together, the table misses itself by ${num(100 * missed, 4)} %.`}
      </p>
      <FittedStage
        id={`${id}-scree`}
        deps={[pca, k]}
        draw={(width) =>
          spectrum({
            s: pca.singularValues,
            ...(pca.nComponents < Math.min(A.rows, A.cols) && { norm: spreadOf(pca) }),
            title: "Scree",
            marks: k > 0 && held < 1 ? [Math.max(held - 1e-12, 1e-12)] : [],
            width,
            height: 400,
          })
        }
      />
      <Loadings names={names} components={components} ratio={ratio} />
    </section>
  );
}

/** All components, or the first few of a table whose whole decomposition would hold up the page. */
function fitted(A: Matrix, scale: boolean): PCA {
  const few = { nComponents: FEW, method: "lanczos" } as const;
  return new PCA({ scale, ...(flopsOf(A) > WHOLE_FLOPS && few) }).fit(A);
}

/** ‖A − mean‖_F in the units in which the components were found, from the share of the first. */
function spreadOf({ singularValues: s, explainedVarianceRatio: ratio }: PCA): number {
  return s[0] ? s[0] / Math.sqrt(ratio[0]!) : 0;
}

/** The scores with zeros behind the first k components. */
function withoutRest(scores: Matrix, k: number): { data: Float64Array; shape: [number, number] } {
  const data = Float64Array.from(scores.data, (x, at) => (at % scores.cols < k ? x : 0));
  return { data, shape: [scores.rows, scores.cols] };
}

/** The norm of a difference in the units in which the components were found. */
function inUnits(difference: Matrix, { deviation }: PCA): number {
  const { data, cols } = difference;
  for (let at = 0; at < data.length; at++) data[at]! /= deviation[at % cols]!;
  return norm(difference);
}

interface ScatterProps {
  readonly id: string;
  readonly scores: Matrix;
  readonly ratio: ArrayLike<number>;
  readonly components: Matrix;
  readonly names: readonly string[];
  readonly text: TextColumn | undefined;
}

/** The rows along the first two components; the one under the pointer, or chosen below, is named. */
function Scatter({ id, scores, ratio, components, names, text }: ScatterProps): VNode {
  const [row, setRow] = useState<number | undefined>(undefined);
  const second = scores.cols > 1;
  const every = Math.ceil(scores.rows / DRAWN);
  const rows = useMemo(
    () => Array.from({ length: Math.ceil(scores.rows / every) }, (_, i) => i * every),
    [scores, every],
  );
  const input = useMemo(() => {
    const classNames = classesOf(text);
    const number = new Map(classNames.map((name, i) => [name, i]));
    const weights = names.map((_, j) => Math.hypot(components.at(0, j), second ? components.at(1, j) : 0));
    const heaviest = weights.map((_, j) => j).sort((i, j) => weights[j]! - weights[i]!);
    return {
      points: rows.map((i) => [scores.at(i, 0), second ? scores.at(i, 1) : 0] as const),
      ...(classNames.length > 0 && {
        classes: rows.map((i) => number.get(text!.values[i] ?? "") ?? 0),
        classNames,
      }),
      arrows: heaviest.slice(0, 8).map((j) => ({
        name: names[j]!,
        to: [components.at(0, j), second ? components.at(1, j) : 0] as const,
      })),
    };
  }, [scores, text]);
  const axis = (i: number): string => `component ${i + 1} (${percent(ratio[i] ?? 0, 1)})`;
  const lit = row === undefined ? undefined : rows.indexOf(row);
  const say = (i: number): string => {
    const label = text?.values[i];
    const at = `${num(scores.at(i, 0))}, ${num(second ? scores.at(i, 1) : 0)}`;
    return `row ${i + 1}${label ? `, ${label}` : ""}: ${at}`;
  };
  return (
    <div class="scatter">
      <FittedPicture
        id={id}
        title="Rows along the first two components"
        draw={(width) =>
          scatter(input, {
            title: "Rows and loadings",
            axes: [axis(0), second ? axis(1) : ""],
            width,
            height: Math.min(560, Math.max(380, width * 0.75)),
            lit,
          })
        }
        onPoint={(i) => setRow(i === undefined ? undefined : rows[i])}
      />
      <div class="controls">
        <Slider
          id={`${id}-row`}
          label="row"
          value={row ?? 0}
          min={0}
          max={scores.rows - 1}
          step={every}
          text={row === undefined ? "none" : String(row + 1)}
          onChange={setRow}
        />
        <output class="named num" role="status">
          {row === undefined ? "Point at a row, or choose one." : say(row)}
        </output>
      </div>
      {every > 1 && <p class="about">{`One row in ${every} is drawn.`}</p>}
    </div>
  );
}

/** The different words of a column, in the order in which they come; none where nearly every row has its own. */
function classesOf(text: TextColumn | undefined): string[] {
  const words = [...new Set(text?.values ?? [])];
  return words.length <= 12 ? words : [];
}

interface FittedPictureProps {
  readonly id: string;
  readonly title: string;
  readonly draw: (width: number) => ScatterFigure;
  readonly onPoint: (i: number | undefined) => void;
}

/** A scatter plot of the room it has, which tells what is pointed at. */
function FittedPicture({ id, title, draw, onPoint }: FittedPictureProps): VNode {
  const [place, width] = useRoom();
  const svg = useRef<SVGSVGElement>(null);
  const figure = width > 0 ? draw(width) : undefined;
  const near = (event: PointerEvent): void => {
    if (!figure) return;
    const [x, y] = figurePoint(svg.current!, event);
    let [best, nearest] = [-1, 14];
    figure.places.forEach(([px, py], i) => {
      const distance = Math.hypot(px - x, py - y);
      if (distance < nearest) [best, nearest] = [i, distance];
    });
    if (best >= 0) onPoint(best);
  };
  return (
    <div ref={place} class="fitted">
      {figure && (
        <svg
          ref={svg}
          class="stage"
          viewBox={`0 0 ${figure.width} ${figure.height}`}
          role="img"
          aria-labelledby={`${id}-title`}
          onPointerMove={near}
          onPointerDown={near}
        >
          <title id={`${id}-title`}>{`${title}: ${figure.description}`}</title>
          {figure.shapes.map((shape, i) => {
            const { tag, attributes, text } = toElement(shape);
            return h<Record<string, string>>(tag, { ...attributes, key: String(i) }, text);
          })}
        </svg>
      )}
    </div>
  );
}

/** How much of each column is in each of the first components. */
function Loadings({
  names,
  components,
  ratio,
}: {
  names: readonly string[];
  components: Matrix;
  ratio: ArrayLike<number>;
}): VNode {
  const shown = Math.min(components.rows, 4);
  const indices = Array.from({ length: shown }, (_, i) => i);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table of loadings">
      <table class="loadings">
        <caption>Loadings: the directions, rows of Vᵀ</caption>
        <thead>
          <tr>
            <th scope="col">column</th>
            {indices.map((i) => (
              <th scope="col" key={i}>{`component ${i + 1}`}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.slice(0, 40).map((name, j) => (
            <tr key={j}>
              <th scope="row">{name}</th>
              {indices.map((i) => (
                <td key={i}>{components.at(i, j).toFixed(3).replace("-", "−")}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">share of variance</th>
            {indices.map((i) => (
              <td key={i}>{percent(ratio[i] ?? 0, 1)}</td>
            ))}
          </tr>
        </tfoot>
      </table>
      {names.length > 40 && <p class="about">{`and ${names.length - 40} columns more`}</p>}
    </div>
  );
}
