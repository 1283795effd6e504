// Serves the built studio on this machine, with the headers that its own file `_headers` asks for.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

/** @typedef {{ path: string, headers: [string, string][] }} Rule */
/** @typedef {{ url: string, close: () => void }} Server */

/**
 * Listens on the loopback address alone; port 0 is any free one, and so is a port that is taken.
 * @param {string} folder @param {number} [port] @returns {Promise<Server>}
 */
export async function serve(folder, port = 0) {
  const rules = parseHeaders(readFileSync(join(folder, "_headers"), "utf8"));
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) => {
      for (const rule of rules)
        if (matches(rule, path)) for (const header of rule.headers) response.setHeader(...header);
    },
  });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
    }),
  );
  await listen(server, port).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === "EADDRINUSE" || error.code === "EACCES") return listen(server, 0);
    throw error;
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {import("node:http").Server} server @param {number} port @returns {Promise<void>} */
function listen(server, port) {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      done();
    });
  });
}

/**
 * The format that static hosts share: a path, `*` at its end for all below it, and its headers indented.
 * @param {string} text @returns {Rule[]}
 */
function parseHeaders(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const line of text.split("\n")) {
    const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) rules.at(-1)?.headers.push([name, value]);
    else if (line !== "") rules.push({ path: line, headers: [] });
  }
  return rules;
}

/** @param {Rule} rule @param {string} path */
function matches({ path: pattern }, path) {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
