// Which libraries take part: every adapter file of peers/, loaded where it can be.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { reasonOf } from "./reason.mjs";

/** @typedef {import("./types.ts").Adapter} Adapter @typedef {import("./types.ts").Peer} Peer */
/** @typedef {{ name: string, reason: string }} Absence */

const bench = fileURLToPath(new URL("..", import.meta.url));

/** In the order in which tables show them. */
const KINDS = ["eckart", "native", "webassembly", "javascript", "browser"];

/** Every adapter there is. @returns {Promise<Adapter[]>} */
export async function adapters() {
  const files = readdirSync(`${bench}peers`).filter((name) => name.endsWith(".mjs"));
  /** @type {Adapter[]} */
  const all = await Promise.all(
    files.map(async (file) => (await import(/* @vite-ignore */ `../peers/${file}`)).adapter),
  );
  const place = (/** @type {Adapter} */ { kind }) => KINDS.indexOf(kind);
  return all.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/**
 * Loads the adapters, each at every number of threads that it can have.
 * @param {readonly Adapter[]} chosen @param {readonly number[]} threads @param {boolean} install
 * @returns {Promise<{ peers: Peer[], absent: Absence[] }>}
 */
export async function openAll(chosen, threads, install) {
  /** @type {Peer[]} */
  const peers = [];
  /** @type {Absence[]} */
  const absent = [];
  for (const adapter of chosen) {
    try {
      for (const count of adapter.threaded ? threads : [1]) peers.push(await open(adapter, count, install));
    } catch (error) {
      const reason = reasonOf(error);
      absent.push({ name: adapter.name, reason });
    }
  }
  return { peers, absent };
}

/** @param {Adapter} adapter @param {number} threads @param {boolean} install @returns {Promise<Peer>} */
async function open(adapter, threads, install) {
  const { name, kind } = adapter;
  const load = async () => ({ name, kind, threads, ...(await adapter.open(threads, install)) });
  try {
    return await load();
  } catch (error) {
    if (!install || !adapter.debian || !installFromDebian(adapter.debian)) throw error;
    return load();
  }
}

/** @param {readonly string[]} packages */
function installFromDebian(packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const command = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  console.error(`Absent; trying: ${command}`);
  return spawnSync(command, { shell: true, stdio: ["ignore", 2, 2], timeout: 900_000 }).status === 0;
}

/** Brings node_modules of this folder to what the lock file names. */
export function installPackages() {
  const installed = `${bench}node_modules/.package-lock.json`;
  const versions = (/** @type {string} */ path) =>
    Object.entries(JSON.parse(readFileSync(path, "utf8")).packages)
      .filter(([name]) => name.startsWith("node_modules/"))
      .map(([name, entry]) => `${name} ${/** @type {{ version: string }} */ (entry).version}`);
  const missing = () => {
    const have = new Set(versions(installed));
    const manifest = JSON.parse(readFileSync(`${bench}package.json`, "utf8"));
    const wanted = Object.entries(manifest.dependencies).map(([name, version]) => `node_modules/${name} ${version}`);
    return wanted.some((entry) => !have.has(entry));
  };
  if (existsSync(installed) && !missing()) return;
  console.error("Installing the other libraries into bench/node_modules (200 MB).");
  const { status } = spawnSync("npm ci --ignore-scripts --no-audit --no-fund", {
    cwd: bench,
    shell: true,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) console.error("npm could not: what is missing takes no part.");
}
