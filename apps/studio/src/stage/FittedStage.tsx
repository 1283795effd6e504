import type { Figure } from "@eckart/views";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Stage } from "./Stage.tsx";

interface FittedStageProps {
  readonly id: string;
  /** The picture for a width in figure units, which are a little larger than pixels, so that its letters can be read. */
  readonly draw: (width: number) => Figure;
  /** Drawn anew when one of these changes. */
  readonly deps?: readonly unknown[];
}

/** Pixels of a figure unit: pictures of the views set their letters 12 units high. */
const UNIT = 1.2;

/** A picture that is drawn for the room it has, its letters as large as those around it. */
export function FittedStage({ id, draw, deps }: FittedStageProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  const figure = useMemo(
    () => (width > 0 ? draw(Math.min(width, 960) / UNIT) : undefined),
    [width, ...(deps ?? [draw])],
  );
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
