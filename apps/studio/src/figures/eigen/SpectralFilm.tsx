import {
  significant,
  spectralFilm,
  spectralPlane,
  typeset,
  type Figure as Picture,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { multiply, norm, subtract } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { MatrixField, num } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Player } from "../../stage/Player.tsx";
import { pointHandle } from "../../stage/handles.ts";
import { spectral, SYMMETRIC_PRESETS } from "./answers.ts";
import { SymmetricField, symmetricOf } from "./SymmetricField.tsx";

/** M5: S = QΛQᵀ, turn, stretch along the axes, turn back. */
export function SpectralFilm({ id }: { id: string }): VNode {
  const [S, setS] = useState<Rows2>(SYMMETRIC_PRESETS[0]![1]);
  const map = useMemo(() => spectral(S), [S]);
  const { values, Q } = map;
  const [x, setX] = useState<Vector2>([0.9, -0.5]);
  const film = useMemo(() => spectralFilm(map, x), [map, x]);
  const [time, setTime] = useState(2.1);
  useAddress(id, (fields) => {
    const S = symmetricOf(matrixField(fields.get("S"), 2, 2));
    const x = matrixField(fields.get("x"), 1, 2)?.[0] as Vector2 | undefined;
    if (S) setS(S);
    if (x) setX(x);
    setTime(parseNumber(fields.get("t"), 0, film.duration) ?? film.duration);
  });
  const Lambda = [[values[0], 0], [0, values[1]]]; // oxfmt-ignore
  const rebuilt = multiply(multiply(Q, Lambda), [[Q[0][0], Q[1][0]], [Q[0][1], Q[1][1]]]); // oxfmt-ignore
  const size = norm(S);
  const error = size === 0 ? 0 : norm(subtract(rebuilt, S)) / size;
  const alike = values[0] === values[1];
  const plane = spectralPlane(values);
  const reach = plane.box[3] / (2 * plane.unit);
  const handle = pointHandle({
    plane,
    id: "x",
    label: "vector x",
    p: x,
    mark: "v",
    reach: [0.9 * reach, 0.9 * reach],
    move: setX,
  });
  return (
    <Figure
      id={id}
      island="spectralFilm"
      fields={() => ({ S: formatMatrix(S), x: formatMatrix([x]), t: String(time) })}
      live={{ s11: num(S[0][0]), s12: num(S[0][1]), s21: num(S[1][0]), s22: num(S[1][1]), e1: num(values[0]), e2: num(values[1]), q11: num(Q[0][0], 3), q12: num(Q[0][1], 3), q21: num(Q[1][0], 3), q22: num(Q[1][1], 3) }} // oxfmt-ignore
      saved={{ picture: (): Picture => ({ ...film, shapes: film.at(time) }), film: () => film }}
      caption={
        alike ? (
          <>
            Both eigenvalues are <span class="num">{num(values[0])}</span>: S is a multiple of I, any Q serves, and the
            film takes <span class="num">Q = I</span>.
          </>
        ) : (
          <>
            Q turns by <span class="num">{`${num((map.angle * 180) / Math.PI)}°`}</span>, its determinant is{" "}
            <span class="num">+1</span>, and the product QΛQᵀ gives S back{" "}
            {error === 0 ? (
              <>to the last digit.</>
            ) : (
              <>
                within <span class="num rebuilt">{typeset(significant(error, 2)).replaceAll(" ", "\u00a0")}</span> of
                its size.
              </>
            )}
          </>
        )
      }
    >
      <Player id={`${id}-film`} film={film} time={time} onTime={setTime} crop handles={[handle]} />
      <div class="controls">
        <SymmetricField S={S} onChange={setS} />
        <MatrixField name="x" mark="v" rows={[[x[0]], [x[1]]]} onChange={([p, q]) => setX([p![0]!, q![0]!])} />
      </div>
    </Figure>
  );
}
