// The Nodes that the packages are tried on.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface NodeBinary {
  version: string;
  path?: string;
  /** Why it is not there. */
  missing?: string;
}

const script = fileURLToPath(new URL("../../../../scripts/nodes.mjs", import.meta.url));

export const nodes = JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" })) as NodeBinary[];
