import { toElement, type Point, type Shape } from "@eckart/views";
import { h, type VNode } from "preact";
import { useRef } from "preact/hooks";
import { arrowKey, figurePoint } from "./gestures.ts";

/** Something in a picture that the reader moves: by finger, mouse, pen or arrow keys. */
export interface Handle {
  readonly id: string;
  /** What it is, for readers who hear it: "vector v", "mirror line". */
  readonly label: string;
  /** Where it stands, in words: "2 right, 1 up". Announced once a key. */
  readonly value: string;
  /** Where it is, in figure units. */
  readonly at: Point;
  /** What it lights while it is touched. */
  readonly mark?: string;
  /** Dragged to a point of the figure. */
  readonly move: (to: Point) => void;
  /** An arrow key: one step to the right and up; `fine` with Shift, for steps of a tenth. */
  readonly nudge: (dx: number, dy: number, fine: boolean) => void;
  /** Dragging has ended. */
  readonly drop?: () => void;
}

export interface StageProps {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The name of the picture, and what is to be seen, in words that follow its state. */
  readonly title: string;
  readonly description: string;
  readonly shapes: readonly Shape[];
  readonly handles?: readonly Handle[];
  /** Whether a narrow screen may cut off left and right: the middle is what matters. */
  readonly crop?: boolean;
  /** The empty part of the picture is dragged, by a step in figure units: for views of space. */
  readonly onTurn?: (step: Point) => void;
}

/** Paints a picture of `@eckart/views`, and lets its handles be moved. */
export function Stage({
  id,
  width,
  height,
  title,
  description,
  shapes,
  handles = [],
  crop = false,
  onTurn,
}: StageProps): VNode {
  const svg = useRef<SVGSVGElement>(null);
  const turning = useRef<Point | undefined>(undefined);
  const turn = onTurn && {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest(".handle")) return;
      turning.current = figurePoint(svg.current!, event);
      svg.current!.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (!turning.current) return;
      const [x, y] = figurePoint(svg.current!, event);
      onTurn([x - turning.current[0], y - turning.current[1]]);
      turning.current = [x, y];
    },
    onLostPointerCapture: () => (turning.current = undefined),
  };
  return (
    <svg
      ref={svg}
      class={`stage${crop ? " crop" : ""}${turn ? " turnable" : ""}`}
      {...turn}
      preserveAspectRatio={crop ? "xMidYMid slice" : undefined}
      viewBox={`0 0 ${width} ${height}`}
      role={handles.length > 0 ? "group" : "img"}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      {paint(shapes)}
      {handles.map((handle) => (
        <Grip key={handle.id} handle={handle} svg={svg} />
      ))}
    </svg>
  );
}

/** Every shape as the same element while it moves: what is lit stays lit where others come and go before it. */
function paint(shapes: readonly Shape[]): VNode[] {
  const seen = new Map<string, number>();
  return shapes.map((shape) => {
    const { tag, attributes, text } = toElement(shape);
    const kin = `${tag} ${shape.mark ?? ""}`;
    const count = seen.get(kin) ?? 0;
    seen.set(kin, count + 1);
    return h<Record<string, string>>(tag, { ...attributes, key: `${kin} ${count}` }, text);
  });
}

function Grip({ handle, svg }: { handle: Handle; svg: { readonly current: SVGSVGElement | null } }): VNode {
  const [x, y] = handle.at;
  // From the pointer to the handle's middle, while it is held.
  const held = useRef<Point | undefined>(undefined);
  const release = (): void => {
    if (held.current) handle.drop?.();
    held.current = undefined;
  };
  return (
    <g
      class="handle"
      data-mark={handle.mark}
      data-handle={handle.id}
      tabindex={0}
      role="slider"
      aria-roledescription="movable point"
      aria-label={handle.label}
      aria-valuetext={handle.value}
      aria-valuenow={Math.round(x)}
      transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
      // Browsers that do not heed touch-action inside of a picture would scroll the page under the finger.
      onTouchStart={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const [px, py] = figurePoint(svg.current!, event);
        held.current = [x - px, y - py];
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus({ preventScroll: true });
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (!held.current) return;
        const [px, py] = figurePoint(svg.current!, event);
        handle.move([px + held.current[0], py + held.current[1]]);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onKeyDown={(event) => {
        const way = event.altKey || event.ctrlKey || event.metaKey ? undefined : arrowKey(event.key);
        if (!way) return;
        event.preventDefault();
        handle.nudge(way[0], way[1], event.shiftKey);
        handle.drop?.();
      }}
    >
      <circle class="reach" r="22" />
      <circle class="ring" r="9" />
    </g>
  );
}
