import process from "node:process";
import type { Terminal } from "./request.ts";

/**
 * The terminal that the process runs in. Colour needs a terminal, no `NO_COLOR`, no `TERM=dumb` and no `--quiet`;
 * pictures use Unicode except in the C locale, on the Linux console and in old Windows consoles.
 */
export function readTerminal({ quiet = false }: { quiet?: boolean } = {}): Terminal {
  const { env, platform, stdout, stderr } = process;
  const dumb = env["TERM"] === "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const console = platform === "win32" ? !env["WT_SESSION"] && !env["TERM_PROGRAM"] : env["TERM"] === "linux";
  return {
    stdout: stdout.isTTY,
    stderr: stderr.isTTY && !quiet,
    columns: stdout.columns || 80,
    unicode: !dumb && !console && !/^(C|POSIX)$/.test(locale),
    color: stdout.isTTY && !dumb && !quiet && !env["NO_COLOR"],
  };
}
