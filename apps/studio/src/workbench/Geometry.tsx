import { SVD_CHAPTERS, SVD_FILM, svdFilm, svdPlane, svdReach, type Point, type Vector2 } from "@eckart/views";
import { rotateScaleRotate, scale, type Matrix, type RotateScaleRotate } from "eckart";
import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { num, Slider } from "../controls/controls.tsx";
import { Player } from "../stage/Player.tsx";
import type { Handle } from "../stage/Stage.tsx";

interface GeometryProps {
  readonly id: string;
  readonly A: Matrix;
  readonly onChange: (rows: number[][]) => void;
}

const [, SCALED] = SVD_CHAPTERS;

/** A map between spaces of two and three dimensions as the film of its decomposition: rotate, scale, rotate. */
export function Geometry({ id, A, onChange }: GeometryProps): VNode {
  const [time, setTime] = useState(SCALED);
  const [azimuth, setAzimuth] = useState(-60);
  const [elevation, setElevation] = useState(22);
  const before = useRef<RotateScaleRotate | undefined>(undefined);
  const held = useRef(0);
  // Maps that stretch much more, or less, than others are drawn at another scale.
  const unit = useMemo(() => unitOf(A), [A]);
  const map = useMemo(() => {
    const previous = before.current;
    const same = previous && previous.U.rows === A.rows && previous.V.rows === A.cols;
    return (before.current = rotateScaleRotate(scale(A, 1 / unit), same ? { previous } : {}));
  }, [A, unit]);
  const reach = Math.max(held.current, svdReach(map));
  const flat = A.rows === 2 && A.cols === 2;
  const plane = svdPlane(reach);
  const ends = flat ? ([0, 1] as const).map((j): Vector2 => [A.at(0, j) / unit, A.at(1, j) / unit]) : undefined;
  const film = svdFilm(map, {
    reach,
    azimuth: (azimuth * Math.PI) / 180,
    elevation: (elevation * Math.PI) / 180,
    ...(ends && { columns: [ends[0]!, ends[1]!] as const }),
  });
  const handle = (p: Vector2, j: number): Handle => {
    const to = ([x, y]: Vector2): void => {
      held.current = reach;
      onChange(A.toArray().map((row, i) => row.map((entry, k) => (k === j ? rounded([x, y][i]!) * unit : entry))));
    };
    return {
      id: `a${j + 1}`,
      label: `${j === 0 ? "first" : "second"} column of A`,
      value: `${num(p[0] * unit)}, ${num(p[1] * unit)}`,
      at: plane.place(p),
      mark: `a${j + 1}`,
      move: (at) => to(plane.at(inside(at))),
      nudge: (dx, dy, fine) => to([p[0] + (fine ? 0.01 : 0.1) * dx, p[1] + (fine ? 0.01 : 0.1) * dy]),
      drop: () => (held.current = 0),
    };
  };
  return (
    <section class="answer geometry" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        Rotate, scale, rotate <span class="equation-text">A = UΣVᵀ</span>
      </h3>
      {unit !== 1 && <p class="about">{`Drawn at a scale of 1 : ${num(unit)}.`}</p>}
      <Player
        id={`${id}-film`}
        film={film}
        time={time}
        onTime={setTime}
        handles={ends?.map(handle) ?? []}
        crop
        {...(!flat && {
          onTurn: ([dx, dy]: Point) => {
            setAzimuth(azimuth - dx / 2);
            setElevation(Math.min(Math.max(elevation + dy / 2, -90), 90));
          },
        })}
      />
      {!flat && (
        <div class="controls">
          <Slider
            id={`${id}-azimuth`}
            label="Turn the view"
            min={-180}
            max={180}
            step={1}
            value={azimuth}
            text={`${num(Math.round(azimuth))}°`}
            onChange={setAzimuth}
          />
          <Slider
            id={`${id}-elevation`}
            label="Tilt the view"
            min={-90}
            max={90}
            step={1}
            value={elevation}
            text={`${num(Math.round(elevation))}°`}
            onChange={setElevation}
          />
        </div>
      )}
    </section>
  );
}

/** A power of ten that brings the map to an ordinary size; 1 where it is of one. */
function unitOf(A: Matrix): number {
  const largest = Math.max(...A.toArray().flat().map(Math.abs));
  return largest === 0 || (largest >= 0.2 && largest <= 20) ? 1 : 10 ** Math.floor(Math.log10(largest));
}

const rounded = (x: number): number => Math.round(x * 100) / 100 + 0;

/** What is dragged stays in the part of the picture that every screen shows. */
function inside([x, y]: Point): Point {
  const { width, height } = SVD_FILM;
  const margin = 24;
  const left = (width - height) / 2 + margin;
  return [Math.min(Math.max(x, left), width - left), Math.min(Math.max(y, margin), height - margin)];
}
