import process from "node:process";
import { createInterface } from "node:readline/promises";
import type { Line } from "@eckart/views";
import { EXIT, type Exit } from "../exit.ts";
import type { Terminal } from "../request.ts";
import { ink, muted, paint } from "../text.ts";
import { STEPS } from "./steps.ts";

const LAST: readonly Line[] = [
  [muted("Try next:")],
  [ink('  eckart svd "3 2 2; 2 3 -2"          the example above, with the error achieved')],
  [ink("  eckart svd your.csv --svg s.svg     a table of yours, drawn")],
  [ink("  eckart lowrank your.npy --rank 8    its best approximation of rank 8")],
  [],
];

/** Walks through the worked examples: one step at a time on a terminal, straight through on a pipe. */
export async function runDemo(terminal: Terminal): Promise<Exit> {
  const ask = terminal.stdout && process.stdin.isTTY;
  for (const [i, { title, show }] of STEPS.entries()) {
    const rule = "─".repeat(Math.max(0, Math.min(terminal.columns, 78) - title.length - 8));
    process.stdout.write(
      paint(
        [[muted(`${i + 1}/${STEPS.length}  `), ink(title), muted(`  ${rule}`)], [], ...trimmed(show(terminal)), []],
        terminal,
      ),
    );
    if (!ask || i === STEPS.length - 1) continue;
    const reply = await enter("Enter: next step, q: stop ");
    if (reply === "next") continue;
    process.stdout.write("\n");
    return reply === "stop" ? EXIT.done : EXIT.interrupted;
  }
  process.stdout.write(paint(LAST, terminal));
  return EXIT.done;
}

/** Without empty lines at the end. */
function trimmed(lines: readonly Line[]): readonly Line[] {
  return lines.slice(0, lines.findLastIndex((line) => line.length > 0) + 1);
}

async function enter(prompt: string): Promise<"next" | "stop" | "interrupted"> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise((resolve) => {
      lines.once("SIGINT", () => resolve("interrupted"));
      lines.once("close", () => resolve("stop"));
      lines.question(prompt).then(
        (reply) => resolve(/^q/i.test(reply.trim()) ? "stop" : "next"),
        () => resolve("stop"),
      );
    });
  } finally {
    lines.close();
  }
}
