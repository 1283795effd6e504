import { parentPort, workerData } from "node:worker_threads";
import { respond } from "./answer.ts";
import type { Message, Request } from "./request.ts";

const request = workerData as Request;

const outcome = await respond(request, (stage) => parentPort?.postMessage(stage satisfies Message));
const buffers = [outcome.stdout, ...outcome.files.map(({ bytes }) => bytes)].map(({ buffer }) => buffer as ArrayBuffer);
parentPort?.postMessage({ outcome } satisfies Message, buffers);
