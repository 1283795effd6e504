import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { FormatError, type ReadMatrixOptions, formatOfName, listNpz, readLiteral, readMatrix } from "@eckart/formats";

// Before the package is loaded: every array that it or fflate makes is weighed.
const scales = vi.hoisted(() => {
  const plain = new Map<string, unknown>();
  const scales = {
    heaviest: 0,
    remove: () => plain.forEach((array, name) => Object.assign(globalThis, { [name]: array })),
  };
  for (const name of [
    "Uint8Array",
    "Uint16Array",
    "Uint32Array",
    "Float32Array",
    "Float64Array",
    "BigInt64Array",
  ] as const) {
    const array = globalThis[name];
    plain.set(name, array);
    const weighed = new Proxy(array, {
      construct(target, args: unknown[]) {
        if (typeof args[0] === "number") scales.heaviest = Math.max(scales.heaviest, args[0] * array.BYTES_PER_ELEMENT);
        return Reflect.construct(target, args) as object;
      },
    });
    Object.assign(globalThis, { [name]: weighed });
  }
  return scales;
});
afterAll(scales.remove);

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const SUFFIX = ".expected.json";
const names = readdirSync(FIXTURES)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

const MUTANTS_PER_FILE = 120;
/** What unpacked and dense data may take here. */
const MAX_BYTES = 2 ** 20;
/** What any array may take on top: chunks, the inflater's window and growth. */
const WORKING_BYTES = 2 ** 22;

/** Numbers in [0, below) from a seed: mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const HOSTILE_NUMBERS = [
  "0",
  "-1",
  "1e999",
  "9007199254740993",
  "18446744073709551616",
  "4294967296",
  "0x10",
  "",
  "nan",
  "1,5",
  "٣",
];
const HOSTILE_TEXT = [
  '"',
  "\0",
  "\n",
  "\r",
  "[",
  "{",
  "}",
  "]",
  "'",
  ",",
  ";",
  "%",
  "#",
  "__proto__",
  "\u2028",
  "\ufeff",
  "(".repeat(80),
  "[".repeat(2000),
];

type Mutation = (file: Buffer, random: (below: number) => number) => Buffer;
const MUTATIONS: Mutation[] = [
  (file, random) => edited(file, random(file.length), (at) => (file[at] ^= 1 << random(8))),
  (file, random) => edited(file, random(file.length), (at) => (file[at] = [0, 1, 0x7f, 0x80, 0xff][random(5)])),
  (file, random) => file.subarray(0, random(file.length + 1)),
  (file, random) => splice(file, random(file.length), random(20), Buffer.alloc(0)),
  (file, random) => splice(file, random(file.length), 0, Buffer.from(HOSTILE_TEXT[random(HOSTILE_TEXT.length)])),
  (file, random) => {
    const [from, length] = [random(file.length), random(200)];
    return splice(file, random(file.length), 0, file.subarray(from, from + length));
  },
  (file, random) => {
    // One number of the text for a hostile one.
    const text = file.toString("latin1");
    const found = [...text.matchAll(/\d+/g)];
    if (found.length === 0) return file;
    const { index, 0: digits } = found[random(found.length)];
    return splice(file, index, digits.length, Buffer.from(HOSTILE_NUMBERS[random(HOSTILE_NUMBERS.length)]));
  },
  (file, random) => {
    // A field of 2, 4 or 8 bytes, wherever it is, set to an extreme: lengths, offsets, sizes, counts.
    const width = [2, 4, 8][random(3)];
    const value = [0n, 1n, 2n ** 31n, 2n ** 53n + 1n, -1n, -2n][random(6)] & (2n ** BigInt(8 * width) - 1n);
    return edited(file, random(Math.max(1, file.length - width)), (at) => {
      for (let k = 0; k < width && at + k < file.length; k++) file[at + k] = Number((value >> BigInt(8 * k)) & 0xffn);
    });
  },
];

function edited(file: Buffer, at: number, edit: (at: number) => void): Buffer {
  if (file.length > 0) edit(at);
  return file;
}

function splice(file: Buffer, at: number, removed: number, added: Buffer): Buffer {
  return Buffer.concat([file.subarray(0, at), added, file.subarray(at + removed)]);
}

function mutant(file: Buffer, seed: number): Buffer {
  const random = seeded(seed);
  let changed: Buffer = Buffer.from(file);
  for (let count = 1 + random(3); count > 0; count--) changed = MUTATIONS[random(MUTATIONS.length)](changed, random);
  return changed;
}

/** Runs a reader; returns nothing if it ends in a value or a named error, else what it did wrong. */
async function misdeed(bytes: number, run: () => unknown): Promise<string | undefined> {
  scales.heaviest = 0;
  try {
    await run();
  } catch (error) {
    if (!(error instanceof FormatError)) return `threw ${String((error as Error)?.stack ?? error)}`;
    // eslint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f-\u009f]/.test(error.message))
      return `unprintable message ${JSON.stringify(error.message)}`;
  }
  const allowed = Math.max(MAX_BYTES, 16 * bytes) + WORKING_BYTES;
  return scales.heaviest > allowed ? `allocated ${scales.heaviest} bytes at once, ${allowed} allowed` : undefined;
}

describe("FMT-18 a damaged file ends in a value or a named error, in bounded memory", () => {
  test("the scales weigh", async () => {
    scales.heaviest = 0;
    await readMatrix(readFileSync(`${FIXTURES}zeros.npz`));
    expect(scales.heaviest).toBeGreaterThanOrEqual(64 * 50);
  });

  for (const [index, name] of names.entries())
    test(name, async () => {
      const file = readFileSync(FIXTURES + name);
      const { options = {} } = JSON.parse(readFileSync(FIXTURES + name + SUFFIX, "utf8")) as {
        options?: ReadMatrixOptions;
      };
      const format = formatOfName(name) ?? "csv";
      const found: string[] = [];
      let values = 0;
      for (let k = 0; k < MUTANTS_PER_FILE; k++) {
        const seed = 1000 * index + k;
        const bytes = mutant(file, seed);
        const read = async (): Promise<void> => {
          await readMatrix(bytes, { name, format, maxBytes: MAX_BYTES, ...options });
          values++;
        };
        const wrong = [await misdeed(bytes.length, read)];
        wrong.push(await misdeed(bytes.length, () => readMatrix(bytes, { maxBytes: MAX_BYTES, nonFinite: "keep" })));
        if (format === "npz") wrong.push(await misdeed(bytes.length, () => listNpz(bytes)));
        for (const what of wrong) if (what) found.push(`seed ${seed}: ${what}`);
      }
      expect(found).toEqual([]);
      // Mutants that all fail at the door would test the door alone, and mutants that all pass nothing.
      expect(values).toBeLessThan(MUTANTS_PER_FILE);
    });

  test("literals", async () => {
    const found: string[] = [];
    for (const text of ["3 2 2; 2 3 -2", "[[1, 2.5], [3, 4e5]]", "[1 2; 3 4]", "1 2\n3 4\n"])
      for (let seed = 0; seed < 500; seed++) {
        const changed = mutant(Buffer.from(text), seed).toString();
        const wrong = await misdeed(changed.length, () => readLiteral(changed));
        if (wrong) found.push(`${JSON.stringify(changed)}: ${wrong}`);
      }
    expect(found).toEqual([]);
  });
});
