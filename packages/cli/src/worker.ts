import { parentPort, workerData } from "node:worker_threads";
import { answer } from "./answer.ts";
import { describeError, failure } from "./errors.ts";
import type { Message, Outcome, Request } from "./request.ts";

const request = workerData as Request;
const post = (message: Message): void => parentPort?.postMessage(message);

async function work(): Promise<Outcome> {
  try {
    return await answer(request, (stage) => post({ stage }));
  } catch (error) {
    return failure(describeError(error, request), request);
  }
}

post({ outcome: await work() });
