import { readRowBlocks, type RowBlock } from "@eckart/formats";
import { readRowBlocksFile } from "@eckart/formats/node";
import { Matrix, norm, SvdStream } from "eckart";
import { percent, significant, spectrum, spectrumBars, toSvg } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { readerOptions, standardInput } from "../input.ts";
import type { Options, Request } from "../request.ts";
import { facts, ink, muted } from "../text.ts";
import { isLiteral, nameOf } from "../word.ts";
import { picture } from "./parts.ts";

/** Singular values and right vectors of a table that is read by blocks of rows and need not fit into memory. */
export const streamCommand: Command = {
  peek: throughBlocks,
  compute(): never {
    throw new UsageError("stream reads a table", "eckart stream table.csv");
  },
};

/** The error of a sketch, relative to the norm, from which little of its answer is to be relied on; from 1 on, nothing. */
const POOR = 0.5;

async function throughBlocks(word: string, request: Request, onStage: (stage: string) => void): Promise<Answer> {
  const { options, terminal } = request;
  if (isLiteral(word)) throw new UsageError("stream reads a file or standard input", "eckart svd takes a literal");
  if (options.sketch && options.rank === undefined)
    throw new UsageError("--sketch keeps a fixed rank", "give --rank 8 besides");
  const start = performance.now();
  const name = nameOf(word);
  let stream: SvdStream | undefined;
  let size = 0;
  let last: RowBlock | undefined;
  for await (const block of blocksOf(word, options)) {
    last = block;
    const B = asBlock(block);
    stream ??= new SvdStream(B.cols, streamOptions(options, B));
    if (options.explain) break;
    stream.push(B);
    size = Math.hypot(size, norm(B));
    const seconds = (performance.now() - start) / 1000;
    onStage(`${name}: ${grouped(stream.rows)} rows, ${grouped(Math.round(stream.rows / seconds))} rows/s`);
  }
  if (!stream || !last) throw new UsageError(`${name} has no rows`, "eckart info shows what a file holds");
  if (options.explain) return plan(name, stream, last);
  onStage(`computing the singular values of ${grouped(stream.rows)} × ${stream.cols}`);
  const { U, s, Vt, rows, frobeniusError } = stream.svd();
  const ms = performance.now() - start;
  const relativeError = size === 0 ? 0 : frobeniusError / size;
  const slow = `the values decay too slowly for a sketch of rank ${stream.rank}: its error is ${significant(relativeError, 3)} of the norm; raise --rank, or leave out --sketch`;
  const seconds = ms / 1000;
  return {
    input: [{ name, shape: [rows, stream.cols], dtype: last.dtype }],
    arrays: { s, Vt, ...(U && { U }) },
    values: { rows, columns: stream.cols, rank: s.length, mode: stream.mode },
    accuracy: { relativeError },
    info: { ms, rowsPerSecond: Math.round(rows / seconds) },
    report: [
      [ink(name), muted(`  ${grouped(rows)} × ${stream.cols}  ${last.dtype}, read by blocks of rows`)],
      [],
      ...spectrumBars({ s, norm: Math.max(size, s[0] ?? 0), ...picture(terminal, options) }),
      [],
      ...facts([
        [
          "relative error",
          significant(relativeError),
          stream.mode === "exact" ? "‖A − Aᵣ‖ / ‖A‖, what the values left out make" : "‖A − Aᵣ‖ / ‖A‖, estimated",
        ],
        ...(stream.mode === "exact" ? [["energy kept", percent(Math.max(0, 1 - relativeError ** 2))] as const] : []),
        [
          "read",
          `${grouped(Math.round(rows / seconds))} rows/s`,
          `${seconds.toFixed(1)} s, ${stream.mode === "exact" ? "exact" : "by a sketch in one pass"}`,
        ],
      ]),
    ],
    notes: [...last.notes, ...(relativeError >= POOR && relativeError < 1 ? [slow] : [])],
    missed: relativeError >= 1 ? slow : undefined,
    svg: () => toSvg(spectrum({ s, norm: Math.max(size, s[0] ?? 0), title: `Singular values of ${name}` })),
  };
}

function blocksOf(word: string, options: Options): AsyncIterable<RowBlock> {
  const settings = { ...readerOptions(options), ...(options.block !== undefined && { rows: options.block }) };
  if (word !== "-") return readRowBlocksFile(word, settings);
  return readRowBlocks(standardInput(), { ...settings, name: nameOf(word) });
}

function asBlock({ data, shape, strides }: RowBlock): Matrix {
  const [rows = 0, cols = 1] = shape;
  const [rowStride = cols, colStride = 1] = strides;
  return Matrix.wrap(data, [rows, cols], { strides: [rowStride, colStride] });
}

function streamOptions({ sketch, rank, seed, dtype }: Options, B: Matrix): ConstructorParameters<typeof SvdStream>[1] {
  return {
    mode: sketch ? "single-pass" : "exact",
    dtype: dtype ?? B.dtype,
    ...(rank !== undefined && { rank }),
    ...(seed !== undefined && { seed }),
  };
}

/** What would be done, known from the first block. */
function plan(name: string, stream: SvdStream, { shape, dtype }: RowBlock): Answer {
  const n = stream.cols;
  const r = stream.rank ?? n;
  const exact = stream.mode === "exact";
  const flops = exact ? 3 * n * n : 12 * r * n;
  const bytes = (exact ? 2 * n * n : (4 * r + 13) * n) * (stream.dtype === "f32" ? 4 : 8);
  return {
    input: [{ name, shape, dtype }],
    values: { plan: { mode: stream.mode, dtype: stream.dtype, rowsOfBlock: shape[0], flopsOfRow: flops, bytes } },
    report: facts([
      ["read", `${name}: ${n} columns of ${dtype}, up to ${grouped(shape[0]!)} rows at a time`],
      ["compute", `${exact ? "exact" : "by a sketch"} in ${stream.dtype}`],
      [
        "work",
        `about ${significant(flops, 2)} flops a row, ${significant(bytes / 1e6, 2)} MB${exact ? "" : ` and ${2 * r + 1} numbers a row`}`,
      ],
    ]),
  };
}

function grouped(x: number): string {
  return String(x).replace(/\B(?=(\d{3})+$)/g, " ");
}
