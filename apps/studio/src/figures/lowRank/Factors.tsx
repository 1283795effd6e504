import { FACTORS, factorsShapes, typeset, type Figure as Picture } from "@eckart/views";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { parseNumber } from "../../address/address.ts";
import { Choice, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { Stage } from "../../stage/Stage.tsx";

const SIZES = ["64", "768", "1024", "4096"] as const;
type Size = (typeof SIZES)[number];

/** F11, the factors of an update beside it, to scale, with what each of them costs to store. */
export function Factors({ id }: { id: string }): VNode {
  const [d, setD] = useState<Size>("64");
  const [k, setK] = useState<Size>("64");
  const [r, setR] = useState(8);
  useAddress(id, (fields) => {
    const size = (text: string | undefined): Size | undefined => SIZES.find((one) => one === text);
    setD((old) => size(fields.get("d")) ?? old);
    setK((old) => size(fields.get("k")) ?? old);
    const rank = parseNumber(fields.get("r"), 1, 4096);
    if (rank !== undefined) setR(Math.round(rank));
  });
  const [rows, cols] = [Number(d), Number(k)];
  const most = Math.min(rows, cols);
  const rank = Math.min(r, most);
  const [full, factors] = [rows * cols, rank * (rows + cols)];
  const even = full / (rows + cols);
  const count = (n: number): string => n.toLocaleString("en").replaceAll(",", " ");
  const share = typeset(String(Number(((100 * factors) / full).toPrecision(3))));
  const sizes = SIZES.map((size) => [size, size] as const);
  // Ranks double on the slider, so that small ones can be told apart on a large matrix.
  const stops = [...new Set([...Array.from({ length: 13 }, (_, i) => 2 ** i).filter((stop) => stop <= most), most])];
  const picture: Picture = {
    ...FACTORS,
    title: "An update and its factors, to scale",
    description: `ΔW is ${d} × ${k}, B is ${d} × ${rank}, A is ${rank} × ${k}.`,
    shapes: factorsShapes({ d: rows, k: cols, r: rank }),
  };
  return (
    <Figure
      id={id}
      island="factors"
      span="text"
      fields={() => ({ d, k, r: String(rank) })}
      saved={{ picture: () => picture }}
      caption={
        <>
          B and A hold <span class="num">{count(factors)}</span> numbers, ΔW <span class="num">{count(full)}</span>: a
          share of <span class="num">{share} %</span>. From rank{" "}
          <span class="num">{Number.isInteger(even) ? String(even) : `${Math.ceil(even)}`}</span> on the factors cost as
          much as the update or more.
        </>
      }
    >
      <Stage id={`${id}-stage`} {...picture} />
      <div class="controls">
        <Choice id={`${id}-d`} label="d" value={d} options={sizes} onChange={setD} />
        <Choice id={`${id}-k`} label="k" value={k} options={sizes} onChange={setK} />
        <Slider
          id={`${id}-r`}
          label="rank r"
          value={Math.max(
            0,
            stops.findLastIndex((stop) => stop <= rank),
          )}
          min={0}
          max={stops.length - 1}
          step={1}
          onChange={(i) => setR(stops[i]!)}
          text={String(rank)}
        />
      </div>
    </Figure>
  );
}
