import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = "/usr/bin/python3"; // Debian's, which has python3-numpy where it is installed

/**
 * NumPy in a child process of its own, with one thread, or null where there is none.
 * @returns {Promise<null | import("../harness.mjs").Peer>}
 */
export async function numpy() {
  if (spawnSync(PYTHON, ["-c", "import numpy"]).status !== 0) return null;
  const environment = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  const child = spawn(PYTHON, [fileURLToPath(new URL("numpyPeer.py", import.meta.url))], {
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (/** @type {object} */ request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value } = await lines.next();
    return JSON.parse(value);
  };
  return {
    name: "NumPy",
    async prepare({ operation, m, n, dtype, data }) {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      await ask({ shape: [m, n], dtype: dtype === "f64" ? "<f8" : "<f4", data: bytes.toString("hex") });
      return (calls) => ask({ operation, calls });
    },
    close: () => child.kill(),
  };
}
