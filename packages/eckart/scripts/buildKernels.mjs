// Compiles assembly/ to one WebAssembly module and writes it in hexadecimal digits as src/kernels/wasmBytes.ts, which git ignores.
// Runs only when a source is newer than the result, or with --force.
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}src/kernels/wasmBytes.ts`;

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(`${root}assembly`).map((name) => `${root}assembly/${name}`);
const newest = Math.max(modified(fileURLToPath(import.meta.url)), ...sources.map(modified));
if (modified(target) >= newest && !process.argv.includes("--force")) process.exit(0);

let binary;
const { error, stderr } = await asc.main(
  [
    "assembly/index.ts",
    "--baseDir",
    root,
    "--outFile",
    "kernels.wasm",
    "--runtime",
    "stub",
    "--use",
    "abort=",
    "--enable",
    "simd,bulk-memory",
    "--importMemory",
    "--maximumMemory",
    "65535",
    "--noAssert",
    "--optimizeLevel",
    "3",
    "--shrinkLevel",
    "0",
    "--converge",
  ],
  {
    writeFile(name, contents) {
      if (name.endsWith(".wasm")) binary = contents;
    },
  },
);
if (error) {
  console.error(stderr.toString());
  process.exit(1);
}
const text = Buffer.from(binary).toString("hex");
writeFileSync(
  target,
  `// Written by scripts/buildKernels.mjs from assembly/: ${binary.length} bytes of WebAssembly.\nexport const wasmBytes: string =\n  "${text}";\n`,
);
console.log(`kernels: ${binary.length} bytes of WebAssembly`);
