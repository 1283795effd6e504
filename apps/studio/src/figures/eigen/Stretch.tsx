import { signedAngle, stretchedAt, stretchFilm, type Figure as Picture, type Rows2, type Vector2 } from "@eckart/views";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { num, Toggle } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Player } from "../../stage/Player.tsx";
import { spectral, SYMMETRIC_PRESETS } from "./answers.ts";
import { SymmetricField, symmetricOf } from "./SymmetricField.tsx";

/** M4: a symmetric map stretches along its eigenvectors, and shears every other grid. */
export function Stretch({ id }: { id: string }): VNode {
  const [S, setS] = useState<Rows2>(SYMMETRIC_PRESETS[0]![1]);
  const [grids, setGrids] = useState({ eigenGrid: true, axisGrid: true });
  const map = useMemo(() => spectral(S), [S]);
  const film = useMemo(() => stretchFilm(map, grids), [map, grids]);
  const [time, setTime] = useState(film.duration);
  useAddress(id, (fields) => {
    const S = symmetricOf(matrixField(fields.get("S"), 2, 2));
    if (S) setS(S);
    setTime(parseNumber(fields.get("t"), 0, film.duration) ?? film.duration);
    const shown = fields.get("grid");
    setGrids({ eigenGrid: shown !== "axes", axisGrid: shown !== "eigen" });
  });
  const M = stretchedAt(map, time);
  const [[a, b], [c, d]] = M;
  const angle = angleText([a, c], [b, d]);
  const { eigenGrid, axisGrid } = grids;
  return (
    <Figure
      id={id}
      island="stretch"
      fields={() => ({
        S: formatMatrix(S),
        t: String(time),
        ...(eigenGrid !== axisGrid && { grid: eigenGrid ? "eigen" : "axes" }),
      })}
      live={{ corner: angle }}
      saved={{ picture: (): Picture => ({ ...film, shapes: film.at(time) }), film: () => film }}
      caption={
        <>
          The cells along <span data-mark="l1">q₁</span> and <span data-mark="l2">q₂</span> keep their corners of{" "}
          <span class="num">90°</span>, while the corner between <span data-mark="axes">Se₁</span> and{" "}
          <span data-mark="axes">Se₂</span> is <span class="num corner">{angle}</span> now; λ₁ ={" "}
          <span class="num">{num(map.values[0])}</span>, λ₂ = <span class="num">{num(map.values[1])}</span>.
        </>
      }
    >
      <Player id={`${id}-film`} film={film} time={time} onTime={setTime} crop />
      <div class="controls">
        <Toggle
          label="grid along the eigenvectors"
          value={eigenGrid}
          onChange={(eigenGrid) => setGrids({ ...grids, eigenGrid })}
        />
        <Toggle
          label="grid along the axes"
          value={axisGrid}
          onChange={(axisGrid) => setGrids({ ...grids, axisGrid })}
        />
      </div>
      <div class="controls">
        <SymmetricField S={S} onChange={setS} />
      </div>
    </Figure>
  );
}

/** The angle between two vectors in degrees, or that there is none. */
function angleText(p: Vector2, q: Vector2): string {
  if (Math.hypot(...p) < 1e-12 || Math.hypot(...q) < 1e-12) return "gone";
  return `${((Math.abs(signedAngle(p, q)) * 180) / Math.PI).toFixed(2)}°`;
}
