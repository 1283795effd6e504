// An application for a bundler, with a Worker of its own.

import { Matrix, NonFiniteError, Random, svd, svdvals } from "eckart";
import * as offTheThread from "eckart/worker";
import { answer } from "./answer.js";
import { offThread } from "./offThread.js";

const worker = new Worker(new URL("./bundledWorker.js", import.meta.url), { type: "module" });
worker.onmessage = async ({ data }) => {
  const off = await offThread({ svdvals, svd, Matrix, Random, NonFiniteError }, offTheThread);
  console.log(JSON.stringify({ page: answer({ svd, svdvals, NonFiniteError }), worker: data, offThread: off }));
};
worker.onerror = ({ message }) => reportError(new Error(message));
