import process from "node:process";
import { isatty } from "node:tty";
import { Worker } from "node:worker_threads";
import { writeFileAtomic } from "@eckart/formats/node";
import { describeError, failure } from "./errors.ts";
import { EXIT, type Exit } from "./exit.ts";
import { Progress } from "./progress.ts";
import type { Message, Outcome, Request, Stage } from "./request.ts";

/**
 * Answers a request: the engine computes in a worker thread, so that this one stays free for the progress line and
 * for Ctrl-C, which ends everything at once; then the files are written, each whole or not at all.
 */
export async function runJob(request: Request): Promise<Exit> {
  const { terminal } = request;
  const progress = new Progress(process.stderr, terminal.stderr, terminal.unicode);
  const interrupt = (): void => {
    progress.end();
    if (terminal.stderr) process.stderr.write("interrupted, nothing was written\n");
    process.exit(EXIT.interrupted);
  };
  let target: string | undefined;
  if (isatty(0) && request.operands.includes("-") && terminal.stderr)
    process.stderr.write("type a matrix, one row a line; Ctrl-D ends it\n");
  process.once("SIGINT", interrupt);
  try {
    const outcome = await compute(request, (stage) => progress.show(stage));
    progress.show({ stage: "writing" });
    for (const { path, bytes } of outcome.files) {
      target = path;
      await writeFileAtomic(path, bytes);
    }
    progress.end();
    return say(outcome);
  } catch (error) {
    progress.end();
    return say(failure(describeError(error, request, target), request));
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function say({ stdout, stderr, exit }: Outcome): Exit {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return exit;
}

function compute(request: Request, onStage: (stage: Stage) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: request });
    worker.on("message", (message: Message) => {
      if ("stage" in message) onStage(message);
      else resolve(message.outcome);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the computation ended early (code ${code})`)));
  });
}
