import { twoMotions } from "@eckart/views";
import { det, reflection, rotation } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { parseNumber } from "../../address/address.ts";
import { short, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { Player } from "../../stage/Player.tsx";

const TITLE = "A rotation and a reflection";
const RADIANS = Math.PI / 180;

/** M3: one F turned by α in the first chapter and mirrored at φ in the second, each from the same start. */
export function TwoMotions({ id }: { id: string }): VNode {
  const [{ alpha, phi }, set] = useState({ alpha: 80, phi: -8 });
  const film = useMemo(
    () =>
      twoMotions(
        alpha * RADIANS,
        phi * RADIANS,
        TITLE,
        `An F and a vector v are rotated by ${alpha}°; then the same F and v are reflected in the line at ${phi}°.`,
      ),
    [alpha, phi],
  );
  const { duration } = film;
  const [time, setTime] = useState(duration);
  const change = (to: { alpha?: number; phi?: number }): void => {
    set((old) => ({ ...old, ...to }));
    setTime(duration);
  };
  useAddress(id, (fields) => {
    const [alpha, phi] = ["alpha", "phi"].map((name) => parseNumber(fields.get(name), -180, 180));
    set((old) => ({ alpha: alpha ?? old.alpha, phi: phi ?? old.phi }));
    setTime(parseNumber(fields.get("t"), 0, duration) ?? duration);
  });
  const angle = (name: "alpha" | "phi", label: string, value: number): VNode => (
    <Slider
      id={`${id}-${name}`}
      label={label}
      value={value}
      min={-180}
      max={180}
      step={1}
      text={`${value}°`.replace("-", "−")}
      onChange={(next) => change({ [name]: next })}
    />
  );
  return (
    <Figure
      id={id}
      island="twoMotions"
      fields={() => ({ alpha: String(alpha), phi: String(phi), t: time.toFixed(2) })}
      saved={{
        picture: () => ({
          width: film.width,
          height: film.height,
          title: TITLE,
          description: film.description,
          shapes: film.at(time),
        }),
        film: () => film,
      }}
      caption={
        <>
          Two separate motions of one F: the rotation has determinant{" "}
          <span class="num">{short(det(rotation(alpha * RADIANS)))}</span>, the reflection{" "}
          <span class="num">{short(det(reflection(phi * RADIANS)))}</span>.
        </>
      }
    >
      <Player id={`${id}-stage`} film={film} time={time} onTime={setTime} crop />
      <div class="controls">
        {angle("alpha", "Rotate by α", alpha)}
        {angle("phi", "Mirror line φ", phi)}
      </div>
    </Figure>
  );
}
