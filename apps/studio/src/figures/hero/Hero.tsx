import {
  SVD_CHAPTERS,
  SVD_FILM,
  svdFilm,
  svdPlane,
  svdReach,
  type ToldFilm,
  unwound,
  type Figure as Picture,
  type Point,
  type Vector2,
} from "@eckart/views";
import { det, rotateScaleRotate, type RotateScaleRotate } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseMatrix, parseNumber } from "../../address/address.ts";
import { Choice, MatrixField, num, short, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { Player } from "../../stage/Player.tsx";
import type { Handle } from "../../stage/Stage.tsx";
import { EXAMPLES, exampleNamed, shapeOf, SHAPES } from "./examples.ts";
import { Factors } from "./Factors.tsx";
import { useEased } from "./useEased.ts";
import { freedom, orientation, valueOf } from "./words.ts";

interface State {
  readonly A: number[][];
  readonly map: RotateScaleRotate;
  readonly time: number;
  /** How far the frame reaches, once it has eased. */
  readonly reach: number;
  /** Where the eye stands round a map with a space in it, in degrees. */
  readonly azimuth: number;
  readonly elevation: number;
}

interface Props {
  readonly id: string;
  readonly A?: readonly (readonly number[])[];
  /** Where the film stands at first: at the end of Σ. */
  readonly time?: number;
}

const [, SCALED, END] = SVD_CHAPTERS;
const LIMIT = 100;

function opened(A: readonly (readonly number[])[]): Pick<State, "A" | "map" | "reach"> {
  const map = rotateScaleRotate(A);
  return { A: A.map((row) => [...row]), map, reach: svdReach(map) };
}

/** The same state with other entries: its angles and signs stay next to those before. */
function edited(state: State, A: number[][]): State {
  return { ...state, A, map: rotateScaleRotate(A, { previous: state.map }) };
}

/** The frame eases out once where the ellipse leaves it. */
const fitted = (state: State): State => ({ ...state, reach: Math.max(state.reach, svdReach(state.map)) });

/** M6, rotate, scale, rotate: every matrix of two or three rows and columns as the film of its decomposition. */
export function Hero({ id, A: given = EXAMPLES["2×2"][0]!.A, time: start = SCALED }: Props): VNode {
  const [state, set] = useState<State>(() => ({ ...opened(given), time: start, azimuth: -60, elevation: 22 }));
  const { A, map, time, azimuth, elevation } = state;
  const reach = useEased(state.reach);
  useAddress(id, (fields) => {
    const A = parseMatrix(fields.get("A"), { maxRows: 3, maxCols: 3, maxEntry: LIMIT });
    const shown = A && SHAPES.includes(shapeOf(A)) ? opened(A) : {};
    const time = parseNumber(fields.get("t"), 0, END);
    const view = parseMatrix(fields.get("view"), { maxRows: 1, maxCols: 2, maxEntry: 360 })?.[0];
    set((state) => ({
      ...state,
      ...shown,
      time: time ?? state.time,
      ...(view?.length === 2 && turnedTo(view[0]!, view[1]!)),
    }));
  });

  const [m, n] = [A.length, A[0]!.length];
  const flat = m === 2 && n === 2;
  const plane = svdPlane(reach);
  const columns = flat ? ([[A[0]![0]!, A[1]![0]!], [A[0]![1]!, A[1]![1]!]] as const) : undefined; // oxfmt-ignore
  const filmWithin = (reach: number): ToldFilm =>
    svdFilm(map, {
      reach,
      azimuth: (azimuth * Math.PI) / 180,
      elevation: (elevation * Math.PI) / 180,
      columns,
    });
  const film = filmWithin(reach);
  // A file has the frame that the picture on the page comes to rest in.
  const savedFilm = (): ToldFilm => filmWithin(state.reach);
  const savedPicture = (): Picture => {
    const film = savedFilm();
    return { ...film, shapes: film.at(time) };
  };
  const setTime = (time: number): void =>
    set((state) => ({ ...state, time, map: time === 0 ? unwound(state.map) : state.map }));
  const type = (A: number[][]): void => set((state) => fitted(edited(state, bounded(A))));
  const open = (A: readonly (readonly number[])[]): void => set((state) => ({ ...state, ...opened(A) }));

  const column = (j: 0 | 1, p: Vector2): Handle => {
    const to = ([x, y]: Vector2): void => set((state) => edited(state, withColumn(state.A, j, [x, y])));
    return {
      id: `a${j + 1}`,
      label: `${j === 0 ? "first" : "second"} column of A`,
      value: `${short(p[0])}, ${short(p[1])}`,
      at: plane.place(p),
      mark: `a${j + 1}`,
      move: (at) => to(plane.at(inside(at))),
      nudge: (dx, dy, fine) => to([p[0] + (fine ? 0.01 : 0.1) * dx, p[1] + (fine ? 0.01 : 0.1) * dy]),
      drop: () => set(fitted),
    };
  };
  const values = Array.from(map.s, (sigma) => valueOf(A, sigma));
  const body = n === 2 ? "circle" : "sphere";
  const determinant = m === n ? orientation(det(A), map, m === 3) : undefined;
  const said = [
    `The unit ${body} becomes ${became(map)}.`,
    ...(determinant ? [`${determinant}.`] : []),
    ...freedom(map),
    flat ? "Drag a₁ and a₂, the columns of A." : "Drag the picture to turn the view.",
  ];
  const shape = shapeOf(A);
  return (
    <Figure
      id={id}
      island="hero"
      span="page"
      fields={() => ({
        A: formatMatrix(A),
        t: String(Number(time.toFixed(2))),
        ...(!flat && { view: `${Math.round(azimuth)},${Math.round(elevation)}` }),
      })}
      live={Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`s${i + 1}`, num(map.s[i] ?? 0)]))}
      saved={{ picture: savedPicture, film: savedFilm }}
      caption={
        <>
          {values.map((value, i) => (
            <span key={i}>
              <span data-mark={`s${i + 1}`}>σ{"₁₂₃"[i]}</span> = <strong class="num">{value}</strong>
              {i < values.length - 1 ? ", " : ". "}
            </span>
          ))}
          {said.join(" ")}
        </>
      }
    >
      <div class="hero">
        <Player
          id={`${id}-film`}
          film={film}
          time={time}
          onTime={setTime}
          handles={columns?.map((p, j) => column(j as 0 | 1, p))}
          onTurn={
            flat
              ? undefined
              : ([dx, dy]) =>
                  set((state) => ({ ...state, ...turnedTo(state.azimuth - dx / 2, state.elevation + dy / 2) }))
          }
          crop
        />
        <div class="panel">
          <MatrixField name="A" rows={A} onChange={type} />
          <Factors id={id} map={map} time={time} onTime={setTime} />
          <Choice
            id={`${id}-shape`}
            label="Shape"
            value={shape}
            options={SHAPES.map((one) => [one, one.replace("×", " × ")] as const)}
            onChange={(one) => open(EXAMPLES[one][0]!.A)}
          />
          <label class="examples">
            <span>Example</span>
            <select
              value={exampleNamed(A) ?? ""}
              onChange={({ currentTarget: { value } }) => {
                const found = EXAMPLES[shape].find(({ name }) => name === value);
                if (found) open(found.A);
              }}
            >
              <option value="" disabled>
                your own
              </option>
              {EXAMPLES[shape].map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {!flat && (
            <div class="view">
              <Slider
                id={`${id}-azimuth`}
                label="Turn the view"
                min={-180}
                max={180}
                step={1}
                value={azimuth}
                text={`${num(Math.round(azimuth))}°`}
                onChange={(azimuth) => set((state) => ({ ...state, azimuth }))}
              />
              <Slider
                id={`${id}-elevation`}
                label="Tilt the view"
                min={-90}
                max={90}
                step={1}
                value={elevation}
                text={`${num(Math.round(elevation))}°`}
                onChange={(elevation) => set((state) => ({ ...state, elevation }))}
              />
            </div>
          )}
        </div>
      </div>
    </Figure>
  );
}

/** What the image is, in words. */
function became({ s, singular }: RotateScaleRotate): string {
  const kept = Array.from(s).filter((sigma, i) => sigma > 0 && !(singular && i === s.length - 1)).length;
  const round = kept > 0 && s[0]! - s[kept - 1]! <= 1e-12 * s[0]!;
  return ["a point", "a segment", round ? "a circle" : "an ellipse", round ? "a sphere" : "an ellipsoid"][kept]!;
}

/** A view, the azimuth within half a turn and the elevation between below and above. */
function turnedTo(azimuth: number, elevation: number): Pick<State, "azimuth" | "elevation"> {
  return { azimuth: azimuth - 360 * Math.round(azimuth / 360), elevation: Math.min(Math.max(elevation, -90), 90) };
}

const bounded = (A: number[][]): number[][] => A.map((row) => row.map((x) => Math.min(Math.max(x, -LIMIT), LIMIT)));

function withColumn(A: readonly (readonly number[])[], j: number, column: Vector2): number[][] {
  return bounded(A.map((row, i) => row.map((x, k) => (k === j ? Math.round(column[i]! * 100) / 100 + 0 : x))));
}

/** What is dragged stays in the part of the picture that every screen shows. */
function inside([x, y]: Point): Point {
  const { width, height } = SVD_FILM;
  const margin = 24;
  const left = (width - height) / 2 + margin;
  return [Math.min(Math.max(x, left), width - left), Math.min(Math.max(y, margin), height - margin)];
}
