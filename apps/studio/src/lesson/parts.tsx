import type { ComponentChildren, VNode } from "preact";
import { Island } from "../island/Island.tsx";
import { questions } from "../quiz/questions.tsx";

/** A formula that was set when the page was built. */
export function Formula({ html, display = false }: { html: string; display?: boolean }): VNode {
  const Tag = display ? "div" : "span";
  return <Tag class={display ? "formula display" : "formula"} dangerouslySetInnerHTML={{ __html: html }} />;
}

/**
 * A section of the lesson, with its questions at the end. What is lit and what is live in its formulas and figures
 * belongs together.
 */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }): VNode {
  return (
    <section id={id} data-scope={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <a href={`#${id}`}>{title}</a>
      </h2>
      {children}
      {questions[id] && <Island name="quiz" id={`ask-${id}`} section={id} />}
    </section>
  );
}

/** A folded note: what is often said, and what is so in fact. */
export function Note({ said, children }: { said: string; children: ComponentChildren }): VNode {
  return (
    <details class="note">
      <summary>
        <span class="often">Often said:</span> {said}
      </summary>
      <div class="fact">{children}</div>
    </details>
  );
}

/** One thing to try with the figure. */
export function Try({ children }: { children: ComponentChildren }): VNode {
  return (
    <div class="try">
      <span class="label">Try it.</span> {children}
    </div>
  );
}
