// The program of a worker: says that it is there, then answers one call after another.
import { setThreads } from "../kernels/team/threads.ts";
import { answer, type Call } from "./answer.ts";
import { host, workerThreads } from "./host.ts";
import { buffersOf } from "./wire.ts";

const port = workerThreads?.parentPort ?? host;

port.onmessage = ({ data }) => {
  const call = data as Call;
  setThreads(call.threads);
  const reply = answer(call, (advance) => port.postMessage(advance));
  port.postMessage(reply, buffersOf(reply));
};
port.onmessageerror = () => {
  throw new Error("its call could not be read");
};
port.postMessage("ready");
