// eckart in Chromium, on a page that is cross-origin isolated. The page makes the tasks and measures the answers itself.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

/** @typedef {import("../harness/types.ts").Task} Task */

const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** Without a sandbox, which root cannot have, and without connections to anywhere. */
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]; // oxfmt-ignore

const OPERATIONS = /** @type {const} */ (["svd", "svdInto", "svdvals", "eigh", "eig", "gemm", "svdBatch", "svds", "randomizedSvd"]); // oxfmt-ignore

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "Chromium",
  kind: "browser",
  async open() {
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({ executablePath: browserPath(), args: ARGUMENTS });
    const server = await serve(await bundle());
    try {
      const page = await browser.newPage();
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction("globalThis.bench !== undefined");
      const ask = (/** @type {string} */ name, /** @type {unknown[]} */ ...args) =>
        page.evaluate(
          ([method, values]) => /** @type {any} */ (globalThis).bench[method](...values),
          /** @type {[string, unknown[]]} */ ([name, args]),
        );
      const prepare = async (/** @type {Task} */ { operation, dtype, m, n, count, k, spectrum }) => {
        const place = await ask("prepare", { operation, dtype, m, n, count, k, spectrum });
        if (place < 0) return null;
        return {
          time: (/** @type {number} */ calls) => ask("time", place, calls),
          check: () => ask("check", place),
          // The browser may be gone before it hears of it.
          close: () => void ask("close", place).catch(() => {}),
        };
      };
      return {
        version: browser.version(),
        operations: Object.fromEntries(OPERATIONS.map((name) => [name, prepare])),
        close() {
          void browser.close();
          server.close();
        },
      };
    } catch (error) {
      await browser.close();
      server.close();
      throw error;
    }
  },
};

function browserPath() {
  const script = fileURLToPath(new URL("../../scripts/browser.mjs", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  if (!stdout.trim()) throw new Error("no Chrome or Chromium; CHROME_PATH names one that is in an unusual place");
  return stdout.trim();
}

async function bundle() {
  const { build } = await import("esbuild");
  const entry = fileURLToPath(new URL("../browser/page.mjs", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  return outputFiles[0]?.text ?? "";
}

/** @param {string} script @returns {Promise<import("node:http").Server>} */
function serve(script) {
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === "/page.js"
        ? ["text/javascript", script]
        : ["text/html", '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>'];
    response.writeHead(200, { ...HEADERS, "Content-Type": `${type}; charset=utf-8` }).end(body);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
