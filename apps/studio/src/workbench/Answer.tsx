import { heatMap } from "@eckart/views";
import { ComplexMatrix, ComplexVector, Matrix, norm } from "eckart";
import type { ComponentChildren, VNode } from "preact";
import { useMemo } from "preact/hooks";
import { FittedStage } from "../stage/FittedStage.tsx";
import { CopyMenu } from "./CopyMenu.tsx";
import { printed } from "./copy.ts";
import type { Fact, Part, Proof, Result } from "./result.ts";
import type { Running } from "./useWork.ts";
import { timeInWords } from "./words.ts";

interface AnswerProps {
  readonly id: string;
  readonly title: string;
  /** The equation that it is about, in plain signs. */
  readonly equation: string;
  readonly running: Running<Result>;
  readonly flops: number;
  readonly children?: (result: Result) => ComponentChildren;
}

/** An answer of the library: on its way, there, or the reason why there is none. */
export function Answer({ id, title, equation, running, flops, children }: AnswerProps): VNode {
  const { work, begin, stop } = running;
  return (
    <section class="answer" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {title} <span class="equation-text">{equation}</span>
      </h3>
      {work.state === "waiting" && (
        <p class="about">
          {`About ${(flops / 1e9).toPrecision(2)} billion operations. `}
          <button type="button" onClick={begin}>
            Compute
          </button>
        </p>
      )}
      {work.state === "running" && (
        <div class="progress">
          <label for={`${id}-progress`}>{`Computing: ${work.step}`}</label>
          <progress id={`${id}-progress`} max={100} value={Math.round(100 * work.fraction)} />
          <button type="button" onClick={stop}>
            Stop
          </button>
        </div>
      )}
      {work.state === "failed" && (
        <p class="fault" role="status">
          {work.fault}
        </p>
      )}
      {work.state === "done" && (
        <>
          {work.value.missing !== undefined && <p class="missing">{work.value.missing}</p>}
          {children?.(work.value)}
          {work.value.parts.map((part) => (
            <PartView key={part.name} id={`${id}-${part.name}`} part={part} />
          ))}
          {work.value.proof && <ProofView proof={work.value.proof} />}
          {work.value.facts.length > 0 && <Facts facts={work.value.facts} />}
          {work.value.missing === undefined && <p class="about time">{`In ${timeInWords(work.ms)}.`}</p>}
        </>
      )}
    </section>
  );
}

/** Findings in a list of names and values. */
function Facts({ facts }: { facts: readonly Fact[] }): VNode {
  return (
    <dl class="facts wide">
      {facts.map(({ name, value, about }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="num">{value}</span>
            {about ? <span class="about">{about}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ProofView({ proof: { accepted, sentences } }: { proof: Proof }): VNode {
  return (
    <div class="proof" data-accepted={accepted}>
      <p>
        <strong>{accepted ? "Proved, as exact as it can be." : "Proved, but not as exact as it could be."}</strong>{" "}
        {"The bounds include the rounding of their own evaluation."}
      </p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** Parts with more entries are drawn too. */
const DRAWN = 9;

/** A factor: its name, its shape, its numbers, and a picture where there are many. */
function PartView({ id, part }: { id: string; part: Part }): VNode {
  const { name, label, about, mark, value } = part;
  const matrix = value instanceof Matrix ? value : undefined;
  const complex = value instanceof ComplexMatrix || value instanceof ComplexVector;
  const shape = value instanceof Matrix || value instanceof ComplexMatrix ? value.shape : [value.length];
  const text = useMemo(
    () => (shape.includes(0) ? "empty" : printed(value, matrix !== undefined && norm(matrix, "max") >= 1e-3)),
    [value],
  );
  const drawn = matrix !== undefined && matrix.rows * matrix.cols > DRAWN;
  return (
    <div class={drawn ? "part drawn" : "part"} data-mark={mark}>
      <div class="part-head">
        <h4>{label ?? name}</h4>
        <span class="about">{`${shape.join(" × ")}${shape.length === 1 ? " values" : ""} · ${about}`}</span>
        {!complex && <CopyMenu id={id} name={name} value={value} />}
      </div>
      <div class="part-body">
        <pre class="printed" tabIndex={0} role="group" aria-label={`${name}, printed`}>
          {text}
        </pre>
        {drawn && (
          <FittedStage
            id={`${id}-map`}
            deps={[value]}
            draw={(width) => heatMap(matrix, { title: `Entries of ${label ?? name}`, width, height: 340 })}
          />
        )}
      </div>
    </div>
  );
}
