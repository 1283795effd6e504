import type { Figure, Paint, Point, Role, Shape } from "./shape.ts";

const LIGHT: Record<Role, string> = {
  page: "#FBFAF7",
  ink: "#22242A",
  muted: "#6A675F",
  grid: "#DEDAD0",
  v: "#36509B",
  sigma: "#996A05",
  u: "#8F2E26",
  lambda: "#297F67",
  reversed: "#662556",
};

const DARK: Record<Role, string> = {
  page: "#14161A",
  ink: "#E9E6DF",
  muted: "#9C988E",
  grid: "#30343B",
  v: "#8CB4F8",
  sigma: "#FDE15D",
  u: "#EE7678",
  lambda: "#36F8BD",
  reversed: "#B87DB8",
};

const rules = (colours: Record<Role, string>): string =>
  Object.entries(colours)
    .map(([role, colour]) => `.eckart .f-${role}{fill:${colour}}.eckart .s-${role}{stroke:${colour}}`)
    .join("");

const STYLE = `<style>.eckart text{font-family:"Source Serif 4",Newsreader,Charter,Georgia,"DejaVu Serif",serif;font-variant-numeric:lining-nums tabular-nums}${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}</style>`;

/**
 * A figure as SVG 1.1 text: a named and described image that follows the reader's light or dark scheme, needs no
 * script and no other file. Text from outside appears as text, whatever it holds.
 */
export function toSvg(figure: Figure): string {
  const { width, height } = figure;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="eckart" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(figure.title)}</title>`,
    `<desc>${escape(figure.description)}</desc>`,
    STYLE,
    `<rect class="f-page" width="${width}" height="${height}"/>`,
    ...figure.shapes.map(element),
    "</svg>\n",
  ].join("\n");
}

function element(shape: Shape): string {
  const paint = attributes(shape);
  switch (shape.kind) {
    case "rects":
      return `<path${paint} shape-rendering="crispEdges" d="${shape.rects.map(([x, y, w, h]) => `M${unit(x)} ${unit(y)}h${unit(w)}v${unit(h)}h${unit(-w)}z`).join("")}"/>`;
    case "path":
      return `<path${paint} stroke-linejoin="round" stroke-linecap="round" d="${chain(shape.points)}${shape.closed ? "z" : ""}"/>`;
    case "circle":
      return `<circle${paint} cx="${unit(shape.cx)}" cy="${unit(shape.cy)}" r="${unit(shape.r)}"/>`;
    case "text": {
      const italic = shape.italic ? ' font-style="italic"' : "";
      const place = `x="${unit(shape.x)}" y="${unit(shape.y)}" text-anchor="${shape.anchor ?? "start"}"`;
      return `<text${paint} ${place} font-size="${shape.size ?? 13}"${italic}>${escape(shape.text)}</text>`;
    }
  }
}

function attributes({ fill, stroke, width, dash, opacity }: Paint): string {
  const classes = [fill && `f-${fill}`, stroke && `s-${stroke}`].filter(Boolean).join(" ");
  return [
    ` class="${classes}"`,
    fill ? "" : ' fill="none"',
    width === undefined ? "" : ` stroke-width="${unit(width)}"`,
    dash ? ` stroke-dasharray="${dash.map(unit).join(" ")}"` : "",
    opacity === undefined ? "" : ` opacity="${unit(opacity)}"`,
  ].join("");
}

const chain = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${unit(x)} ${unit(y)}`).join("");

/** Hundredths of a unit are finer than any screen or print shows. */
const unit = (x: number): string => String(Math.round(x * 100) / 100);

const ENTITY: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as XML character data; what XML forbids (control characters, lone surrogates) becomes U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (c) => ENTITY[c]!);
}
