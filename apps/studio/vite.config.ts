import { fileURLToPath } from "node:url";
import remarkMath from "remark-math";
import { defineConfig, type UserConfig } from "vite";
import { code } from "./build/code.ts";
import { compress } from "./build/compress.ts";
import { element } from "./build/element.ts";
import { fonts } from "./build/fonts.ts";
import { rehypeFormulas } from "./build/formulas.ts";
import { mdx } from "./build/mdx.ts";
import { offline } from "./build/offline.ts";
import { policy } from "./build/policy.ts";
import { prerender } from "./build/prerender.ts";
import { hash, script, scripts } from "./build/script.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const source = (name: string): string => path(`../../packages/${name}`);
const alias = {
  "eckart/worker": source("eckart/src/worker.ts"),
  eckart: source("eckart/src/index.ts"),
  "@eckart/formats": source("formats/src/index.ts"),
  "@eckart/views": source("views/src/index.ts"),
};

/** What both the pages and their prerendering need; addresses are relative, so that any folder of any host serves. */
export const shared: UserConfig = {
  root: path("."),
  base: "./",
  plugins: [
    mdx({ jsxImportSource: "preact", remarkPlugins: [remarkMath], rehypePlugins: [rehypeFormulas] }),
    code(),
    scripts(alias),
  ],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { alias, dedupe: ["preact"] },
  worker: { format: "es" },
};

const frameOfCells = await script(path("src/cells/sandbox/frame.ts"), alias);

export default defineConfig({
  ...shared,
  plugins: [
    ...shared.plugins!,
    prerender(shared),
    fonts(),
    policy([hash(frameOfCells)]),
    element(),
    offline(),
    compress(),
  ],
  build: {
    target: "es2023",
    // Nothing is put into the text of another file: the policy of the pages allows no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { index: path("index.html"), workbench: path("workbench.html"), embed: path("embed.html") },
    },
  },
});
