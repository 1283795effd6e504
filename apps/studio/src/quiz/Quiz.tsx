import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { linkTo } from "../address/address.ts";
import type { Question } from "./question.ts";
import { forget, keep, results } from "./progress.ts";
import { questions } from "./questions.tsx";

/** The questions of a section, one below the other, with the score where there are several. */
export function Quiz({ id, section }: { id: string; section: string }): VNode {
  const asked = questions[section] ?? [];
  const [right, setRight] = useState<ReadonlySet<string>>(new Set());
  const [round, setRound] = useState(0);
  useLayoutEffect(() => {
    const kept = results();
    setRight(new Set(asked.flatMap(({ name }) => (kept.get(name) === "right" ? [name] : []))));
  }, [round]);
  return (
    <div id={id} class="quiz">
      {asked.map((question, i) => (
        <Asked
          key={`${round} ${question.name}`}
          id={`${id}-${question.name}`}
          question={question}
          number={asked.length > 1 ? i + 1 : undefined}
          known={right.has(question.name)}
          onRight={() => setRight((all) => new Set([...all, question.name]))}
        />
      ))}
      {asked.length > 1 && (
        <p class="score">
          <span role="status">
            {right.size} of {asked.length} answered.
          </span>{" "}
          {right.size > 0 && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                forget(asked.map(({ name }) => name));
                setRound(round + 1);
              }}
            >
              Begin again
            </button>
          )}
        </p>
      )}
    </div>
  );
}

interface AskedProps {
  readonly id: string;
  readonly question: Question;
  readonly number: number | undefined;
  /** Answered rightly on an earlier visit. */
  readonly known: boolean;
  readonly onRight: () => void;
}

function Asked({ id, question, number, known, onRight }: AskedProps): VNode {
  const [chosen, choose] = useState<number | undefined>(undefined);
  const [checked, check] = useState(false);
  const feedback = useRef<HTMLParagraphElement>(null);
  const option = chosen === undefined ? undefined : question.options[chosen];
  useLayoutEffect(() => {
    if (checked) feedback.current?.focus({ preventScroll: true });
  }, [checked]);
  return (
    <form
      class="question"
      onSubmit={(event) => {
        event.preventDefault();
        if (!option) return;
        keep(question.name, option.right ? "right" : "tried");
        if (option.right) onRight();
        check(true);
      }}
    >
      <fieldset>
        <legend>
          {number !== undefined && <span class="number-of">{`${number}.`}</span>} {question.text}{" "}
          {known && !checked && <span class="known">answered before</span>}
        </legend>
        {question.options.map(({ text }, i) => (
          <label key={i} class={checked && i === chosen ? (option?.right ? "right" : "wrong") : undefined}>
            <input
              type="radio"
              name={id}
              value={i}
              checked={i === chosen}
              onChange={() => {
                choose(i);
                check(false);
              }}
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <div class="verdict" role="status">
        {checked && option && (
          <p ref={feedback} tabIndex={-1} class={option.right ? "right" : "wrong"}>
            <strong>{option.right ? "Yes." : "Not so."}</strong> {option.feedback}{" "}
            {option.see && <a href={linkTo(option.see.figure, option.see.fields)}>See it in the figure</a>}
          </p>
        )}
      </div>
      {checked ? (
        !option?.right && (
          <button
            type="button"
            onClick={(event) => {
              const form = event.currentTarget.form;
              choose(undefined);
              check(false);
              form?.querySelector("input")?.focus();
            }}
          >
            Try again
          </button>
        )
      ) : (
        <button type="submit" aria-disabled={option === undefined}>
          Check
        </button>
      )}
      <p class="answer print-only">Answer: {question.options.find(({ right }) => right)?.text}</p>
    </form>
  );
}
