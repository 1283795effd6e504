import { HOST_IS_BIG_ENDIAN, swapBytes } from "../byteOrder.ts";
import { concatenate } from "../bytes.ts";
import { FormatError, FormatOptionError, checkOptionNames } from "../errors.ts";
import { type DType, STORAGE, elementBytes, elementCount } from "../ndarray.ts";
import { type NamedArrays, type Writable, namedEntries, toNdArray } from "../writable.ts";
import { DTYPE_NAMES, DTYPE_RANK } from "./dtypes.ts";
import { LENGTH_BYTES, METADATA_KEY } from "./header.ts";

/** What a file says about itself. */
export interface SafetensorsWriteOptions {
  /** Text by name. Some loaders look for `{format: "pt"}`. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A tensor that is to be written, known before its numbers are. */
export interface TensorPlan {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Called once, when its turn in the file has come; must have this element type and this shape. */
  data(): Writable | Promise<Writable>;
}

/** The header is padded to this, so that the data of a mapped file are aligned. */
const ALIGNMENT = 8;

/**
 * A safetensors file of named arrays, `{ weight, bias }` or pairs, byte for byte as the reference writes it: the widest
 * element types first, equal ones by name, the header padded with spaces. Metadata are sorted by name (the reference's
 * order of them is random).
 *
 * @throws FormatError  two tensors of one name, or an element type that the format does not have (c128).
 */
export function writeSafetensors(tensors: NamedArrays, options: SafetensorsWriteOptions = {}): Uint8Array<ArrayBuffer> {
  const arrays = Array.from(namedEntries(tensors), ([name, value]) => ({ name, ...toNdArray(value, "safetensors") }));
  const { header, order } = layout(arrays, options);
  return concatenate([header, ...order.map((array) => littleEndian(array.data, array.dtype))]);
}

/**
 * The same file part by part, for models larger than memory: the header, then each tensor when its turn has come.
 * `writeFileAtomic` takes the parts as they come.
 *
 * @throws FormatError  as {@link writeSafetensors}; data of another type or shape than planned.
 */
export async function* safetensorsParts(
  plans: Iterable<TensorPlan>,
  options: SafetensorsWriteOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { header, order } = layout([...plans], options);
  yield header;
  for (const plan of order) {
    const { data, dtype, shape } = toNdArray(await plan.data(), "safetensors");
    if (dtype !== plan.dtype || String(shape) !== String(plan.shape))
      throw new FormatError(
        "safetensors",
        { entry: plan.name },
        `planned as ${plan.dtype} of shape (${plan.shape.join(", ")}), came as ${dtype} of shape (${shape.join(", ")})`,
      );
    yield littleEndian(data, dtype);
  }
}

interface Described {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** The length and the header of a file, and the order in which the tensors follow. */
function layout<T extends Described>(
  tensors: readonly T[],
  options: SafetensorsWriteOptions,
): { header: Uint8Array<ArrayBuffer>; order: readonly T[] } {
  checkOptionNames("writeSafetensors", options, ["metadata"]);
  const metadata = Object.entries(options.metadata ?? {}).sort(([a], [b]) => byUtf8(a, b));
  for (const [key, value] of metadata)
    if (typeof value !== "string") throw new FormatOptionError("writeSafetensors", `metadata.${key}`, value, "text");
  const names = new Set<string>([METADATA_KEY]);
  const known = tensors.map((tensor) => {
    const { name, dtype } = tensor;
    const written = DTYPE_NAMES.get(dtype);
    if (!written) throw new FormatError("safetensors", { entry: name }, `the format has no element type ${dtype}`);
    if (names.has(name))
      throw new FormatError("safetensors", { entry: name }, "a second tensor, or metadata, of this name");
    // JSON would escape half of a pair, and the reference refuses it.
    if (/\p{Surrogate}/u.test(name))
      throw new FormatError("safetensors", { entry: name }, "the name is no Unicode text");
    names.add(name);
    return { tensor, written, rank: DTYPE_RANK.get(written)! };
  });
  known.sort((a, b) => b.rank - a.rank || byUtf8(a.tensor.name, b.tensor.name));

  const texts = metadata.map(([key, value]) => member(key, value));
  const members = texts.length > 0 ? [`${JSON.stringify(METADATA_KEY)}:{${texts.join(",")}}`] : [];
  let end = 0;
  for (const { tensor, written } of known) {
    const { name, dtype, shape } = tensor;
    const count = elementCount(shape);
    if (count === undefined) throw new FormatError("safetensors", { entry: name }, "more than 2^53 elements");
    const begin = end;
    end += count * elementBytes(dtype);
    members.push(member(name, { dtype: written, shape, data_offsets: [begin, end] }));
  }
  const json = new TextEncoder().encode(`{${members.join(",")}}`);
  const header = new Uint8Array(LENGTH_BYTES + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - LENGTH_BYTES), true);
  header.set(json, LENGTH_BYTES);
  return { header, order: known.map(({ tensor }) => tensor) };
}

/** One member of an object: written one by one, keys that look like numbers keep their place. */
function member(key: string, value: unknown): string {
  return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
}

/** The order of the names' UTF-8 bytes, which is that of their code points. */
function byUtf8(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Array.from(text, (char) => char.codePointAt(0)!)) as [number[], number[]];
  const k = left.findIndex((point, index) => point !== right[index]);
  return k < 0 ? left.length - right.length : left[k]! - (right[k] ?? -1);
}

function littleEndian(data: ArrayBufferView<ArrayBuffer>, dtype: DType): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (!HOST_IS_BIG_ENDIAN) return bytes;
  const swapped = bytes.slice();
  swapBytes(swapped, STORAGE[dtype].wordBytes);
  return swapped;
}
