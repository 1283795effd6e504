import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface DividerProps {
  readonly id: string;
  /** The picture before and after, of one size; nothing while they are not there. */
  readonly before: ImageData | undefined;
  readonly after: ImageData | undefined;
  /** Its size on the page, whatever was computed yet. */
  readonly width: number;
  readonly height: number;
  /** What stands on the right of the divider: "rank 12". */
  readonly name: string;
}

/** Two pictures on one another, parted by a line that is dragged or moved with the arrow keys; a button shows the first. */
export function Divider({ id, before, after, width, height, name }: DividerProps): VNode {
  const [split, setSplit] = useState(50);
  const [pressed, setPressed] = useState(false);
  const shown = pressed ? 100 : split;
  const hold = (on: boolean) => (): void => setPressed(on);
  const key = (on: boolean) => (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    setPressed(on);
  };
  return (
    <div class="compared">
      <div
        class="divided"
        style={{
          aspectRatio: `${width} / ${height}`,
          maxWidth: `calc(80vh * ${(width / height).toFixed(4)})`,
          "--split": `${shown}%`,
        }}
      >
        <Layer image={after} label={`The approximation, ${name}`} />
        <Layer image={before} label="The original" over />
        <span class="divider-line" aria-hidden="true" />
        <input
          id={`${id}-divider`}
          class="divider"
          type="range"
          min={0}
          max={100}
          step={1}
          value={split}
          aria-label="Divider: the original on its left, the approximation on its right"
          aria-valuetext={`the original on ${split} per cent of the width`}
          onInput={(event) => setSplit(Number(event.currentTarget.value))}
        />
      </div>
      <div class="sides">
        <span>{shown > 0 ? "original" : ""}</span>
        <button
          type="button"
          aria-pressed={pressed}
          onPointerDown={hold(true)}
          onPointerUp={hold(false)}
          onPointerLeave={hold(false)}
          onPointerCancel={hold(false)}
          onKeyDown={key(true)}
          onKeyUp={key(false)}
          onBlur={hold(false)}
        >
          Hold for the original
        </button>
        <span>{shown < 100 ? name : ""}</span>
      </div>
    </div>
  );
}

function Layer({ image, label, over = false }: { image: ImageData | undefined; label: string; over?: boolean }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!image) return;
    const { width, height } = image;
    const element = canvas.current!;
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    element.getContext("2d")!.putImageData(image, 0, 0);
  }, [image]);
  return <canvas ref={canvas} class={over ? "before" : "after"} role="img" aria-label={label} width={1} height={1} />;
}
