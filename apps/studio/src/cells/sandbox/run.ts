// Runs a cell: compiled here, it travels as text into a frame of its own and there becomes a worker.
//
// The frame is sandboxed, so its origin is nobody's: no storage, no document but its own. Its policy allows no
// connection and no script but the one that makes the worker, and the worker inherits both. The frame lives as long as
// the run does: taking it out of the page ends the worker, whatever it is doing.

import { PRINT_LIMIT, type Report } from "./protocol.ts";

/** How a run ended. */
export type Outcome =
  | { readonly kind: "done"; readonly ms: number }
  /** `line` counts from 1 in the reader's text. */
  | { readonly kind: "failed"; readonly message: string; readonly line: number | undefined }
  | { readonly kind: "stopped" }
  | { readonly kind: "late" }
  | { readonly kind: "flooded" };

export interface RunOptions {
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
  /** For the reader's lines, in milliseconds. */
  readonly timeLimit: number;
}

/** For frame and worker to come up, in milliseconds: a slow machine, not a slow cell. */
const START_LIMIT = 30_000;

const MESSAGE_LIMIT = 2000;

export async function run(source: string, { print, signal, timeLimit }: RunOptions): Promise<Outcome> {
  const [{ compile, CompileError }, worker, frame] = await Promise.all([
    import("./compile.ts"),
    import("./worker.ts?script"),
    import("./frame.ts?script"),
  ]);
  let body: string;
  try {
    body = compile(source);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { kind: "failed", message: error.message, line: error.line };
  }
  if (signal.aborted) return { kind: "stopped" };

  const head = `${worker.default}\nrunCell(async (require, exports, console) => {`;
  const linesAbove = head.split("\n").length - 1;
  const lineCount = source.split("\n").length;
  const lineOf = (lines: readonly number[]): number | undefined =>
    lines.map((line) => line - linesAbove).find((line) => line >= 1 && line <= lineCount);

  const { port1: port, port2 } = new MessageChannel();
  const element = sandbox(frame.default, frame.hash);
  element.addEventListener("load", () => element.contentWindow!.postMessage(`${head}${body}\n});`, "*", [port2]));

  let timer: ReturnType<typeof setTimeout> | undefined;
  const outcome = await new Promise<Outcome>((resolve) => {
    let room = PRINT_LIMIT;
    let started = false;
    const limit = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve({ kind: "late" }), ms);
    };
    limit(START_LIMIT);
    signal.addEventListener("abort", () => resolve({ kind: "stopped" }));
    port.addEventListener("message", ({ data }) => {
      const report = checked(data);
      if (report?.kind === "started") {
        if (!started) limit(timeLimit);
        started = true;
      } else if (report?.kind === "done") resolve(report);
      else if (report?.kind === "failed") {
        resolve({ kind: "failed", message: report.message.slice(0, MESSAGE_LIMIT), line: lineOf(report.lines) });
      } else {
        const text = report?.text ?? "";
        if (room > 0) print(text.slice(0, room));
        room -= text.length;
        // What is no report at all comes from a cell that goes round console.log.
        if (room < 0 || report === undefined) resolve({ kind: "flooded" });
      }
    });
    port.start();
    document.body.append(element);
  });
  clearTimeout(timer);
  port.close();
  element.remove();
  return outcome;
}

function sandbox(script: string, hash: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  const policy = `default-src 'none'; script-src ${hash} 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'`;
  frame.setAttribute("sandbox", "allow-scripts");
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;
  frame.hidden = true;
  return frame;
}

/** The message if it is a report, field by field. */
function checked(data: unknown): Report | undefined {
  const { kind, text, ms, message, lines } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === "started") return { kind };
  if (kind === "printed" && typeof text === "string") return { kind, text };
  if (kind === "done" && typeof ms === "number") return { kind, ms };
  if (kind === "failed" && typeof message === "string" && Array.isArray(lines)) {
    return { kind, message, lines: lines.map(Number) };
  }
  return undefined;
}
