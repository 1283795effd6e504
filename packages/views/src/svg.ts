import type { Figure, Film, Point, Role, Shape } from "./shape.ts";

/** The colours of the roles in the light and in the dark. */
export const PALETTES: Readonly<Record<"light" | "dark", Readonly<Record<Role, string>>>> = {
  light: {
    page: "#FBFAF7",
    ink: "#22242A",
    muted: "#6A675F",
    grid: "#DEDAD0",
    v: "#36509B",
    sigma: "#996A05",
    u: "#8F2E26",
    lambda: "#297F67",
    reversed: "#662556",
  },
  dark: {
    page: "#14161A",
    ink: "#E9E6DF",
    muted: "#9C988E",
    grid: "#3B4048",
    v: "#8CB4F8",
    sigma: "#FDE15D",
    u: "#EE7678",
    lambda: "#36F8BD",
    reversed: "#B87DB8",
  },
};

const rules = (colours: Readonly<Record<Role, string>>): string =>
  Object.entries(colours)
    .map(([role, colour]) => `.eckart .f-${role}{fill:${colour}}.eckart .s-${role}{stroke:${colour}}`)
    .join("");

const COLOURS = {
  auto: `${rules(PALETTES.light)}@media (prefers-color-scheme:dark){${rules(PALETTES.dark)}}`,
  light: rules(PALETTES.light),
  dark: rules(PALETTES.dark),
};

/** How an SVG file looks. */
export interface SvgOptions {
  /** The reader's light or dark scheme ("auto", the default), or one of them everywhere. */
  readonly scheme?: "auto" | "light" | "dark";
  /** Whether the colour of the page lies behind the picture; it does by default. */
  readonly background?: boolean;
}

/**
 * A figure as SVG 1.1 text: a named and described image that follows the reader's light or dark scheme, needs no
 * script and no other file. Text from outside appears as text, whatever it holds.
 */
export function toSvg(figure: Figure, options: SvgOptions = {}): string {
  return document(
    figure,
    figure.shapes.map((shape) => element(shape)),
    options,
  );
}

/**
 * A film as SVG text that moves by itself, without a script (SMIL), as an image of a page too. It begins again when it
 * has ended. In print, and for readers who ask for less motion, the still pictures stand in its place.
 */
export function toAnimatedSvg(film: Film, options: SvgOptions = {}): string {
  const { duration, times } = film;
  const frames = times.map((time) => film.at(time));
  const clock = `dur="${unit(duration)}s" repeatCount="indefinite"`;
  const moving = frames[0]!.map((shape, i) => {
    const motions = motionsOf(
      frames.map((shapes) => shapes[i]!),
      times.map((time) => time / duration),
    );
    return element(
      shape,
      motions.map(
        ({ name, values, at }) =>
          `<animate attributeName="${name}" ${clock} keyTimes="${at.map(fine).join(";")}" values="${values.join(";")}"/>`,
      ),
    );
  });
  const elements = [
    `<style>.eckart .still{display:none}@media print,(prefers-reduced-motion:reduce){.eckart .still{display:inline}.eckart .moving{display:none}}</style>`,
    `<g class="moving">`,
    ...moving,
    `</g>`,
    `<g class="still">`,
    ...film.still.map((shape) => element(shape)),
    `</g>`,
  ];
  return document(film, elements, options);
}

function document(
  { width, height, title, description }: Pick<Figure, "width" | "height" | "title" | "description">,
  elements: readonly string[],
  { scheme = "auto", background = true }: SvgOptions,
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="eckart" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(description)}</desc>`,
    `<style>.eckart text{font-family:"Source Serif 4",Newsreader,Charter,Georgia,"DejaVu Serif",serif;font-variant-numeric:lining-nums tabular-nums;paint-order:stroke}${COLOURS[scheme]}</style>`,
    ...(background ? [`<rect class="f-page" width="${width}" height="${height}"/>`] : []),
    ...elements,
    "</svg>\n",
  ].join("\n");
}

function element(shape: Shape, motions: readonly string[] = []): string {
  const { tag, attributes, text } = toElement(shape);
  const content = `${motions.join("")}${text === undefined ? "" : escape(text)}`;
  const start = `<${tag}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join("")}`;
  return content === "" && text === undefined ? `${start}/>` : `${start}>${content}</${tag}>`;
}

/** A mark as an element of SVG: for a page that paints it itself, and styles `.f-…` and `.s-…` for fill and stroke. */
export interface SvgElement {
  readonly tag: "path" | "circle" | "text";
  readonly attributes: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** The element of SVG that a mark becomes. */
export function toElement(shape: Shape): SvgElement {
  const { fill, stroke, width, dash, mark } = shape;
  const attributes: Record<string, string> = {
    class: [fill && `f-${fill}`, stroke && `s-${stroke}`].filter(Boolean).join(" "),
  };
  if (mark !== undefined) attributes["data-mark"] = mark;
  if (!fill) attributes.fill = "none";
  if (width !== undefined) attributes["stroke-width"] = unit(width);
  if (dash) attributes["stroke-dasharray"] = dash.map(unit).join(" ");
  const places = placesOf(shape);
  switch (shape.kind) {
    case "rects":
      return { tag: "path", attributes: { ...attributes, "shape-rendering": "crispEdges", ...places } };
    case "path":
      return {
        tag: "path",
        attributes: { ...attributes, "stroke-linejoin": "round", "stroke-linecap": "round", ...places },
      };
    case "circle":
      return { tag: "circle", attributes: { ...attributes, ...places } };
    case "text": {
      const set: Record<string, string> = {
        "text-anchor": shape.anchor ?? "start",
        "font-size": String(shape.size ?? 13),
      };
      if (shape.italic) set["font-style"] = "italic";
      return { tag: "text", attributes: { ...attributes, ...set, ...places }, text: shape.text };
    }
  }
}

/** The attributes that say where a mark is and how strong: those that a film changes. */
function placesOf(shape: Shape): Readonly<Record<string, string>> {
  const opacity: Readonly<Record<string, string>> = shape.opacity === undefined ? {} : { opacity: unit(shape.opacity) };
  switch (shape.kind) {
    case "rects": {
      const d = shape.rects.map(([x, y, w, h]) => `M${unit(x)} ${unit(y)}h${unit(w)}v${unit(h)}h${unit(-w)}z`);
      return { ...opacity, d: d.join("") };
    }
    case "path":
      return { ...opacity, d: `${chain(shape)}${shape.closed ? "z" : ""}` };
    case "circle":
      return { ...opacity, cx: unit(shape.cx), cy: unit(shape.cy), r: unit(shape.r) };
    case "text":
      return { ...opacity, x: unit(shape.x), y: unit(shape.y) };
  }
}

/** The attributes that change, with the values that matter: of equal ones in a row the first and the last. */
function motionsOf(
  frames: readonly Shape[],
  times: readonly number[],
): { name: string; values: string[]; at: number[] }[] {
  const places = frames.map(placesOf);
  return Object.keys(places[0]!).flatMap((name) => {
    const values = places.map((place) => place[name]!);
    if (values.every((value) => value === values[0])) return [];
    const turns = [...values.keys()].filter((i) => values[i] !== values[i - 1] || values[i] !== values[i + 1]);
    return [{ name, values: turns.map((i) => values[i]!), at: turns.map((i) => times[i]!) }];
  });
}

function chain({ points, cubic = false }: { points: readonly Point[]; cubic?: boolean }): string {
  const letter = (i: number): string => (i === 0 ? "M" : !cubic ? "L" : i % 3 === 1 ? "C" : " ");
  return points.map(([x, y], i) => `${letter(i)}${unit(x)} ${unit(y)}`).join("");
}

/** Hundredths of a unit are finer than any screen or print shows. */
const unit = (x: number): string => String(Math.round(x * 100) / 100 + 0);
/** Part of a film's time. */
const fine = (x: number): string => String(Math.round(x * 1e5) / 1e5);

const ENTITY: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as XML character data; what XML forbids (control characters, lone surrogates) becomes U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (c) => ENTITY[c]!);
}
