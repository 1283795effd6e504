import type { VNode } from "preact";
import { useState } from "preact/hooks";

export function Plane({ id }: { id: string }): VNode {
  const [n, set] = useState(0);
  return (
    <figure id={id}>
      <button onClick={() => set(n + 1)}>{n}</button>
    </figure>
  );
}
