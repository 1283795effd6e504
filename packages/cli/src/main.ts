#!/usr/bin/env node
import process from "node:process";
import { run } from "./program.ts";

// A reader that has seen enough, as in `eckart svd A.csv | head -1`, ends the command quietly.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });

process.exitCode = await run(process.argv.slice(2));
