// npm start: sets up and builds what is missing, then shows the main job, a real table decomposed, and what to try next.

import { spawnSync } from "node:child_process";
import { environment, root, setUp } from "./setUp.mjs";

setUp();
run("npm run --silent build:inlined");
run("tsc -b packages/cli");
run("eckart svd examples/data/iris.csv --format text");
console.log(`
Try next, with npx in this folder:

  npx eckart demo                               worked examples, from two vectors to a picture
  npx eckart svd "3 2 2; 2 3 -2"                a matrix typed in
  npx eckart svd your.csv --json                a file of yours, for another program
  npx eckart lowrank your.npy --rank 10 -o low.npy
                                                its best approximation of rank 10
  npx eckart --help                             everything else
`);

/** @param {string} command */
function run(command) {
  console.log(`$ ${command}`);
  const { status } = spawnSync(command, { cwd: root, env: environment, shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
