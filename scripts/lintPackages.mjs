// Packs every published package and asks publint and "are the types wrong" whether its manifest keeps its promises.

import { spawnSync } from "node:child_process";
import { environment, root } from "./setUp.mjs";

for (const name of ["eckart", "formats", "views", "cli"]) {
  for (const command of [
    `publint --strict packages/${name}`,
    `attw --pack packages/${name} --profile esm-only --format table-flipped`,
  ]) {
    const { status } = spawnSync(command, { cwd: root, env: environment, shell: true, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
