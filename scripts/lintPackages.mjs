// Packs every published package and asks publint and "are the types wrong" whether its manifest keeps its promises.

import { spawnSync } from "node:child_process";
import { environment, root } from "./setUp.mjs";

const checks = [
  ...["eckart", "formats", "views", "cli"].map((name) => `publint --strict packages/${name}`),
  ...["eckart", "formats", "views"].map((name) => `attw --pack packages/${name} --profile esm-only`),
];

for (const command of checks) {
  const { status } = spawnSync(command, { cwd: root, env: environment, shell: true, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
