import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { respond } from "../src/answer.ts";
import { run } from "../src/program.ts";
import type { Outcome } from "../src/request.ts";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** Data that ships with the project. */
export const IRIS: string = fileURLToPath(new URL("../../../examples/data/iris.csv", import.meta.url));
export const LONGLEY: string = fileURLToPath(new URL("../../../examples/data/longley.csv", import.meta.url));
export const EMPLOYED: string = fileURLToPath(new URL("../../../examples/data/longley-employed.csv", import.meta.url));

/** What one run of the command left. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, byte by byte. */
  readonly bytes: Buffer;
}

/** How a run differs from a plain one. */
export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const environment = (env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  LANG: "C.UTF-8",
  ...env,
});

/** Runs the built command as a process of its own, its output on pipes. */
export function eckart(args: readonly string[], { input = "", env, cwd }: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    env: environment(env),
    ...(cwd !== undefined && { cwd }),
    maxBuffer: 2 ** 28,
  });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
}

/**
 * The same command line in this process, quicker: everything up to the threads, and nothing is written. Files that it
 * would write are left out.
 */
export async function ask(args: readonly string[]): Promise<Run> {
  let outcome: Outcome | undefined;
  const code = await run(args, async (request) => {
    const terminal = { ...request.terminal, stdout: false, stderr: false, columns: 80, unicode: true, color: false };
    outcome = await respond({ ...request, terminal }, () => {});
    return outcome.exit;
  });
  const bytes = Buffer.from(outcome?.stdout ?? []);
  return { code, stdout: bytes.toString(), stderr: outcome?.stderr ?? "", bytes };
}

/** Starts the command and leaves it running. */
export function startEckart(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { env: environment(), stdio: ["ignore", "pipe", "pipe"] });
}

/** The command line as a shell takes it. */
export function shellLine(args: readonly string[]): string {
  return [process.execPath, MAIN, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}

/** Runs a shell script. */
export function shell(script: string, env?: Readonly<Record<string, string>>): Run {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { env: environment(env) });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
}

/** Whether this machine has util-linux's `script`, which runs a command on a terminal of its own. */
export const hasTerminal: boolean = (() => {
  try {
    return execFileSync("script", ["--version"]).toString().includes("util-linux");
  } catch {
    return false;
  }
})();

/** Runs the command on a terminal of 80 columns and returns what that shows of typed input and output. */
export function onTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}, typed = ""): Run {
  const line = `stty cols 80 rows 40; ${shellLine(args)}`;
  const { status, stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
    env: environment({ TERM: "xterm-256color", ...env }),
    input: typed,
  });
  return { code: status, stdout: stdout.toString().replaceAll("\r\n", "\n"), stderr: "", bytes: stdout };
}

/** An empty folder for the files of one test. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), "eckart-"));
}
