import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { expect, inject, test } from "vitest";

/** Kilobytes are 1000 bytes. */
const BUDGET_BYTES = 113_000;

/**
 * What a page downloads at once for one line of source: bundled by esbuild, minified, gzipped. Where the bundle is split,
 * that is without what is imported only when it is needed.
 */
async function download(contents: string, splitting = false): Promise<{ gzipped: number; modules: string[] }> {
  const folder = inject("library");
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    outdir: "out",
    bundle: true,
    splitting,
    minify: true,
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const wanted = new Set(
    Object.keys(metafile.outputs).filter((path) => metafile.outputs[path].entryPoint === "<stdin>"),
  );
  for (const path of wanted) {
    for (const { path: next, kind } of metafile.outputs[path].imports)
      if (kind === "import-statement") wanted.add(next);
  }
  const files = outputFiles.filter(({ path }) => wanted.has(relative(folder, path).replaceAll("\\", "/")));
  const inputs = [...wanted].flatMap((path) => Object.entries(metafile.outputs[path].inputs));
  return {
    gzipped: files.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0),
    modules: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  };
}

test("PKG-5 the whole library with its kernels is at most 113 KB gzipped", async () => {
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

test("PKG-5 eckart/worker brings the engine once for the worker, and once more where the bundler splits nothing", async () => {
  const library = await download(`export * from "eckart";`);
  expect(library.modules).not.toContainEqual(expect.stringMatching(/worker/));
  const split = await download(`export * from "eckart/worker";`, true);
  const whole = await download(`export * from "eckart/worker";`);
  console.log(
    `eckart/worker: ${(split.gzipped / 1000).toFixed(1)} KB gzipped, ${(whole.gzipped / 1000).toFixed(1)} KB unsplit`,
  );
  expect(split.gzipped).toBeLessThanOrEqual(1.1 * BUDGET_BYTES);
  expect(whole.gzipped).toBeLessThanOrEqual(split.gzipped + library.gzipped);
});
