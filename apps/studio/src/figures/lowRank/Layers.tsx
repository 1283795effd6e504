import { besideFigures, named, TILE, tileShapes, type Figure as Picture } from "@eckart/views";
import { norm, reconstruct, subtract, svd, truncate, type Matrix } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { parseNumber } from "../../address/address.ts";
import { Choice, num, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { Stage } from "../../stage/Stage.tsx";
import { PICTURES, type PictureName } from "./pictures.ts";

const TILES = ["matrix", "sum", "layer", "rest"] as const;

/** F9, a matrix as a sum of layers of rank one: what r of them show, the next one, and what is left over. */
export function Layers({ id }: { id: string }): VNode {
  const [name, setName] = useState<PictureName>("letter");
  const [r, setR] = useState(2);
  useAddress(id, (fields) => {
    const picture = fields.get("of");
    if (picture !== undefined && picture in PICTURES) setName(picture as PictureName);
    const rank = parseNumber(fields.get("r"), 0, 16);
    if (rank !== undefined) setR(Math.round(rank));
  });
  const A = PICTURES[name];
  const F = useMemo(() => svd(A), [name]);
  const count = F.s.length;
  const kept = Math.min(r, count);
  const [rows, cols] = [A.length, A[0]!.length];
  const best = useMemo(() => truncate(A, { rank: kept }), [name, kept]);
  const sum = reconstruct(best);
  const left = subtract(A, sum);
  const layer = (i: number): Matrix =>
    reconstruct({ U: F.U.slice(0, rows, i, i + 1), s: F.s.slice(i, i + 1), Vt: F.Vt.slice(i, i + 1) });
  const largest = norm(A, "max");
  const sub = (i: number): string => [...String(i)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
  const tile = (title: string, matrix: Parameters<typeof tileShapes>[0], description: string): Picture => ({
    ...TILE,
    title,
    description,
    shapes: tileShapes(matrix, rows, cols, largest),
  });
  const tiles = [
    tile("A", A, `The matrix of ${rows} rows and ${cols} columns.`),
    tile(`A${sub(kept)}`, sum, `Its best approximation of rank ${kept}.`),
    kept < count
      ? tile(`σ${sub(kept + 1)}u${sub(kept + 1)}v${sub(kept + 1)}ᵀ`, layer(kept), "The next layer, of rank one.")
      : tile("no layer left", left, "All layers are in the sum."),
    tile(`A − A${sub(kept)}`, left, "What the approximation leaves out."),
  ];
  const [frobenius, spectral] = [norm(left), norm(left, 2)];
  return (
    <Figure
      id={id}
      island="layers"
      span="page"
      fields={() => ({ of: name, r: String(kept) })}
      saved={{ picture: () => besideFigures("A matrix as a sum of layers of rank one", tiles.map(named)) }}
      live={{ error2: num(best.spectralError), errorF: num(best.frobeniusError), kept: String(kept) }}
      caption={
        <>
          {`${kept === 1 ? "One layer holds" : `${kept} layers hold`} `}
          <span class="num">{`${num(100 * best.energy, 4)} %`}</span> of the energy. Left over, measured:{" "}
          <span class="num">{`‖A − A${sub(kept)}‖₂ = ${num(spectral)}`}</span>
          {kept < count ? <span class="num">{`, which is σ${sub(kept + 1)} = ${num(F.s[kept]!)}`}</span> : ""}, and{" "}
          <span class="num">{`‖A − A${sub(kept)}‖F = ${num(frobenius)}`}</span>, the root of the sum of the squares left
          out, <span class="num">{num(best.frobeniusError)}</span>.
        </>
      }
    >
      <div class="controls">
        <Choice
          id={`${id}-of`}
          label="Matrix"
          value={name}
          options={(Object.keys(PICTURES) as PictureName[]).map((one) => [one, one] as const)}
          onChange={setName}
        />
        <Slider
          id={`${id}-rank`}
          label="rank r"
          value={kept}
          min={0}
          max={count}
          step={1}
          onChange={setR}
          text={`${kept} of ${count}`}
        />
      </div>
      <div class="tiles">
        {tiles.map((picture, i) => (
          <div class="tile" key={TILES[i]}>
            <Stage id={`${id}-${TILES[i]}`} {...picture} />
            <p class="tile-name num">{picture.title}</p>
          </div>
        ))}
      </div>
    </Figure>
  );
}
