const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const DELAY_MS = 1000;
const FRAME_MS = 100;

/** A line on the terminal that says what is being done and for how long, shown once that takes over a second. */
export class Progress {
  #stream: NodeJS.WriteStream;
  #frames: readonly string[];
  #stage = "";
  #start = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  constructor(stream: NodeJS.WriteStream, visible: boolean, unicode: boolean) {
    this.#stream = stream;
    this.#frames = unicode ? FRAMES : [..."|/-\\"];
    if (visible) this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  stage(name: string): void {
    this.#stage = name;
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
    const frame = this.#frames[Math.floor(elapsed / FRAME_MS) % this.#frames.length];
    const text = `${frame} ${this.#stage}  ${(elapsed / 1000).toFixed(0)} s  (Ctrl-C stops)`;
    this.#stream.write(`\r\u001b[?25l${text.slice(0, (this.#stream.columns || 80) - 1)}\u001b[K`);
    this.#drawn = true;
  }
}
