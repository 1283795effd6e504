import type { VNode } from "preact";

export function WorkbenchPage(): VNode {
  return (
    <main>
      <h1>Workbench</h1>
    </main>
  );
}
