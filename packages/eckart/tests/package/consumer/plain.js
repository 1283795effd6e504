// A page without any tool: the library by its address.

import * as eckart from "./node_modules/eckart/dist/index.js";
import { answer } from "./answer.js";

const worker = new Worker(new URL("./plainWorker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  console.log(JSON.stringify({ page: answer(eckart), worker: data }));
};
worker.onerror = ({ message }) => reportError(new Error(message));
