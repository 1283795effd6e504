import { parentPort, workerData } from "node:worker_threads";
import { answer } from "./answer.ts";
import { describeError, failure } from "./errors.ts";
import type { Message, Outcome, Request } from "./request.ts";

const request = workerData as Request;

async function work(): Promise<Outcome> {
  try {
    return await answer(request, (stage) => parentPort?.postMessage({ stage } satisfies Message));
  } catch (error) {
    return failure(describeError(error, request), request);
  }
}

const outcome = await work();
const buffers = [outcome.stdout, ...outcome.files.map(({ bytes }) => bytes)].map(({ buffer }) => buffer as ArrayBuffer);
parentPort?.postMessage({ outcome } satisfies Message, buffers);
