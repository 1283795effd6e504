import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";
import { Outline } from "../contents/outline.ts";
import { Island } from "../island/Island.tsx";
import { questions } from "../quiz/questions.tsx";

/** A formula that was set when the page was built; from one that stands alone the notation is at hand. */
export function Formula({ html, display = false }: { html: string; display?: boolean }): VNode {
  const inner = { __html: html };
  if (!display) return <span class="formula" dangerouslySetInnerHTML={inner} />;
  return (
    <div class="formula-row">
      <div class="formula display" dangerouslySetInnerHTML={inner} />
      <button type="button" class="notation-key" popovertarget="notation" aria-label="Notation">
        ?
      </button>
    </div>
  );
}

/**
 * A section of the lesson, with its questions at the end. What is lit and what is live in its formulas and figures
 * belongs together.
 */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }): VNode {
  const outline = useContext(Outline);
  if (!outline.some((entry) => entry.id === id)) outline.push({ id, title });
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

/** The list of contents, in the text or on a sheet. */
export function ContentsList({ id = "contents" }: { id?: string }): VNode {
  const [, ...entries] = useContext(Outline);
  return <Island name="contents" id={id} entries={entries} />;
}
