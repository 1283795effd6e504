// Imported first: the worker runs what its bundle holds, so it has to be that of the sources.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/buildWorker.mjs", import.meta.url))]);
