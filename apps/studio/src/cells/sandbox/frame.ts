// The script of the frame: makes a worker of the first text that it is sent and passes on what the worker says. The
// frame's origin is nobody's and its policy allows no connection; the worker inherits both.
import type { Report } from "./protocol.ts";

addEventListener(
  "message",
  ({ data, ports: [port] }) => {
    const send = (report: Report): void => port!.postMessage(report);
    const worker = new Worker(URL.createObjectURL(new Blob([data as string], { type: "text/javascript" })));
    worker.addEventListener("message", (event) => send(event.data as Report));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const message = event.message?.replace(/^Uncaught /, "") ?? "The worker did not start.";
      send({ kind: "failed", message, lines: [event.lineno ?? 0] });
    });
  },
  { once: true },
);
