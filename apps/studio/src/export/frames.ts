/** How long the end of a film is shown before it begins again, in seconds. */
const REST = 1;

/** When the frames of a film are painted, `rate` of them a second; its end stays for so long. */
export function frameTimes(duration: number, rate: number, rest: number = REST): number[] {
  const moving = Math.ceil(duration * rate);
  const still = Math.max(0, Math.round(rest * rate) - 1);
  return Array.from({ length: moving + 1 + still }, (_, i) => Math.min(duration, i / rate));
}

/** Frames painted on demand, all on the same canvas. */
export interface Frames {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly times: readonly number[];
  /** Frames a second. */
  readonly rate: number;
  /** Paints the film at a time. */
  readonly show: (seconds: number) => void;
}

/** Says how much is done, from 0 to 1; lets the page go on, and stops where the reader has had enough. */
export type Pace = (done: number) => Promise<void>;

/** A pace that follows a signal. Messages are not slowed down in pages out of sight, as timers are. */
export function pace(signal: AbortSignal, onProgress: (done: number) => void): Pace {
  return async (done) => {
    onProgress(done);
    await new Promise<void>((resume) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resume();
      };
      port2.postMessage(null);
    });
    signal.throwIfAborted();
  };
}
