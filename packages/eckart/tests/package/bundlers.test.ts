import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import * as vite from "vite";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import webpack from "webpack";
import { type Answer, expectRight } from "./answers.ts";
import { askPage, launchBrowser } from "./browser.ts";

const library = inject("library");

/** Each bundles bundled.js and its Worker for the browser, without any setting that concerns eckart. */
const bundlers: Record<string, (outdir: string) => Promise<void>> = {
  async Vite(outDir) {
    const input = join(library, "bundled.html");
    await vite.build({
      root: library,
      base: "./",
      configFile: false,
      logLevel: "error",
      worker: { format: "es" },
      build: { outDir, rollupOptions: { input } },
    });
  },

  async webpack(path) {
    const compiler = webpack({
      mode: "production",
      context: library,
      entry: "./bundled.js",
      output: { path, filename: "bundled.js" },
      performance: false,
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    if (stats?.hasErrors()) throw new Error(stats.toString());
    cpSync(join(library, "bundled.html"), join(path, "bundled.html"));
  },

  async esbuild(outdir) {
    await esbuild.build({
      absWorkingDir: library,
      entryPoints: ["bundled.js", "bundledWorker.js"],
      bundle: true,
      format: "esm",
      minify: true,
      outdir,
    });
    cpSync(join(library, "bundled.html"), join(outdir, "bundled.html"));
  },
};

describe("PKG-2 bundled for the browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 900_000);
  afterAll(() => browser.close());

  for (const [name, bundle] of Object.entries(bundlers)) {
    test(name, async () => {
      const outdir = join(library, "bundles", name);
      await bundle(outdir);
      const { page, worker } = await askPage(browser, outdir, "bundled.html");
      expectRight(page, "wasm");
      expectRight(worker, "wasm");
    });
  }
});

test("PKG-2 bundled for Node by esbuild", async () => {
  const outfile = join(library, "bundles", "node.mjs");
  await esbuild.build({
    absWorkingDir: library,
    entryPoints: ["node.js"],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  expectRight(JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" })) as Answer, "wasm");
});
