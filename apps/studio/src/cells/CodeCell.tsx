import type { TargetedMouseEvent, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { pack, unpack } from "../address/pack.ts";
import { Figure } from "../figure/Figure.tsx";
import { useAddress } from "../figure/useAddress.ts";
import { type Cell, cells } from "./cells.ts";
import { Code, textOf, type Token } from "./Code.tsx";
import type { createEditor, Editor } from "./editor.ts";
import { type Outcome, run } from "./sandbox/run.ts";
import { Panel, Tabs } from "./Tabs.tsx";
import { verdict } from "./verdict.ts";

/** For the reader's lines, in milliseconds. */
const TIME_LIMIT = 10_000;

/** Bytes of text that a link may bring. */
const LINKED_LIMIT = 65536;

/** The editor once it is fetched, and where the pointer was that asked for it. */
interface Opened {
  readonly create: typeof createEditor;
  readonly at: { readonly x: number; readonly y: number } | undefined;
}

/** What one run printed, and how it ended when it has; `recorded`: what NumPy printed for these very lines. */
interface Run {
  readonly printed: string;
  readonly outcome?: Outcome;
  readonly recorded: string | undefined;
}

interface Props {
  readonly id: string;
  readonly cell: keyof typeof cells;
}

/** TypeScript to edit and run, the same lines in NumPy, and what NumPy printed. */
export function CodeCell({ id, cell: name }: Props): VNode {
  const cell: Cell = cells[name];
  const original = textOf(cell.code);
  const [tab, setTab] = useState<"typescript" | "numpy">("typescript");
  const [source, setSource] = useState(original);
  const [linked, setLinked] = useState(false);
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  const [last, setLast] = useState<Run | undefined>(undefined);
  const [running, setRunning] = useState(false);
  const [told, tell] = useState("");
  const stop = useRef<AbortController | undefined>(undefined);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const changed = source !== original;

  const change = (text: string): void => {
    setSource(text);
    tell("");
  };

  /** Other lines in place of these, which nobody has run. */
  const replace = (text: string, fromLink: boolean): void => {
    stop.current?.abort();
    setTab("typescript");
    setLast(undefined);
    setLinked(fromLink);
    if (editor.current) editor.current.replace(text);
    else change(text);
  };

  useAddress(id, (fields) => {
    void unpack(fields.get("code") ?? "", LINKED_LIMIT).then((text) => text && replace(text, text !== original));
  });
  const [packed, setPacked] = useState<Record<string, string>>({});
  useLayoutEffect(() => {
    if (changed) void pack(source).then((code) => setPacked({ code }));
    else setPacked({});
  }, [source]);

  const start = async (): Promise<void> => {
    if (stop.current) return;
    const controller = new AbortController();
    stop.current = controller;
    const recorded = changed ? undefined : cell.output;
    let printed = "";
    const print = (text: string): void => {
      if (controller.signal.aborted) return;
      printed += text;
      setLast({ printed, recorded });
    };
    setTab("typescript");
    setLinked(false);
    tell("");
    setRunning(true);
    setLast({ printed, recorded });
    editor.current?.markLine(undefined);
    const outcome = await run(source, { print, signal: controller.signal, timeLimit: TIME_LIMIT }).catch(
      (error: unknown): Outcome => ({
        kind: "failed",
        message: `The cell did not start: ${String(error)}`,
        line: undefined,
      }),
    );
    stop.current = undefined;
    setRunning(false);
    // Lines that were replaced meanwhile leave nothing behind.
    setLast((now) => now && { printed, outcome, recorded });
    if (outcome.kind === "failed") editor.current?.markLine(outcome.line);
  };
  // The editor keeps the function that it was made with.
  const latest = useRef(start);
  latest.current = start;

  const edit = async (at?: Opened["at"]): Promise<void> => {
    setTab("typescript");
    if (editor.current) return editor.current.focus();
    try {
      const { createEditor: create } = await import("./editor.ts");
      setOpened((before) => before ?? { create, at });
    } catch {
      tell("The editor could not be fetched.");
    }
  };

  useLayoutEffect(() => {
    if (!opened || !host.current) return undefined;
    const made = opened.create(host.current, {
      text: source,
      label: `TypeScript: ${cell.title}`,
      description: KEYS,
      roles: cell.roles,
      onChange: change,
      onRun: () => void latest.current(),
    });
    editor.current = made;
    if (last?.outcome?.kind === "failed") made.markLine(last.outcome.line);
    if (opened.at) made.focusAt(opened.at.x, opened.at.y);
    else made.focus();
    return () => {
      editor.current = undefined;
      made.destroy();
    };
  }, [opened]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(tab === "typescript" ? source : textOf(cell.numpy));
      tell("Copied.");
    } catch {
      tell("This browser does not let the page copy.");
    }
  };

  return (
    <Figure id={id} island="cell" caption={cell.title} fields={() => packed}>
      <div
        class="cell"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
          event.preventDefault();
          void start();
        }}
      >
        <div class="cell-bar">
          <Tabs
            id={id}
            label="Language"
            value={tab}
            options={[
              ["typescript", "TypeScript"],
              ["numpy", "NumPy"],
            ]}
            onChange={setTab}
          />
          <div class="tools">
            <button type="button" class="quiet" onClick={() => void edit()}>
              Edit
            </button>
            <button type="button" class="quiet" onClick={() => void copy()}>
              Copy
            </button>
            <button type="button" class="quiet" disabled={!changed && !last} onClick={() => replace(original, false)}>
              Reset
            </button>
          </div>
        </div>
        {linked && (
          <p class="cell-notice">These lines came with the link and have not run. Read them before you run them.</p>
        )}
        <Panel id={id} option="typescript" value={tab}>
          <div class="cell-code">
            {opened ? (
              <div ref={host} class="cell-editor" />
            ) : (
              <Still
                label={`TypeScript: ${cell.title}`}
                lines={changed ? plain(source) : cell.code}
                roles={cell.roles}
                onEdit={(at) => void edit(at)}
              />
            )}
          </div>
          {opened && <p class="cell-keys">{KEYS}</p>}
        </Panel>
        <Panel id={id} option="numpy" value={tab}>
          <div class="cell-code">
            <Still label={`NumPy: ${cell.title}`} lines={cell.numpy} roles={cell.roles} />
          </div>
        </Panel>
        <div class="cell-run">
          <button
            type="button"
            aria-keyshortcuts={running ? undefined : "Control+Enter Meta+Enter"}
            onClick={() => (running ? stop.current?.abort() : void start())}
          >
            {running ? "Stop" : "Run"}
          </button>
          <p class="cell-status" role="status">
            {told || <Status running={running} last={last} />}
          </p>
        </div>
        <p class="cell-output-title">{outputTitle(last, linked, changed)}</p>
        {!(linked && !last) && (
          <pre class="cell-output" tabIndex={0} role="group" aria-label="Output">
            <samp>{last ? last.printed : cell.output}</samp>
          </pre>
        )}
      </div>
    </Figure>
  );
}

const KEYS = "Control and Enter run the cell. Escape and then Tab leave the editor.";

const plain = (text: string): Token[][] => text.split("\n").map((line) => [[line]]);

function outputTitle(last: Run | undefined, linked: boolean, changed: boolean): string {
  if (last) return "Output";
  if (linked) return "No output yet";
  return changed ? "Output of the lines as they were, recorded in NumPy" : "Output, recorded in NumPy";
}

function Status({ running, last }: { running: boolean; last: Run | undefined }): VNode | null {
  if (running) return <>Running…</>;
  if (!last?.outcome) return null;
  const { text, fault } = verdict(last.outcome, last.printed, last.recorded, TIME_LIMIT);
  return <span class={fault ? "cell-fault" : undefined}>{text}</span>;
}

interface StillProps {
  readonly label: string;
  readonly lines: Cell["code"];
  readonly roles: Cell["roles"];
  readonly onEdit?: (at?: { readonly x: number; readonly y: number }) => void;
}

/** Code that is read; a click that selects nothing, or Enter, asks for the editor. */
function Still({ label, lines, roles, onEdit }: StillProps): VNode {
  const onClick = ({ clientX: x, clientY: y }: TargetedMouseEvent<HTMLElement>): void => {
    if (getSelection()?.isCollapsed ?? true) onEdit?.({ x, y });
  };
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      onClick={onEdit && onClick}
      onKeyDown={(event) => {
        if (!onEdit || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onEdit();
      }}
    >
      <Code lines={lines} roles={roles} />
    </pre>
  );
}
