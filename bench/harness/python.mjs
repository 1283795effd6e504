import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inProcess } from "./process.mjs";

const PROGRAM = fileURLToPath(new URL("../peers/python.py", import.meta.url));

/**
 * One library of peers/python.py, in the first Python that has its module; PYTHON names another to begin with.
 * @param {string} name @param {string} module @param {number} threads
 * @param {readonly import("./types.ts").Operation[]} operations
 */
export function inPython(name, module, threads, operations) {
  const candidates = [process.env.PYTHON, "/usr/bin/python3", "python3"].filter((path) => path !== undefined);
  const python = candidates.find((path) => spawnSync(path, ["-c", `import ${module}`]).status === 0);
  if (!python) throw new Error(`no Python with ${module}; PYTHON names one that is in an unusual place`);
  return inProcess(python, [PROGRAM, name], threads, operations);
}
