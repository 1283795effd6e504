import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { type Plugin, transformWithOxc } from "vite";

/** Writes the service worker beside the pages, with the list of all files of the build. */
export function offline(): Plugin {
  let folder = "";
  let source = "";
  return {
    name: "eckart:offline",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
      source = join(root, "src/offline/worker.ts");
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        const files = entries
          .filter((entry) => entry.isFile() && !/^_|^offline\.js|\.(br|gz)$/.test(entry.name))
          .map((entry) =>
            join(entry.parentPath, entry.name)
              .slice(folder.length + 1)
              .replaceAll(sep, "/"),
          )
          .sort();
        const hash = createHash("sha256");
        for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
        const { code } = await transformWithOxc(await readFile(source, "utf8"), source, { lang: "ts" });
        const constants = `const CACHE = "eckart-${hash.digest("hex").slice(0, 12)}";\nconst FILES = ${JSON.stringify(files)};\n`;
        await writeFile(join(folder, "offline.js"), constants + code);
      },
    },
  };
}
