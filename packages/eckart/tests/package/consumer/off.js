// A page that takes the library from the origin that its address names, or from its own.

import { offThread } from "./offThread.js";

const from = new URLSearchParams(location.search).get("from") ?? location.origin;
const eckart = await import(`${from}/node_modules/eckart/dist/index.js`);
const worker = await import(`${from}/node_modules/eckart/dist/worker.js`);
console.log(JSON.stringify({ offThread: await offThread(eckart, worker) }));
