// An application for a bundler, with a Worker of its own.

import { NonFiniteError, svd, svdvals } from "eckart";
import { answer } from "./answer.js";

const worker = new Worker(new URL("./bundledWorker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  console.log(JSON.stringify({ page: answer({ svd, svdvals, NonFiniteError }), worker: data }));
};
worker.onerror = ({ message }) => reportError(new Error(message));
