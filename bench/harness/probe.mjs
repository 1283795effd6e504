import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Runs probes/NAME.mjs in a fresh process and gives what its last line says.
 * @param {string} name @param {readonly (string | number)[]} args @returns {Record<string, any>}
 */
export function probe(name, args) {
  const path = fileURLToPath(new URL(`../probes/${name}.mjs`, import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", path, ...args.map(String)], {
    encoding: "utf8",
    timeout: 600_000,
  });
  const last = stdout.trim().split("\n").at(-1);
  if (!last) throw new Error(`${name} ${args.join(" ")}: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(last);
}
