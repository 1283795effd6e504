// Where calls are answered. In Node a worker is made from the source that the build has inlined; in the browser too, by
// way of a Blob, which needs no file that a bundler or another origin could lose. Where a content-security policy forbids
// a Blob, the worker's own file is tried; where there is no worker at all, the calling thread answers.
import type { Advance, Call, Reply } from "./answer.ts";
import { workerSource } from "./generated/bundle.ts";
import type { Place } from "./functions.ts";
import { host, joinsPairs, type WebWorker, workerThreads } from "./host.ts";

/** A place that answers one call at a time. */
export interface Thread {
  readonly place: Place;
  /** False once it was stopped or has failed: it answers no more. */
  readonly alive: boolean;
  /** Sends a call, whose buffers move, and tells how far it is. Rejects where the thread ends first. */
  ask(call: Call, buffers: readonly ArrayBuffer[], tell: (advance: Advance) => void): Promise<Reply>;
  /** Whether the process waits for the thread. */
  hold(busy: boolean): void;
  /** Ends the thread, in the middle of a call too, which then rejects. */
  stop(): void;
}

/** What differs between the workers of Node and of the browser. */
interface Channel {
  post(call: Call, buffers: readonly ArrayBuffer[]): void;
  hold(busy: boolean): void;
  terminate(): void;
}

type Listen = (message: (data: unknown) => void, failure: (error: unknown) => void) => Channel;

function nodeWorker(): Listen {
  const workerData = { joinsPairs: joinsPairs() };
  const worker = new workerThreads!.Worker(workerSource, { eval: true, execArgv: [], workerData, name: "eckart" });
  return (message, failure) => {
    worker.on("message", message);
    worker.on("messageerror", failure);
    worker.on("error", failure);
    worker.on("exit", (code) => failure(new Error(`exit code ${code}`)));
    return {
      post: (call, buffers) => worker.postMessage(call, buffers),
      hold: (busy) => (busy ? worker.ref() : worker.unref()),
      terminate: () => void worker.terminate(),
    };
  };
}

function blobWorker(): Listen {
  const url = host.URL.createObjectURL(new host.Blob([workerSource], { type: "text/javascript" }));
  const listen = webWorker(new host.Worker(url, { name: "eckart" }));
  return (message, failure) => {
    const once =
      <T>(listener: (value: T) => void) =>
      (value: T): void => {
        host.URL.revokeObjectURL(url);
        listener(value);
      };
    return listen(once(message), once(failure));
  };
}

declare const Worker: new (url: object, options: { type: "module" }) => WebWorker;
declare const URL: new (path: string, base: string) => object;

/** Written as bundlers look for it: they see to it that the file is there. */
function fileWorker(): Listen {
  return webWorker(new Worker(new URL("./thread.js", (import.meta as { url: string }).url), { type: "module" }));
}

function webWorker(worker: WebWorker): Listen {
  return (message, failure) => {
    worker.onmessage = ({ data }) => message(data);
    worker.onmessageerror = () => failure(new Error("its answer could not be read"));
    worker.onerror = (event) => {
      event.preventDefault();
      failure(new Error(event.message ?? "it did not load"));
    };
    return {
      post: (call, buffers) => worker.postMessage(call, buffers),
      hold: () => {},
      terminate: () => worker.terminate(),
    };
  };
}

const WORKERS: readonly (() => Listen)[] = workerThreads ? [nodeWorker] : [blobWorker, fileWorker];

/** The way that has worked: a policy is not asked twice. */
let proven = 0;

/** A worker that has said that it is there, made in the first way that works, or the calling thread. */
export async function startThread(): Promise<Thread> {
  for (let way = proven; way < WORKERS.length; way++) {
    try {
      const thread = await workerThread(WORKERS[way]());
      proven = way;
      return thread;
    } catch {
      // Refused by a policy, not found, or unknown to this host.
    }
  }
  return callerThread();
}

/** What becomes of the call that a worker has. */
interface Pending {
  tell(advance: Advance): void;
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

function workerThread(listen: Listen): Promise<Thread> {
  return new Promise((ready, refuse) => {
    let alive = true;
    let pending: Pending | undefined;
    const end = (reason: string): void => {
      if (!alive) return;
      alive = false;
      worker.terminate();
      const error = new Error(`the worker ended: ${reason}`);
      refuse(error);
      pending?.reject(error);
    };
    const thread: Thread = {
      place: "worker",
      get alive() {
        return alive;
      },
      ask: (call, buffers, tell) =>
        new Promise((resolve, reject) => {
          pending = { tell, resolve, reject };
          worker.post(call, buffers);
        }),
      hold: (busy) => worker.hold(busy),
      stop: () => end("it was stopped"),
    };
    const worker = listen(
      (data) => {
        if (data === "ready") ready(thread);
        else if ("fraction" in (data as Advance | Reply)) pending?.tell(data as Advance);
        else pending?.resolve(data as Reply);
      },
      (error) => end(error instanceof Error ? error.message : String(error)),
    );
  });
}

/** Answers between two turns of the event loop, so that a page can draw, and calls be aborted, in between. */
async function callerThread(): Promise<Thread> {
  const { answer } = await import("./answer.ts");
  let alive = true;
  return {
    place: "caller",
    get alive() {
      return alive;
    },
    ask: (call, _, tell) =>
      new Promise((resolve, reject) => {
        host.setTimeout(() => (alive ? resolve(answer(call, tell)) : reject(new Error("the call was stopped"))), 0);
      }),
    hold: () => {},
    stop: () => {
      alive = false;
    },
  };
}
