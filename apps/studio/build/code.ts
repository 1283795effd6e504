// import lines from "./file.ts?code" (or .py): source code as lines of tokens, told apart when the page is built.

import { readFile } from "node:fs/promises";
import { highlightCode } from "@lezer/highlight";
import { parser as javascript } from "@lezer/javascript";
import { parser as python } from "@lezer/python";
import type { Plugin } from "vite";
import { highlighter } from "../src/cells/highlighter.ts";
import type { Token } from "../src/cells/Code.tsx";

const parsers = { ts: javascript.configure({ dialect: "ts" }), py: python };

export function code(): Plugin {
  return {
    name: "eckart:code",
    enforce: "pre",
    async load(id) {
      const [, file, language] = /^(.*\.(ts|py))\?code$/.exec(id) ?? [];
      if (file === undefined) return undefined;
      this.addWatchFile(file);
      const text = await readFile(file, "utf8");
      return `export default ${JSON.stringify(tokens(text.trimEnd(), language as "ts" | "py"))};`;
    },
  };
}

function tokens(text: string, language: keyof typeof parsers): Token[][] {
  const lines: Token[][] = [[]];
  highlightCode(
    text,
    parsers[language].parse(text),
    highlighter,
    (piece, kind) => lines.at(-1)!.push(kind ? [piece, kind] : [piece]),
    () => lines.push([]),
  );
  return lines;
}
