import { checkOptionNames, quote } from "../errors.ts";
import { JsonScanner } from "../json/scanner.ts";
import type { NdArray } from "../ndarray.ts";
import { type ReadOptions, READ_OPTIONS } from "../options.ts";
import { type SourceLike, openInput, readText } from "../source.ts";
import { SafetensorsError } from "./errors.ts";
import type { TensorInfo } from "./header.ts";
import { MAX_SHARDS, SHARDS_AT_ONCE } from "./limits.ts";
import { type Safetensors, type SafetensorsOpenOptions, openSafetensors } from "./read.ts";

/** What `model.safetensors.index.json` says: which file holds each tensor. */
export interface SafetensorsIndex {
  /** Name of the file, beside the index, that holds each tensor. */
  readonly weightMap: ReadonlyMap<string, string>;
  /** The files, each once, in the index's order. */
  readonly shards: readonly string[];
}

/** A model in several files. */
export interface ShardedSafetensors extends Safetensors {
  readonly index: SafetensorsIndex;
}

/**
 * Reads the index of a model that is spread over several safetensors files. Its `total_size`, which is often wrong, is
 * not used.
 *
 * @throws SafetensorsError  InvalidShardName: a file that is not beside the index or in a folder below it.
 * @throws FormatError       no JSON, or no `weight_map` from names to names.
 */
export async function readSafetensorsIndex(source: SourceLike, options: ReadOptions = {}): Promise<SafetensorsIndex> {
  checkOptionNames("readSafetensorsIndex", options, READ_OPTIONS);
  const input = openInput(source, "json", options.name);
  const scanner = new JsonScanner(await readText(input, "json"), input.name);
  const weightMap = new Map<string, string>();
  const shards = new Set<string>();
  let found = false;
  scanner.object((key) => {
    if (key !== "weight_map") return scanner.skip();
    found = true;
    scanner.object((tensor) => {
      const shard = scanner.string();
      if (!isBeside(shard))
        throw new SafetensorsError(
          "InvalidShardName",
          { file: input.name, entry: tensor },
          `is mapped to ${quote(shard)}; expected a file beside the index`,
        );
      weightMap.set(tensor, shard);
      shards.add(shard);
      if (shards.size > MAX_SHARDS) scanner.fail(`more than ${MAX_SHARDS} files`);
    });
  });
  scanner.end();
  if (!found) scanner.fail('expected the key "weight_map"');
  return { weightMap, shards: [...shards] };
}

/** A relative path that stays below its folder, on any system, and is no address. */
function isBeside(shard: string): boolean {
  const parts = shard.split("/");
  return !/[\\:\0]/.test(shard) && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * Opens a model that is spread over several files: the header of every file is read, the tensors when asked for.
 *
 * @param open  gives the source of a file that the index names: a File of the folder, a range of a server.
 * @throws SafetensorsError  ShardNotFound: files that `open` could not give, all of them named; TensorNotInShard: a
 *                           tensor that is not in the file that the index names; and as {@link openSafetensors}.
 *
 * Cost: the headers of all files, a few at a time. Tensors that the index does not name are not part of the model.
 */
export async function openSafetensorsShards(
  index: SourceLike,
  open: (shard: string) => SourceLike | Promise<SourceLike>,
  options: ReadOptions & SafetensorsOpenOptions = {},
): Promise<ShardedSafetensors> {
  checkOptionNames("openSafetensorsShards", options, [...READ_OPTIONS, "maxHeaderBytes"]);
  const { name: file } = options;
  const found = await readSafetensorsIndex(index, file === undefined ? {} : { name: file });
  const { shards, weightMap } = found;
  const files = new Map<string, Safetensors>();
  const missing = new Map<string, unknown>();
  const openShard = async (shard: string): Promise<void> => {
    let source: SourceLike;
    try {
      source = await open(shard);
    } catch (cause) {
      missing.set(shard, cause);
      return;
    }
    files.set(shard, await openSafetensors(source, { ...options, name: shard }));
  };
  for (let k = 0; k < shards.length; k += SHARDS_AT_ONCE)
    await Promise.all(shards.slice(k, k + SHARDS_AT_ONCE).map(openShard));
  if (missing.size > 0) {
    const names = shards.filter((shard) => missing.has(shard)).map(quote);
    throw new SafetensorsError(
      "ShardNotFound",
      { file },
      `${missing.size} of ${shards.length} files cannot be opened: ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", …" : ""}`,
      { cause: [...missing.values()][0] },
    );
  }

  const tensors = new Map<string, TensorInfo>();
  for (const [name, shard] of weightMap) {
    const tensor = files.get(shard)!.tensors.get(name);
    if (!tensor)
      throw new SafetensorsError(
        "TensorNotInShard",
        { file, entry: name },
        `is not in ${quote(shard)}, where it should be`,
      );
    tensors.set(name, tensor);
  }
  return {
    index: found,
    metadata: files.get(shards[0] ?? "")?.metadata ?? new Map<string, string>(),
    tensors,
    async read(name): Promise<NdArray> {
      const shard = weightMap.get(name);
      if (shard === undefined)
        throw new SafetensorsError("TensorNotFound", { file, entry: name }, `no such tensor among ${tensors.size}`);
      return files.get(shard)!.read(name);
    },
  };
}
