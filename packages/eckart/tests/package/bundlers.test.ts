import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import * as vite from "vite";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import webpack from "webpack";
import { type Answer, expectOffThread, expectRight, type OffThreadAnswer } from "./answers.ts";
import { askPage, launchBrowser, type PageAnswers } from "./browser.ts";

const library = inject("library");
const command = inject("command");

/** Each bundles one page of a project, its script and its Worker, without any setting that concerns eckart. */
const bundlers: Record<string, (project: string, page: string, outdir: string) => Promise<void>> = {
  async Vite(project, page, outDir) {
    await vite.build({
      root: project,
      base: "./",
      configFile: false,
      logLevel: "error",
      worker: { format: "es" },
      build: { outDir, target: "es2022", rolldownOptions: { input: join(project, `${page}.html`) } },
    });
  },

  async webpack(project, page, path) {
    const compiler = webpack({
      mode: "production",
      context: project,
      entry: `./${page}.js`,
      output: { path, filename: `${page}.js` },
      performance: false,
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    if (stats?.hasErrors()) throw new Error(stats.toString());
    cpSync(join(project, `${page}.html`), join(path, `${page}.html`));
  },

  async esbuild(project, page, outdir) {
    const worker = `${page}Worker.js`;
    await esbuild.build({
      absWorkingDir: project,
      entryPoints: [`${page}.js`, ...(existsSync(join(project, worker)) ? [worker] : [])],
      bundle: true,
      format: "esm",
      minify: true,
      outdir,
    });
    cpSync(join(project, `${page}.html`), join(outdir, `${page}.html`));
  },
};

describe("bundled for the browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 900_000);
  afterAll(() => browser.close());

  for (const [name, bundle] of Object.entries(bundlers)) {
    test(`PKG-2 eckart by ${name}`, async () => {
      const outdir = join(library, "bundles", name);
      await bundle(library, "bundled", outdir);
      const { page, worker, offThread } = await askPage<PageAnswers>(browser, outdir, "bundled.html");
      expectRight(page, "wasm");
      expectRight(worker, "wasm");
      expectOffThread(offThread, "worker", "wasm");
    });

    test(`WRK-8 ${name}, and a content-security policy that forbids workers from a Blob`, async () => {
      const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
      const outdir = join(library, "bundles", name);
      const { offThread } = await askPage<PageAnswers>(browser, outdir, "bundled.html", policy);
      // esbuild leaves the worker's own file behind.
      expectOffThread(offThread, name === "esbuild" ? "caller" : "worker", "wasm");
    });

    test(`PKG-8 @eckart/formats by ${name}`, async () => {
      const outdir = join(command, "bundles", name);
      await bundle(command, "formats", outdir);
      expect(await askPage(browser, outdir, "formats.html")).toEqual({ shape: [2, 2], data: [3, 0.5, -1, 4] });
    });
  }
});

describe("PKG-2 bundled for Node by esbuild", () => {
  async function answerOf<T>(program: string): Promise<T> {
    const outfile = join(library, "bundles", `${program}.mjs`);
    await esbuild.build({
      absWorkingDir: library,
      entryPoints: [`${program}.js`],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
    });
    return JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" })) as T;
  }

  test("eckart", async () => expectRight(await answerOf<Answer>("node"), "wasm"));
  test("eckart/worker", async () => {
    expectOffThread(await answerOf<OffThreadAnswer>("offThreadNode"), "worker", "wasm");
  });
});
