import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "vite";

/** Writes the custom element, one module that other sites load, beside the pages under a name that does not change. */
export function element(): Plugin {
  let source = "";
  let folder = "";
  return {
    name: "eckart:element",
    apply: "build",
    configResolved: ({ root, build }) => {
      source = join(root, "src/embed/element.ts");
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const { outputFiles } = await build({
          entryPoints: [source],
          bundle: true,
          minify: true,
          format: "esm",
          target: "es2022",
          write: false,
        });
        await writeFile(join(folder, "eckart-figure.js"), outputFiles[0]!.contents);
      },
    },
  };
}
