// Compiles assembly/ to one WebAssembly module and writes it as text, a sign or two a byte, to src/kernels/wasmBytes.ts, which git ignores.
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
// The flags of the imported memory stand behind its name: a maximum, and whether it is shared.
const memoryFlags = Buffer.from(binary).indexOf("\x06memory\x02\x01", "latin1") + 8;
if (memoryFlags < 8) throw new Error("the kernels import no memory with a maximum");

// One sign for each of the most frequent bytes, two for the others: gzip makes of this what it makes of the bytes.
const signs = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (sign) => !'"\\`$'.includes(sign),
);
const singles = signs.length - 2;
const count = new Array(256).fill(0);
for (const byte of binary) count[byte]++;
const byFrequency = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b);
// Both parts ascend, so that only the first needs to be written.
const [frequent, rare] = [byFrequency.slice(0, singles), byFrequency.slice(singles)].map((part) =>
  part.sort((a, b) => a - b),
);
const encoded = new Map(
  [...frequent, ...rare].map((byte, place) => {
    const beyond = place - singles;
    return [
      byte,
      beyond < 0 ? signs[place] : signs[singles + Math.trunc(beyond / signs.length)] + signs[beyond % signs.length],
    ];
  }),
);
const quoted = (name, text) => `export const ${name}: string =\n  "${text}";`;
writeFileSync(
  target,
  [
    `// Written by scripts/buildKernels.mjs from assembly/: ${binary.length} bytes of WebAssembly.`,
    "/** The place of each sign stands for a byte: the last two lead to the bytes that are rare. */",
    quoted("signs", signs.join("")),
    "/** The bytes that have a sign of their own, in hexadecimal digits; the others follow in order. */",
    quoted("frequent", Buffer.from(frequent).toString("hex")),
    `export const byteLength: number = ${binary.length};`,
    "/** Where the flags of the imported memory are. */",
    `export const memoryFlags: number = ${memoryFlags};`,
    quoted("wasmBytes", Array.from(binary, (byte) => encoded.get(byte)).join("")),
    "",
  ].join("\n"),
);
console.log(`kernels: ${binary.length} bytes of WebAssembly`);
