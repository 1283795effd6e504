import type { Stage } from "./request.ts";

const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const DELAY_MS = 1000;
const FRAME_MS = 100;
const BAR_COLUMNS = 16;

/** A line on the terminal that says what is being done, how far it is and for how long, once that takes over a second. */
export class Progress {
  #stream: NodeJS.WriteStream;
  #unicode: boolean;
  #stage: Stage = { stage: "" };
  #start = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  constructor(stream: NodeJS.WriteStream, visible: boolean, unicode: boolean) {
    this.#stream = stream;
    this.#unicode = unicode;
    if (visible) this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  show(stage: Stage): void {
    this.#stage = stage;
  }

  /** Removes the line and stops. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#drawn) this.#stream.write("\r\u001b[K\u001b[?25h");
    this.#drawn = false;
  }

  #draw(): void {
    const elapsed = performance.now() - this.#start;
    if (elapsed < DELAY_MS) return;
    const frames = this.#unicode ? FRAMES : [..."|/-\\"];
    const frame = frames[Math.floor(elapsed / FRAME_MS) % frames.length];
    const columns = (this.#stream.columns || 80) - 1;
    const { stage, fraction, step } = this.#stage;
    const head = [`${frame} ${stage}`, ...(fraction === undefined ? [] : [this.#bar(fraction)])];
    const time = `${(elapsed / 1000).toFixed(0)} s`;
    // What there is room for, the step of the algorithm last.
    const lines = [
      [...head, time, ...(step ? [step] : []), "(Ctrl-C stops)"],
      [...head, time, "(Ctrl-C stops)"],
      [...head, time],
    ];
    const texts = lines.map((parts) => parts.join("  "));
    const text = texts.find((line) => line.length <= columns) ?? texts.at(-1)!.slice(0, columns);
    this.#stream.write(`\r\u001b[?25l${text}\u001b[K`);
    this.#drawn = true;
  }

  /** A bar, and the part in percent; 100 only at the end. */
  #bar(fraction: number): string {
    const filled = Math.floor(fraction * BAR_COLUMNS);
    const [done, open] = this.#unicode ? (["█", "░"] as const) : (["#", "."] as const);
    const percent = String(Math.floor(fraction * 100)).padStart(3);
    return `${done.repeat(filled)}${open.repeat(BAR_COLUMNS - filled)} ${percent} %`;
  }
}
