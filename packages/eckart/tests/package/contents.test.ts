import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";

interface Manifest {
  bin?: Record<string, string>;
  license: string;
  engines: { node: string };
}

for (const name of ["eckart", "@eckart/formats", "@eckart/views", "@eckart/cli"]) {
  describe(`PKG-6 the tarball of ${name}`, () => {
    const folder = join(inject("command"), "node_modules", name);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

    test("holds compiled modules, their types, the manifest, the licence and a page about it, and nothing else", () => {
      const rest = files.filter((file) => !/^dist\/[\w/]+\.(js|d\.ts)$/.test(file)).sort();
      const commands = Object.values(manifest.bin ?? {}).map((path) => path.replace("./", ""));
      expect(rest).toEqual(["LICENSE", "README.md", ...commands, "package.json"]);
    });

    test("has types for every module", () => {
      const modules = files.filter((file) => /^dist\/.*\.js$/.test(file));
      expect(modules.length).toBeGreaterThan(0);
      for (const module of modules) expect(files).toContain(module.replace(/\.js$/, ".d.ts"));
    });

    test("names no folder of the machine that built it", () => {
      const home = new URL("../../../..", import.meta.url).pathname;
      for (const file of files) expect(readFileSync(join(folder, file), "utf8"), file).not.toContain(home);
    });

    test("is under the MIT licence, for Node 20.19 and newer", () => {
      expect(manifest.license).toBe("MIT");
      expect(manifest.engines.node).toBe(">=20.19");
      expect(readFileSync(join(folder, "LICENSE"), "utf8")).toContain("MIT License");
    });
  });
}

test("PKG-6 eckart depends on nothing", () => {
  const installed = readdirSync(join(inject("library"), "node_modules")).filter((entry) => !entry.startsWith("."));
  expect(installed).toEqual(["eckart"]);
});
