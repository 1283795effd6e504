// A page without any tool: the library by its address.

import * as eckart from "./node_modules/eckart/dist/index.js";
import * as offTheThread from "./node_modules/eckart/dist/worker.js";
import { answer } from "./answer.js";
import { offThread } from "./offThread.js";

const worker = new Worker(new URL("./plainWorker.js", import.meta.url), { type: "module" });
worker.onmessage = async ({ data }) => {
  const off = await offThread(eckart, offTheThread);
  console.log(JSON.stringify({ page: answer(eckart), worker: data, offThread: off }));
};
worker.onerror = ({ message }) => reportError(new Error(message));
