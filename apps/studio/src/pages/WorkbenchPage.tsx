import type { VNode } from "preact";
import { Island } from "../island/Island.tsx";

export function WorkbenchPage(): VNode {
  return (
    <main id="workbench" class="workbench">
      <nav class="bar" aria-label="Pages">
        <p class="course">eckart · Singular Value Decomposition</p>
        <a href="./index.html">Lesson</a>
      </nav>
      <header class="title">
        <h1>Workbench</h1>
        <p>
          A matrix, a table or a picture of your own, and every decomposition of the library, computed and certified on
          your device.
        </p>
      </header>
      <Island name="workbench" id="bench" />
    </main>
  );
}
