import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { stepInWords, type Watch } from "../engine/engine.ts";

/** A computation: waiting to be asked for, begun and not worth a word yet, on its way, done, or failed. */
export type Work<T> =
  | { readonly state: "waiting" }
  | { readonly state: "begun" }
  | { readonly state: "running"; readonly fraction: number; readonly step: string }
  | { readonly state: "done"; readonly value: T; readonly ms: number }
  | { readonly state: "failed"; readonly fault: string };

/** Work of more flops begins when it is asked for. */
const UNASKED_FLOPS = 2e10;
/** What takes longer is shown on its way; before, the answer to the question before stays. */
const PATIENCE_MS = 250;

export interface Running<T> {
  readonly work: Work<T>;
  readonly begin: () => void;
  readonly stop: () => void;
}

/** Computes anew whenever one of `deps` changes: what came before is given up. */
export function useWork<T>(run: (watch: Watch) => Promise<T>, deps: readonly unknown[], flops: number): Running<T> {
  const [work, setWork] = useState<Work<T>>({ state: flops <= UNASKED_FLOPS ? "begun" : "waiting" });
  const control = useRef<AbortController | undefined>(undefined);
  const begin = (): void => {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    setWork((before) => (before.state === "done" ? before : { state: "begun" }));
    const since = performance.now();
    let last = { fraction: 0, step: "beginning" };
    const show = (): void => {
      if (!own.signal.aborted) setWork({ state: "running", ...last });
    };
    const late = setTimeout(show, PATIENCE_MS);
    const settle = (next: Work<T>): void => {
      clearTimeout(late);
      if (!own.signal.aborted) setWork(next);
    };
    const onProgress: Watch["onProgress"] = (progress) => {
      if (progress.stage !== "running") return;
      last = { fraction: progress.fraction, step: stepInWords(progress.step) };
      if (performance.now() - since > PATIENCE_MS) show();
    };
    run({ signal: own.signal, onProgress }).then(
      (value) => settle({ state: "done", value, ms: performance.now() - since }),
      (error: unknown) => settle({ state: "failed", fault: error instanceof Error ? error.message : String(error) }),
    );
  };
  const stop = (): void => {
    control.current?.abort();
    setWork({ state: "waiting" });
  };
  useLayoutEffect(() => {
    if (flops <= UNASKED_FLOPS) begin();
    else setWork({ state: "waiting" });
    return () => control.current?.abort();
  }, deps);
  return { work, begin, stop };
}
