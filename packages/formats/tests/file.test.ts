import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "esbuild";
import { FORMAT_NAMES, FormatOptionError } from "@eckart/formats";
import { openFile, readMatrixFile, writeFileAtomic, writeMatrixFile } from "@eckart/formats/node";
import { bytes, errorOf, rowsOf } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eckart-formats-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const OLD = bytes("old");
const NEW = bytes("new content");

async function* failing(): AsyncGenerator<Uint8Array> {
  yield NEW;
  await Promise.resolve();
  throw new Error("the source of the data broke");
}

describe("FMT-19 a written file holds the old content or all of the new", () => {
  test("whole, in parts, and over an old file with its rights", async () => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, OLD);
    await chmod(path, 0o640);
    await writeFileAtomic(path, [NEW, NEW]);
    expect(await readFile(path, "utf8")).toBe("new contentnew content");
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(["a.bin"]);
  });

  test("a failure keeps the old content and leaves nothing behind", async () => {
    const path = join(folder, "a.bin");
    await writeFile(path, OLD);
    await expect(writeFileAtomic(path, failing())).rejects.toThrow("the source of the data broke");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a.bin"]);
    await expect(writeFileAtomic(join(folder, "none", "a.bin"), NEW)).rejects.toMatchObject({ code: "ENOENT" });
    await expect(writeFileAtomic(folder, NEW)).rejects.toMatchObject({ code: "EISDIR" });
    expect(await readdir(folder)).toEqual(["a.bin"]);
  });

  test("through a symbolic link, to a file that is there and to one that is not yet", async () => {
    for (const target of ["there.bin", "new.bin"]) {
      const link = join(folder, `link-to-${target}`);
      await symlink(target, link);
      if (target === "there.bin") await writeFile(join(folder, target), OLD);
      await writeFileAtomic(link, NEW);
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(await readFile(join(folder, target), "utf8")).toBe("new content");
    }
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  // The writer is a process of its own, built from the sources.
  const ENTRY = fileURLToPath(new URL("../src/node.ts", import.meta.url));
  async function script(source: string): Promise<string> {
    const out = join(folder, "script.mjs");
    await build({
      stdin: {
        contents: `import { writeFileAtomic } from ${JSON.stringify(ENTRY)};\n${source}`,
        resolveDir: join(ENTRY, ".."),
      },
      bundle: true,
      platform: "node",
      format: "esm",
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      outfile: out,
      logLevel: "error",
    });
    return out;
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    test(`${signal} while it writes`, async () => {
      const path = join(folder, "a.bin");
      await writeFile(path, OLD);
      const slow = await script(`
        async function* slow() {
          yield Buffer.from("half");
          process.stdout.write("writing");
          await new Promise((resolve) => setTimeout(resolve, 30000));
        }
        await writeFileAtomic(${JSON.stringify(path)}, slow());`);
      const child = spawn(process.execPath, [slow], { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toHaveLength(1);
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([null, signal]);
      expect(await readFile(path, "utf8")).toBe("old");
      expect((await readdir(folder)).sort()).toEqual(["a.bin", "script.mjs"]);
    });

  test("a program that handles the signal itself decides, and its exit cleans up", async () => {
    const path = join(folder, "a.bin");
    const own = await script(`
      process.on("SIGINT", () => process.exit(130));
      async function* slow() {
        yield Buffer.from("half");
        process.stdout.write("writing");
        await new Promise((resolve) => setTimeout(resolve, 30000));
      }
      await writeFileAtomic(${JSON.stringify(path)}, slow());`);
    const child = spawn(process.execPath, [own], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
    expect(await readdir(folder)).toEqual(["script.mjs"]);
  });

  test.skipIf(process.platform === "win32")("/dev/stdout, as a pipe and as a file that is appended to", async () => {
    const direct = await script(`await writeFileAtomic("/dev/stdout", Buffer.from("piped"));`);
    const child = spawn(process.execPath, [direct], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    for await (const part of child.stdout) text += String(part);
    expect(text).toBe("piped");
    const log = join(folder, "log");
    await writeFile(log, "first ");
    await once(spawn("sh", ["-c", `"${process.execPath}" "${direct}" >> "${log}"`], { stdio: "inherit" }), "exit");
    expect(await readFile(log, "utf8")).toBe("first piped");
  });
});

describe("FMT-20 a file is read by ranges", () => {
  test("its format comes from its extension, and the error names it", async () => {
    const path = join(folder, "t.csv");
    await writeFile(path, "1,2\n3,x\n");
    expect((await errorOf(readMatrixFile(path))).message).toBe(`${path}: line 2, column 2: expected a number, got "x"`);
    for (const name of ["m.npy", "m.npz", "m.tsv", "m.mtx", "m.json", "m.CSV"]) {
      await writeMatrixFile(join(folder, name), [
        [1, 2],
        [3, 4.5],
      ]);
      expect(rowsOf(await readMatrixFile(join(folder, name)))).toEqual([
        [1, 2],
        [3, 4.5],
      ]);
    }
    await expect(writeMatrixFile(join(folder, "m.xyz"), [[1]])).rejects.toBeInstanceOf(FormatOptionError);
  });

  test("what cannot be read says so", async () => {
    const path = join(folder, "none.npy");
    const error = await errorOf(readMatrixFile(path));
    expect(error.message).toBe(`${path}: no such file`);
    expect(error.cause).toMatchObject({ code: "ENOENT" });
    expect((await errorOf(readMatrixFile(folder))).message).toBe(`${folder}: is a folder`);
  });

  test("an empty file is an error of its format", async () => {
    await writeFile(join(folder, "e.npy"), "");
    expect((await errorOf(readMatrixFile(join(folder, "e.npy")))).message).toMatch(
      /e\.npy: byte 0: does not begin with/,
    );
  });

  test("only the ranges that are asked for are read", async () => {
    const path = join(folder, "big.npy");
    const rows = Array.from({ length: 500 }, (_, i) => [i, -i]);
    await writeMatrixFile(path, rows);
    const file = await openFile(path);
    expect(file.byteLength).toBe(128 + 8000);
    expect(await file.slice(0, 6)).toEqual(bytes(0x93, "NUMPY"));
    expect(await file.slice(8100, 9000)).toHaveLength(28);
    await file.close();
  });

  test.skipIf(process.platform === "win32")("a pipe is read to its end, and no further than told", async () => {
    const path = join(folder, "pipe.csv");
    expect(await once(spawn("sh", ["-c", `mkfifo "${path}"`]), "exit")).toEqual([0, null]);
    const feed = (): void => void spawn("sh", ["-c", `printf '1,2\\n3,4\\n' > "${path}"`]);
    feed();
    expect(rowsOf(await readMatrixFile(path))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    feed();
    expect((await errorOf(readMatrixFile(path, { maxBytes: 5 }))).message).toBe(
      `${path}: more than the limit of 5 bytes (maxBytes)`,
    );
  });
});

test("PKG-1 the main entry bundles for browsers without any module of Node", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "esm",
    minify: true,
    logLevel: "error",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.filter((path) => path.external));
  expect(imports).toEqual([]);
  // With Node's globals taken away, as in a page.
  await writeFile(join(folder, "formats.mjs"), outputFiles[0].contents);
  const page = `delete globalThis.Buffer; delete globalThis.process; delete globalThis.setImmediate;
    const { FORMAT_NAMES, readMatrix, writeMatrix } = await import("./formats.mjs");
    const out = [];
    for (const format of FORMAT_NAMES) {
      const file = new Blob([await writeMatrix([[1, 2.25], [3, 4]], { format, png: { depth: 16, range: [0, 655.35] } })]);
      out.push(format + " " + (await readMatrix(file, { format })).data.slice(0, 4).join());
    }
    console.log(out.join(";"));`;
  const path = join(folder, "page.mjs");
  await writeFile(path, page);
  const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const part of child.stdout) text += String(part);
  const found = new Map(
    text
      .trim()
      .split(";")
      .map((line) => line.split(" ") as [string, string]),
  );
  expect([...found.keys()]).toEqual(FORMAT_NAMES);
  expect(found.get("png")).toBe("100,225,300,400");
  for (const [format, values] of found)
    if (format !== "png" && format !== "jpeg") expect([format, values]).toEqual([format, "1,2.25,3,4"]);
});

test("PKG-1 a page loads the libraries of pictures and tables only when it meets one", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    outdir: folder,
    platform: "browser",
    format: "esm",
    minify: true,
    logLevel: "error",
  });
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { path, kind } of metafile.outputs[name].imports) if (kind === "import-statement") load(path);
  };
  load(Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint?.endsWith("src/index.ts"))!);
  const inputs = [...loaded].flatMap((name) => Object.keys(metafile.outputs[name].inputs));
  const packages = new Set(inputs.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []));
  expect(packages).toEqual(new Set(["csv-parse", "fflate"]));
  const bytes = [...loaded].reduce((sum, name) => sum + metafile.outputs[name].bytes, 0);
  expect(bytes).toBeLessThan(175_000);
});
