// import text, { hash } from "./file.ts?script": a module with all that it imports as the text of one classic script, and
// what a content-security policy calls that text. For scripts that are handed over as text: frames and workers in them.

import { createHash } from "node:crypto";
import { build } from "esbuild";
import type { Plugin } from "vite";

/** `alias` says where the packages are, as in the configuration of Vite. */
export function scripts(alias: Readonly<Record<string, string>>): Plugin {
  return {
    name: "eckart:script",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith("?script")) return undefined;
      const text = await script(id.slice(0, -"?script".length), alias);
      return `export default ${JSON.stringify(text)};\nexport const hash = ${JSON.stringify(hash(text))};\n`;
    },
  };
}

/** The text of `entry` as one classic script. */
export async function script(entry: string, alias: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    alias: { ...alias },
    bundle: true,
    minify: true,
    // Errors are called by the names of their classes.
    keepNames: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0]!.text.trim();
}

/** The source expression of a content-security policy that allows exactly this text as an inline script. */
export function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
