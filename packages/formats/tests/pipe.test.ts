import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ReadMatrixOptions, type RowBlock, readRowBlocks, writeNpy } from "@eckart/formats";
import { readRowBlocksFile } from "@eckart/formats/node";
import { errorOf, npy, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

/** The bytes in pieces of one size. */
async function* piped(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const collect = async (blocks: AsyncIterable<RowBlock>): Promise<RowBlock[]> => {
  const all: RowBlock[] = [];
  for await (const block of blocks) all.push(block);
  return all;
};
const told = (blocks: readonly RowBlock[]): unknown => [
  blocks.flatMap((block) => rowsOf(block)),
  blocks.at(-1)!.dtype,
  blocks.at(-1)!.notes,
];

describe("FMT-26 the blocks of a pipe are those of the file", () => {
  test.each([
    ["german.csv", {}],
    ["quoted.csv", {}],
    ["int64-little.npy", {}],
    ["float16-big.npy", {}],
    ["vector.npy", {}],
    ["fortran.npy", {}],
    ["stream.arrow", { table: { omit: ["name"] } }],
    ["singles.arrow", {}],
    ["snappy-v1.parquet", { table: { omit: ["name"] } }],
    ["packed.mtx.gz", {}],
  ] satisfies [string, ReadMatrixOptions][])("%s, in pieces of any size", async (name, options: ReadMatrixOptions) => {
    const file = readFileSync(FIXTURES + name);
    const whole = told(await collect(readRowBlocks(file, { ...options, rows: 2 })));
    for (const size of [1, 7, 64, 1 << 20])
      expect(told(await collect(readRowBlocks(piped(file, size), { ...options, rows: 2 })))).toEqual(whole);
  });

  test("nothing at all, and a format that is told", async () => {
    expect((await errorOf(collect(readRowBlocks(piped(new Uint8Array(0), 1))))).message).toMatch(
      /no line holds anything/,
    );
    const tsv = new TextEncoder().encode("1\t2\n3\t4\n");
    expect(told(await collect(readRowBlocks(piped(tsv, 3), { format: "tsv" })))).toEqual([[[1, 2], [3, 4]], "f64", []]); // oxfmt-ignore
  });

  test("an npy pipe that ends early or late", async () => {
    const file = writeNpy([[1, 2], [3, 4], [5, 6]]); // oxfmt-ignore
    const short = piped(file.subarray(0, file.length - 1), 10);
    const { message } = await errorOf(collect(readRowBlocks(short, { format: "npy", name: "a.npy" })));
    expect(message).toMatch(/^a\.npy: byte 128: expected 48 bytes from here, got 47/);
    const long = new Uint8Array([...file, 0]);
    expect((await errorOf(collect(readRowBlocks(piped(long, 10))))).message).toMatch(/more bytes than the shape takes/);
    // A header that promises more than there is costs what there is.
    const lie = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2000000000000), }\n", new Float64Array(6));
    expect((await errorOf(collect(readRowBlocks(piped(lie, 10))))).message).toMatch(
      /expected 16000000000000 bytes from here, got 48/,
    );
  });

  test("pieces that are no bytes", async () => {
    const text = (async function* () {
      yield "1,2\n" as unknown as Uint8Array;
    })();
    expect((await errorOf(collect(readRowBlocks(text)))).message).toMatch(/a piece of the pipe to be a Uint8Array/);
  });
});

describe("FMT-31 a pipe is read as it comes", () => {
  test.each(["csv", "npy"] as const)("%s: no more is asked for than a block or two need", async (format) => {
    const [rows, cols] = [200_000, 8];
    const height = 1000;
    const blockBytes = height * cols * 8;
    const row = `${Array.from({ length: cols }, (_, j) => j + 0.5).join(",")}\n`;
    const head = writeNpy({ data: new Float64Array(0), shape: [0, cols] });
    const header = new TextDecoder("latin1").decode(head).replace(/\(0, 8\)(.*?) {5}\n/, `(${rows}, 8)$1\n`);
    let given = 0;
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        if (format === "npy") yield Uint8Array.from(header, (c) => c.charCodeAt(0));
        const piece = format === "npy" ? new Uint8Array(1000 * cols * 8) : new TextEncoder().encode(row.repeat(1000));
        for (let k = 0; k < rows / 1000; k++) {
          given += piece.length;
          yield piece;
        }
      } finally {
        closed = true;
      }
    }
    const bytesOfRow = format === "npy" ? cols * 8 : row.length;
    let seen = 0;
    let ahead = 0;
    for await (const { shape } of readRowBlocks(source(), { format, rows: height })) {
      seen += shape[0];
      ahead = Math.max(ahead, given - seen * bytesOfRow);
      if (seen === rows / 2) break;
    }
    expect(ahead, "bytes that were taken before their rows were given").toBeLessThan(2 ** 19 + 2 * blockBytes);
    expect([seen, closed]).toEqual([rows / 2, true]);
  });

  test.skipIf(process.platform === "win32")("a named pipe too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "eckart-"));
    const [fifo, table] = [join(folder, "pipe"), join(folder, "table.csv")];
    execFileSync("mkfifo", [fifo]);
    writeFileSync(table, "a,b\n1,2\n3,4\n");
    const writer = spawn("sh", ["-c", `cat '${table}' > '${fifo}'`]);
    const blocks = await collect(readRowBlocksFile(fifo, { rows: 1 }));
    expect(blocks.map((block) => rowsOf(block))).toEqual([[[1, 2]], [[3, 4]]]);
    writer.kill();
    rmSync(folder, { recursive: true });
  });
});
