// The program of the thread that reads and writes files: decoding a large picture takes seconds, in which the page moves on.
import {
  formatOfName,
  listNpz,
  openSafetensors,
  readCsvTable,
  readMatrix,
  readNpz,
  toFloat,
  writeNpy,
  writeNpz,
  writePng,
  type NdArray,
} from "@eckart/formats";
import { pictureOf } from "./picture.ts";
import type { Answer, Listed, ReadFile, Reading, Task, Written } from "./protocol.ts";

/** What a file may unpack to. */
const MAX_BYTES = 2 ** 29;

interface Port {
  onmessage: ((event: { readonly data: Task }) => void) | null;
  postMessage(message: Answer, transfer: readonly ArrayBufferLike[]): void;
}
const port = globalThis as unknown as Port;

port.onmessage = ({ data }) => void serve(data);

async function serve(task: Task): Promise<void> {
  try {
    const done = await answer(task);
    port.postMessage(done, "read" in done ? buffersOf(done.read) : []);
  } catch (error) {
    port.postMessage({ fault: error instanceof Error ? error.message : String(error) }, []);
  }
}

async function answer(task: Task): Promise<Answer> {
  switch (task.kind) {
    case "read":
      return { read: await read(task.file, task.name, task.reading) };
    case "png":
      return { bytes: await writePng(task.array) };
    case "npy":
      return { bytes: writeNpy(task.array) };
    case "npz":
      return { bytes: writeNpz(task.arrays.map((array): [string, Written] => [array.name, array])) };
  }
}

async function read(file: Blob, name: string, { entry, brightness }: Reading): Promise<ReadFile> {
  const options = { name, maxBytes: MAX_BYTES } as const;
  const format = formatOfName(name);
  if (format === "npz") {
    const arrays = await listNpz(file, options);
    const chosen = choose(arrays, entry);
    const array = await readNpz(file, { ...options, ...(chosen !== undefined && { entry: chosen }) });
    return { array: matrixOf(array, name), texts: [], arrays, entry: chosen };
  }
  if (format === "safetensors") {
    const model = await openSafetensors(file, options);
    const arrays = [...model.tensors.values()].map((tensor) => ({ name: tensor.name, shape: tensor.shape }));
    const chosen = choose(arrays, entry);
    if (chosen === undefined) throw new Error(`${name}: the model holds no tensor`);
    return { array: matrixOf(await model.read(chosen), name), texts: [], arrays, entry: chosen };
  }
  if ((format === "csv" || format === "tsv") && !(await startsWith(file, 0x1f, 0x8b))) {
    const { numbers, texts } = await readCsvTable(file, options);
    return { array: matrixOf(numbers, name), texts, arrays: [], entry: undefined };
  }
  const isPicture = (await startsWith(file, 0x89, 0x50, 0x4e, 0x47)) || (await startsWith(file, 0xff, 0xd8, 0xff));
  const image = { upright: true, ...(brightness && { channels: "grey" as const }) };
  const array = await readMatrix(file, { ...options, image });
  if (isPicture && !brightness) return { picture: pictureOf(array, name) };
  return { array: matrixOf(array, name), texts: [], arrays: [], entry: undefined };
}

/** The array in f32 or f64 over memory of its own, which can be handed over. */
function matrixOf(array: NdArray, name: string): NdArray {
  const { shape, dtype } = array;
  if (shape.length > 2) throw new Error(`${name}: expected a matrix, got an array of shape ${shape.join(" × ")}`);
  if (dtype === "c64" || dtype === "c128")
    throw new Error(`${name}: complex numbers; the workbench takes real matrices, and the command eckart takes both`);
  const real = toFloat(array);
  const { data } = real;
  return data.byteLength === data.buffer.byteLength ? real : { ...real, data: data.slice() };
}

/** What is handed over: a picture that is shown as it is has its planes once. */
function buffersOf(read: ReadFile): ArrayBufferLike[] {
  if ("array" in read) return [read.array.data.buffer];
  const { picture } = read;
  const planes = [picture, picture.shown].flatMap(({ planes, alpha }) => [...planes, ...(alpha ? [alpha] : [])]);
  return [...new Set(planes.map(({ buffer }) => buffer))];
}

/** The array that is meant: the one asked for, or the first that is a matrix. */
function choose(arrays: readonly Listed[], entry: string | undefined): string | undefined {
  const isMatrix = ({ shape }: Listed): boolean => shape.length === 2 && shape.every((size) => size > 1);
  return (arrays.find(({ name }) => name === entry) ?? arrays.find(isMatrix) ?? arrays[0])?.name;
}

async function startsWith(file: Blob, ...magic: number[]): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, magic.length).arrayBuffer());
  return magic.every((byte, i) => bytes[i] === byte);
}
