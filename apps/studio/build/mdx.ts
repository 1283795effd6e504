// The pages of the lesson, compiled. MDX has a plugin of its own, whose peer is a bundler that is not used here and
// that brings a binary for every platform.

import { compile, type CompileOptions } from "@mdx-js/mdx";
import type { Plugin } from "vite";

/** Makes modules of .mdx files. */
export function mdx(options: CompileOptions): Plugin {
  return {
    name: "mdx",
    async transform(value, id) {
      const [path = id] = id.split("?");
      if (!path.endsWith(".mdx")) return;
      const code = String(await compile({ path, value }, options));
      return { code, map: { mappings: "" } };
    },
  };
}
