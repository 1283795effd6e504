// <eckart-figure figure="plane" matrix="2 1; 0.5 1.5"></eckart-figure>
//
// A figure of the lesson in any page: an iframe with the studio's embed.html, as high as the figure. This script is
// served beside embed.html, and finds it there.

import { linkTo } from "../address/address.ts";
import type { Size } from "./embed.tsx";

/** Higher than any figure: what a page asks for is never more than this. */
const MAX_HEIGHT = 4000;

const embedPage = new URL("embed.html", import.meta.url).href;

class EckartFigure extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ["figure", "matrix", "time", "state", "theme", "label"];
  readonly #frame = document.createElement("iframe");

  constructor() {
    super();
    const { style } = this.#frame;
    style.display = "block";
    style.width = "100%";
    style.height = "480px";
    style.border = "0";
    this.#frame.loading = "lazy";
    this.#frame.allow = "clipboard-write; fullscreen";
    this.attachShadow({ mode: "open" }).append(this.#frame);
  }

  connectedCallback(): void {
    if (!this.style.display) this.style.display = "block";
    addEventListener("message", this.#resize);
    this.attributeChangedCallback();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#resize);
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    const of = (name: string): string | undefined => this.getAttribute(name)?.trim() || undefined;
    const fields: Record<string, string> = Object.fromEntries(new URLSearchParams(of("state")));
    const [matrix, time, theme] = [of("matrix"), of("time"), of("theme")];
    if (matrix) fields.A = rows(matrix);
    if (time) fields.t = time;
    if (theme) fields.theme = theme;
    this.#frame.title = of("label") ?? "A figure on the singular value decomposition";
    const address = linkTo(of("figure") ?? "plane", fields, embedPage);
    if (this.#frame.src !== address) this.#frame.src = address;
  }

  readonly #resize = ({ source, data }: MessageEvent): void => {
    if (source !== this.#frame.contentWindow) return;
    const { eckart, height } = (data ?? {}) as Partial<Size>;
    if (eckart !== "size" || typeof height !== "number" || !(height > 0)) return;
    this.#frame.style.height = `${Math.min(height, MAX_HEIGHT)}px`;
  };
}

/** "2 1; 0.5 1.5" as an address has it: "2,1;0.5,1.5". */
function rows(matrix: string): string {
  return matrix
    .split(/\s*;\s*/)
    .map((row) =>
      row
        .trim()
        .split(/[\s,]+/)
        .join(","),
    )
    .join(";");
}

if (!customElements.get("eckart-figure")) customElements.define("eckart-figure", EckartFigure);
