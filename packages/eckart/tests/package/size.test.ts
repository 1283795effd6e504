import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { expect, inject, test } from "vitest";

/** Kilobytes are 1000 bytes. */
const BUDGET_BYTES = 100_000;

/** What a page downloads for one line of source: bundled by esbuild, minified, gzipped. */
async function download(contents: string): Promise<{ gzipped: number; modules: string[] }> {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, resolveDir: inject("library") },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const output = Object.values(metafile.outputs)[0];
  const modules = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { gzipped: gzipSync(outputFiles[0].contents, { level: 9 }).length, modules: modules.map(([path]) => path) };
}

test("PKG-5 the whole library with its kernels is at most 100 KB gzipped", async () => {
  const { gzipped } = await download(`export * from "eckart";`);
  console.log(`the whole library: ${(gzipped / 1000).toFixed(1)} KB gzipped`);
  expect(gzipped).toBeLessThanOrEqual(BUDGET_BYTES);
});

test("PKG-5 one function brings only what it needs", async () => {
  const whole = await download(`export * from "eckart";`);
  for (const name of ["Matrix", "norm", "svdvals", "svd"]) {
    const one = await download(`export { ${name} } from "eckart";`);
    console.log(`${name} alone: ${(one.gzipped / 1000).toFixed(1)} KB gzipped, ${one.modules.length} modules`);
    expect(one.gzipped, name).toBeLessThan(whole.gzipped);
    expect(one.modules.length, name).toBeLessThan(whole.modules.length);
  }
  const { modules } = await download(`export { svdvals } from "eckart";`);
  for (const other of ["lu", "cholesky", "eigh", "polar", "format"]) {
    expect(modules, `modules of svdvals`).not.toContainEqual(expect.stringMatching(new RegExp(`/${other}[./]`)));
  }
});
