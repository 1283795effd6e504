// The head of a cell's script: the library, and what runs the reader's lines, which follow as a call of runCell.
import { requireInCell } from "./library.ts";
import { printed } from "./print.ts";
import { PRINT_LIMIT, type Report } from "./protocol.ts";

type Body = (require: typeof requireInCell, exports: object, console: object) => Promise<void>;

const send = globalThis.postMessage.bind(globalThis) as (report: Report) => void;

function fail(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  // Browsers write a frame of the stack as …:line:column.
  const lines = Array.from(stack.matchAll(/:(\d+):\d+/g), ([, line]) => Number(line));
  send({ kind: "failed", message: printed([error]), lines });
}

async function runCell(body: Body): Promise<void> {
  let room = PRINT_LIMIT;
  const print = (...values: unknown[]): void => {
    if (room < 0) return;
    const text = `${printed(values)}\n`.slice(0, room + 1);
    room -= text.length;
    send({ kind: "printed", text });
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });
  send({ kind: "started" });
  const start = performance.now();
  try {
    await body(requireInCell, {}, { log: print, info: print, debug: print, warn: print, error: print, table: print });
    send({ kind: "done", ms: performance.now() - start });
  } catch (error) {
    fail(error);
  }
}

Object.assign(globalThis, { runCell });
