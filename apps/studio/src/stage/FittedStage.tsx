import type { Figure } from "@eckart/views";
import type { RefObject, VNode } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Stage } from "./Stage.tsx";

interface FittedStageProps {
  readonly id: string;
  /** The picture for a width in figure units, which are a little larger than pixels, so that its letters can be read. */
  readonly draw: (width: number) => Figure;
  /** Drawn anew when one of these changes. */
  readonly deps?: readonly unknown[];
}

/** Pixels of a figure unit: pictures of the views set their letters 12 units high, and grow with the text around them. */
const unitOf = (text: number): number => Math.max(1.2, text / 16);
/** The widest picture, in heights of the text. */
const WIDEST = 50;

/** An element's width in figure units, so that letters of a picture in it are as large as those around it; 0 at first. */
export function useRoom(): readonly [place: RefObject<HTMLDivElement | null>, width: number] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const text = parseFloat(getComputedStyle(document.documentElement).fontSize);
      setWidth(Math.round(Math.min(entry!.contentRect.width, WIDEST * text) / unitOf(text)));
    });
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  return [place, width];
}

/** A picture that is drawn for the room it has. */
export function FittedStage({ id, draw, deps }: FittedStageProps): VNode {
  const [place, width] = useRoom();
  const figure = useMemo(() => (width > 0 ? draw(width) : undefined), [width, ...(deps ?? [draw])]);
  return (
    <div ref={place} class="fitted">
      {figure && (
        <Stage
          id={id}
          width={figure.width}
          height={figure.height}
          title={figure.title}
          description={figure.description}
          shapes={figure.shapes}
        />
      )}
    </div>
  );
}
