// Brings a fresh clone to where its tools run: a Node new enough, and the dependencies that the lock file names.
// Imports only what Node itself has, since it runs before anything is installed.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The environment of a stage: the tools of node_modules/.bin come first on the path. */
export const environment = {
  ...process.env,
  PATH: join(root, "node_modules", ".bin") + delimiter + process.env.PATH,
};

/** Stops on a Node that is too old, and installs the dependencies where they are absent or not the locked ones. */
export function setUp() {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`eckart needs Node 20.19 or newer, and this is ${node}. Get a current one from https://nodejs.org`);
  }
  if (dependenciesAreCurrent()) return;
  console.log("Installing the dependencies: npm ci");
  const { status } = spawnSync("npm ci --include=dev --no-fund --no-audit", {
    cwd: root,
    shell: true,
    stdio: "inherit",
  });
  if (status !== 0) stop("npm ci failed: see its message above. It needs the network, or a filled npm cache.");
}

/** True where node_modules holds the version that the lock file names of every package that is not optional. */
function dependenciesAreCurrent() {
  const installedPath = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedPath)) return false;
  const installed = packagesOf(installedPath);
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(
    ([path, entry]) =>
      !path.startsWith("node_modules/") || entry.optional || installed[path]?.version === entry.version,
  );
}

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}
