// The fonts that travel: cut to the characters, features and weights that the studio sets, which is a third of their bytes.
//
// Each is written to .cache/fonts, which the style sheets call @fonts.

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subset from "subset-font";
import type { Plugin } from "vite";

const characters = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");

const LETTERS = `${characters(0x20, 0x7e)}${characters(0xa0, 0xff)}ŒœıŠšŽž‐–—‘’“”…′″•−`;
const GREEK = `${characters(0x391, 0x3a9)}${characters(0x3b1, 0x3c9)}`;
const SIGNS = "←↑→↓√∞≤≥≠≈∂∑∏∫⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";

/** Kerning, marks, ligatures, the four kinds of figures. */
const FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "onum", "lnum", "pnum", "tnum"];

interface Cut {
  readonly from: string;
  readonly text: string;
  readonly axes?: Readonly<Record<string, number | { min: number; max: number }>>;
  readonly features?: readonly string[];
}

/** Optical size 14 is a text of 19 pixels. */
const SERIF = { text: LETTERS + GREEK + SIGNS, axes: { wght: { min: 400, max: 700 }, opsz: 14 } };
const SANS = { axes: { wght: { min: 400, max: 700 } } };
const serif = (style: string): string => `source-serif/WOFF2/VAR/SourceSerif4Variable-${style}.ttf.woff2`;
const fontsource = (name: string, slice: string): string =>
  `@fontsource-variable/${name}/files/${name}-${slice}-wght-normal.woff2`;
const katex = (name: string): string => `katex/dist/fonts/KaTeX_${name}.woff2`;
const whole = (name: string): Cut => ({ from: katex(name), text: "" });

const CUTS: Readonly<Record<string, Cut>> = {
  "serif.woff2": { ...SERIF, from: serif("Roman"), features: [...FEATURES, "smcp"] },
  "serif-italic.woff2": { ...SERIF, from: serif("Italic"), features: FEATURES },
  "sans.woff2": { ...SANS, from: fontsource("inter", "latin"), text: LETTERS },
  "sans-greek.woff2": { ...SANS, from: fontsource("inter", "greek"), text: GREEK },
  "mono.woff2": { ...SANS, from: fontsource("jetbrains-mono", "latin"), text: LETTERS },
  "mono-greek.woff2": { ...SANS, from: fontsource("jetbrains-mono", "greek"), text: GREEK },
  "formula.woff2": whole("Main-Regular"),
  "formula-bold.woff2": whole("Main-Bold"),
  "formula-italic.woff2": whole("Math-Italic"),
  "formula-sans.woff2": { from: katex("SansSerif-Regular"), text: characters(0x20, 0x7e) },
  "formula-board.woff2": { from: katex("AMS-Regular"), text: "ABCDEFGHIJKLMNOPQRSTUVWXYZ□■✓⩽⩾≲≳" },
  "formula-size1.woff2": whole("Size1-Regular"),
  "formula-size2.woff2": whole("Size2-Regular"),
  "formula-size3.woff2": whole("Size3-Regular"),
  "formula-size4.woff2": whole("Size4-Regular"),
};

/** What the first screen sets in type, fetched beside the style sheet and not after it. */
const FIRST = ["serif", "serif-italic", "sans"];
const FIRST_OF_FORMULAS = ["formula", "formula-italic"];

const folder = fileURLToPath(new URL("../.cache/fonts", import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

export function fonts(): Plugin {
  return {
    name: "eckart:fonts",
    enforce: "pre",
    async config() {
      await mkdir(folder, { recursive: true });
      await Promise.all(Object.entries(CUTS).map(([name, cut]) => write(join(folder, name), cut)));
      return { resolve: { alias: { "@fonts": folder } } };
    },
    // The faces of formulas are named in fonts.css, cut like the others.
    transform: {
      filter: { id: /katex\/dist\/katex\.css$/ },
      handler: (css) => css.replace(/@font-face\s*\{[^}]*\}/g, ""),
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const first = html.includes('class="katex"') ? [...FIRST, ...FIRST_OF_FORMULAS] : FIRST;
        const names = Object.keys(bundle ?? {}).filter((name) => name.endsWith(".woff2"));
        return first
          .flatMap((file) => names.filter((name) => new RegExp(`/${file}-.{8}\\.woff2$`).test(name)))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `./${name}`, crossorigin: true },
            injectTo: "head" as const,
          }));
      },
    },
  };
}

/** Cuts a font, unless the file is of the same font cut the same way. */
async function write(path: string, { from, text, axes, features }: Cut): Promise<void> {
  const font = await readFile(locate(from));
  const key = createHash("sha256")
    .update(font)
    .update(JSON.stringify([text, axes, features]))
    .digest("hex");
  const written = await readFile(`${path}.key`, "utf8").catch(() => "");
  if (written === key) return;
  const bytes = text
    ? await subset(font, text, {
        targetFormat: "woff2",
        ...(axes && { variationAxes: { ...axes } }),
        ...(features && { keepFeatures: [...features] }),
      })
    : font;
  // Two builds at once write the same bytes; neither reads half of them.
  const own = `${path}.${process.pid}`;
  await writeFile(own, bytes);
  await rename(own, path);
  await writeFile(`${path}.key`, key);
}

/** A file of a package, which need not export it. */
function locate(path: string): string {
  const name = path.split("/", path.startsWith("@") ? 2 : 1).join("/");
  return join(dirname(resolve(`${name}/package.json`)), path.slice(name.length));
}
