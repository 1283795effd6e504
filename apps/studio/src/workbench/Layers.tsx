import { heatMap, percent } from "@eckart/views";
import { norm, reconstruct, subtract, type FloatArray, type Matrix } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { num, Slider } from "../controls/controls.tsx";
import { stopsUpTo } from "../figures/compress/ranks.ts";
import { FittedStage } from "../stage/FittedStage.tsx";

interface LayersProps {
  readonly id: string;
  readonly A: Matrix;
  readonly U: Matrix;
  readonly s: FloatArray;
  readonly Vt: Matrix;
}

/** A matrix as the sum of its first layers of rank one, and what is left. */
export function Layers({ id, A, U, s, Vt }: LayersProps): VNode {
  const stops = useMemo(() => stopsUpTo(s.length), [s.length]);
  const [wanted, setRank] = useState(1);
  const rank = Math.min(wanted, s.length);
  const sum = useMemo(() => reconstruct({ U, s: s.slice(0, rank), Vt }), [U, rank]);
  const left = useMemo(() => subtract(A, sum), [A, sum]);
  const whole = norm(A);
  const error = whole === 0 ? 0 : norm(left) / whole;
  const energy = Math.max(0, 1 - error * error);
  return (
    <div class="layers">
      <h4>Rank-one layers</h4>
      <Slider
        id={`${id}-rank`}
        label="rank r"
        value={stops.findLastIndex((stop) => stop <= rank)}
        min={0}
        max={stops.length - 1}
        step={1}
        text={`${rank} of ${s.length}`}
        onChange={(i) => setRank(stops[i]!)}
      />
      <p class="about" role="status">
        {`${rank === 1 ? "The first layer holds" : `The first ${rank} layers hold`} ${percent(energy, 2)} of the energy; relative error ${num(100 * error, 4)} %${rank < s.length ? `, spectral error σ${subscript(rank + 1)} = ${num(s[rank]!, 4)}` : ""}.`}
      </p>
      <div class="tiles">
        <FittedStage
          id={`${id}-sum`}
          deps={[sum]}
          draw={(width) =>
            heatMap(sum, {
              title: rank === 1 ? "The first layer" : `The first ${rank} layers`,
              width,
              height: 360,
            })
          }
        />
        <FittedStage
          id={`${id}-left`}
          deps={[left]}
          draw={(width) => heatMap(left, { title: "What is left", width, height: 360 })}
        />
      </div>
    </div>
  );
}

const subscript = (n: number): string => [...String(n)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
