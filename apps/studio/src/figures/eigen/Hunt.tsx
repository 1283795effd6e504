import {
  apply,
  besideFigures,
  direction,
  EIGEN_HUNT,
  eigenHuntPlane,
  eigenHuntShapes,
  imageReach,
  nearestLine,
  onMap,
  signedAngle,
  snappedDeterminant,
  TRACE_DETERMINANT,
  traceDeterminantPlane,
  traceDeterminantShapes,
  typeset,
  withTraceAndDeterminant,
  type EigenLine,
  type Figure as Picture,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { det, norm, trace } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { MatrixField, NumberField, short, Slider, Toggle } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage, type Handle } from "../../stage/Stage.tsx";
import { eigenAnswer, HUNT_PRESETS, type EigenAnswer } from "./answers.ts";

interface State {
  readonly A: Rows2;
  /** Of v, in degrees from 0 to 360: where the hand is, which may be beside the line that v has been drawn to. */
  readonly degrees: number;
  /** The lines that v has met, by their index. */
  readonly found: readonly number[];
  /** Whether all lines are shown. */
  readonly asked: boolean;
}

/** Within so many degrees of an eigenvector v is drawn onto it: a hand cannot hit a line. */
const CATCH = 2.5;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degreesOf = ([x, y]: Vector2): number => ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;

const degreesText = (degrees: number): string => typeset(`${degrees.toFixed(1)}°`);

/** F5: v goes round the circle until Av lies on its line, and the matrix goes about the map of traces and determinants. */
export function Hunt({ id }: { id: string }): VNode {
  const [state, set] = useState<State>({ A: HUNT_PRESETS[0]![1][0]![1], degrees: 90, found: [], asked: false });
  const { A, degrees, asked } = state;
  useAddress(id, (fields) => {
    const A = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    const degrees = parseNumber(fields.get("d"), 0, 360);
    const asked = fields.get("lines") === "1";
    set((state) => ({ A: A ?? state.A, degrees: degrees ?? state.degrees, found: [], asked }));
  });
  const answer = useMemo(() => eigenAnswer(A), [A]);
  const { v, met, found } = hunted(state, answer);
  const turnTo = (degrees: number): void => set((state) => remembered({ ...state, degrees: (degrees + 720) % 360 }));
  const take = (A: Rows2): void => set((state) => ({ ...state, A, found: [] }));
  const image = apply(A, v);
  const caught = met !== undefined || answer.every !== undefined || norm([image]) === 0;
  const factor = met?.value ?? answer.every ?? 0;
  const shown =
    answer.every === undefined
      ? answer.lines.filter(({ index }) => asked || found.includes(index))
      : [{ along: v, value: answer.every, index: 0 }];

  const reach = imageReach(A);
  const plane = eigenHuntPlane(reach);
  const shapes = eigenHuntShapes({ A, v, lines: shown, caught, reach });
  const turned = (signedAngle(v, image) * 180) / Math.PI;
  const relation = caught
    ? `Av = ${short(factor)} v: v is an eigenvector`
    : `Av is turned from v by ${short(Math.round(turned * 10) / 10)} degrees`;
  const handle: Handle = {
    id: "v",
    label: "vector v, on the circle",
    value: `at ${short(degreesOf(v))} degrees, ${relation}`,
    at: plane.place(v),
    mark: "v",
    move: (at) => turnTo(Math.round(degreesOf(plane.at(at)) * 2) / 2),
    nudge: (dx, dy, fine) => {
      turnTo(degrees + (dx + dy) * (fine ? 0.5 : 5));
    },
  };
  const title = "Which directions does A keep?";
  const description = `${relation}. A keeps ${answer.verdict}${shown.length > 0 ? `, shown: ${shown.map(({ value }) => `eigenvalue ${short(value)}`).join(", ")}` : ""}.`;
  const known = (i: number): string => {
    if (answer.every !== undefined) return short(answer.every);
    const line = shown.find(({ index }) => (index || 1) === i);
    return line ? short(line.value) : "?";
  };
  return (
    <Figure
      id={id}
      island="hunt"
      span="page"
      fields={() => ({ A: formatMatrix(A), d: String(degrees), ...(asked && { lines: "1" }) })}
      live={{ l1: known(1), l2: known(2) }}
      saved={{
        picture: (): Picture =>
          besideFigures(title, [{ ...EIGEN_HUNT, title, description, shapes }, mapPicture(A, answer)]),
      }}
      caption={<Caption A={A} v={v} met={met} answer={answer} turned={turned} image={image} />}
    >
      <div class="panes">
        <div>
          <Stage
            id={`${id}-circle`}
            {...EIGEN_HUNT}
            title={title}
            description={description}
            shapes={shapes}
            handles={[handle]}
          />
          <Slider
            id={`${id}-direction`}
            label="direction of v"
            value={Math.round(degrees)}
            min={0}
            max={360}
            step={1}
            text={`${degreesOf(v).toFixed(1)}°`}
            mark="v"
            onChange={turnTo}
          />
          <div class="controls">
            <Toggle label="Show the lines" value={asked} onChange={(asked) => set((state) => ({ ...state, asked }))} />
            <span class="said">
              {caught ? "Av = " : "from v to Av "}
              <span class="num">{caught ? `${short(factor)} v` : `${degreesText(turned)}`}</span>
            </span>
          </div>
        </div>
        <TraceDeterminantMap id={id} A={A} answer={answer} onChange={(A) => set((state) => ({ ...state, A }))} />
      </div>
      <div class="preset-groups" role="group" aria-label="Matrices to try">
        {HUNT_PRESETS.map(([verdict, presets]) => (
          <div key={verdict} class={verdict === answer.verdict ? "preset-group current" : "preset-group"}>
            <span class="verdict">{verdict}</span>
            {presets.map(([name, rows]) => (
              <button
                type="button"
                key={name}
                class="quiet"
                aria-pressed={formatMatrix(rows) === formatMatrix(A)}
                onClick={() => take(rows)}
              >
                {name}
              </button>
            ))}
          </div>
        ))}
      </div>
      <div class="controls">
        <MatrixField name="A" mark="A" rows={A} onChange={(rows) => take(rows as unknown as Rows2)} />
      </div>
    </Figure>
  );
}

/** Where v stands: on the line that it is near to, if there is one, which then counts as found. */
function hunted(
  { degrees, found }: State,
  { lines }: EigenAnswer,
): { v: Vector2; met: EigenLine | undefined; found: readonly number[] } {
  const hand = direction(radians(degrees));
  const met = nearestLine(hand, lines, radians(CATCH));
  if (!met) return { v: hand, met, found };
  const [x, y] = met.along;
  const way = x * hand[0] + y * hand[1] < 0 ? -1 : 1;
  return { v: [way * x, way * y], met, found: found.includes(met.index) ? found : [...found, met.index] };
}

/** The state with what v has just met kept in mind. */
function remembered(state: State): State {
  return { ...state, found: hunted(state, eigenAnswer(state.A)).found };
}

interface CaptionProps {
  readonly A: Rows2;
  readonly v: Vector2;
  readonly image: Vector2;
  readonly met: EigenLine | undefined;
  readonly answer: EigenAnswer;
  /** From v to Av, in degrees. */
  readonly turned: number;
}

function Caption({ v, image, met, answer, turned }: CaptionProps): VNode {
  const { kind, every, verdict, values } = answer;
  const numbers = <span class="num">{values}</span>;
  if (every !== undefined) {
    return (
      <>
        <strong>Every line</strong>: A multiplies each vector by <span class="num">{short(every)}</span>, so each is an
        eigenvector, and Av = <span class="num">{short(every)}</span> v wherever v points.
      </>
    );
  }
  if (met) {
    const { value } = met;
    return (
      <>
        <strong>Found</strong>: <span data-mark="Av">Av</span> = <span class="num">{short(value)}</span>{" "}
        <span data-mark="v">v</span>, so v and everything on its line is an eigenvector with λ ={" "}
        <span class="num">{short(value)}</span>
        {Math.abs(value) < 1e-12
          ? ", and A sends the line to 0."
          : value < 0
            ? ", reversed and still on its line."
            : "."}
      </>
    );
  }
  if (norm([image]) === 0) return <>Av = 0.</>;
  return (
    <>
      At <span class="num">{degreesOf(v).toFixed(1)}°</span> <span data-mark="Av">Av</span> is turned from{" "}
      <span data-mark="v">v</span> by <span class="num">{degreesText(turned)}</span>
      {kind === "complex" ? (
        <>
          , and nowhere by 0° or 180°: A keeps <strong>no line</strong>, since its eigenvalues are {numbers}.
        </>
      ) : (
        <>
          , so v is no eigenvector; A keeps <strong>{verdict}</strong>.
        </>
      )}
    </>
  );
}

interface MapProps {
  readonly id: string;
  readonly A: Rows2;
  readonly answer: EigenAnswer;
  readonly onChange: (A: Rows2) => void;
}

const OTHERS: readonly Vector2[] = HUNT_PRESETS.flatMap(([, presets]) =>
  presets.map(([, rows]): Vector2 => [trace(rows), det(rows)]),
);

/** All 2 × 2 matrices by trace and determinant, and A among them. */
function mapPicture(A: Rows2, { verdict, values }: EigenAnswer): Picture {
  const [t, d] = [trace(A), det(A)];
  return {
    ...TRACE_DETERMINANT,
    title: "All 2 × 2 matrices by trace and determinant",
    description: `A has trace ${short(t)} and determinant ${short(d)}: ${verdict}, eigenvalues ${values}.`,
    shapes: traceDeterminantShapes(t, d, OTHERS),
  };
}

/** The map of all 2 × 2 matrices by trace and determinant, with the place of A, which can be moved. */
function TraceDeterminantMap({ id, A, answer, onChange }: MapProps): VNode {
  const [t, d] = [trace(A), det(A)];
  const go = (trace: number, det: number): void => onChange(withTraceAndDeterminant(A, trace, det));
  const picture = mapPicture(A, answer);
  const handle: Handle = {
    id: "matrix",
    label: "matrix A on the map of traces and determinants",
    value: picture.description,
    at: traceDeterminantPlane.place(onMap(t, d)),
    mark: "A",
    move: (at) => {
      const [x, y] = traceDeterminantPlane.at(at).map((value) => Math.round(value * 20) / 20) as [number, number];
      const [trace, det] = onMap(x, y);
      go(trace, snappedDeterminant(trace, det, 0.2));
    },
    nudge: (dx, dy, fine) => {
      const step = fine ? 0.01 : 0.1;
      const [trace, det] = [t + dx * step, d + dy * step];
      // A step across the parabola stops on it.
      const crosses = (t ** 2 / 4 - d) * (trace ** 2 / 4 - det) < 0 && answer.kind !== "defective";
      go(trace, crosses ? trace ** 2 / 4 : det);
    },
  };
  return (
    <div>
      <Stage id={`${id}-map`} {...picture} handles={[handle]} />
      <div class="controls">
        <span class="matrix-field">
          <span class="matrix-name">tr A =</span>
          <NumberField label="trace of A" value={t} onChange={(trace) => go(trace, d)} />
        </span>
        <span class="matrix-field">
          <span class="matrix-name">det A =</span>
          <NumberField label="determinant of A" value={d} onChange={(det) => go(t, det)} />
        </span>
        <span class="said">
          λ = <span class="num">{answer.values}</span>
        </span>
      </div>
    </div>
  );
}
