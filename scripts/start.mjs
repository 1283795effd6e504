// npm start: sets up and builds what is missing, shows what the command does, and serves the studio until Ctrl+C.
//
//   npm start -- --port 8080    the port, 4173 unless told; a free one where it is taken, or with 0
//   npm start -- --once         ends when the studio has answered for itself

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { environment, root, setUp } from "./setUp.mjs";

const { port, once } = options();

setUp();
run("npm run --silent build:inlined");
run("tsc -b packages/cli");
run("npm run --silent build --workspace apps/studio -- --logLevel warn");
run("eckart svd examples/data/iris.csv --format text");

const { serve } = await import("../apps/studio/scripts/serve.mjs");
const server = await serve(join(root, "apps/studio/dist"), port);
console.log(`
The command, with npx in this folder:

  npx eckart demo                               worked examples, from two vectors to a picture
  npx eckart svd "3 2 2; 2 3 -2"                a matrix typed in
  npx eckart svd your.csv --json                a file of yours, for another program
  npx eckart lowrank your.npy --rank 10 -o low.npy
                                                its best approximation of rank 10
  npx eckart --help                             everything else

The studio, in a browser:

  ${server.url}/                        the lesson
  ${server.url}/workbench.html          your own matrix, table or picture
`);
if (once) {
  const { ok } = await fetch(server.url);
  server.close();
  process.exitCode = ok ? 0 : 1;
} else {
  console.log("Ctrl+C ends it.");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close());
}

function options() {
  try {
    const { values } = parseArgs({
      options: { port: { type: "string", default: "4173" }, once: { type: "boolean", default: false } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port`);
    return { port, once: values.once };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\nUse: npm start -- [--port number] [--once]`);
    process.exit(2);
  }
}

/** @param {string} command */
function run(command) {
  console.log(`$ ${command}`);
  const { status } = spawnSync(command, { cwd: root, env: environment, shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
