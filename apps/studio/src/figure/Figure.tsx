import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { publish } from "../light/light.ts";
import { FigureTools, type Saved } from "./FigureTools.tsx";

export interface FigureProps {
  readonly id: string;
  /** The island of the figure: what an embedding page asks for. */
  readonly island: string;
  /** One sentence under the figure, with live numbers. */
  readonly caption: ComponentChildren;
  /** The state as it stands in an address: what a link carries. */
  readonly fields: () => Readonly<Record<string, string>>;
  /** Numbers for the formulas around it. */
  readonly live?: Readonly<Record<string, string>>;
  /** What is saved as a file. */
  readonly saved?: Saved;
  /** How much of the page it takes: the column of text, the middle, or the whole width of the page. */
  readonly span?: "text" | "middle" | "page";
  readonly children: ComponentChildren;
}

/** What every figure has: its place on the page, its caption, a link that reproduces it and ways to save it. */
export function Figure({ id, island, caption, fields, live, saved, span = "middle", children }: FigureProps): VNode {
  const element = useRef<HTMLElement>(null);
  const values = JSON.stringify(live ?? {});
  useLayoutEffect(() => publish(element.current, JSON.parse(values) as Record<string, string>), [values]);
  return (
    <figure ref={element} id={id} class={`figure span-${span}`} data-figure={island}>
      {children}
      <figcaption>
        <div class="caption">{caption}</div>
        <FigureTools id={id} fields={fields} saved={saved} />
      </figcaption>
    </figure>
  );
}
