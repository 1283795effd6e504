// What the metadata of Arrow messages say, proved: every part of them that the library follows lies inside of them, and
// every buffer inside of the body. Slots are those of Message.fbs, Schema.fbs and File.fbs of Apache Arrow.
import { FlatBuffer, type FlatTable } from "./flatbuffer.ts";

/** What a message is about: Message.fbs, MessageHeader. */
const KIND = { schema: 1, dictionary: 2, batch: 3 } as const;

/** What stands in front of the body of a message. */
export interface Message {
  readonly kind: number;
  /** Bytes of the body. */
  readonly bodyLength: number;
  /** What is in the body; undefined for a schema. */
  readonly batch: Batch | undefined;
}

/** Rows of a table, or of a dictionary, and where their buffers lie in the body. */
export interface Batch {
  readonly rows: number;
  readonly buffers: readonly (readonly [offset: number, length: number])[];
  readonly compressed: boolean;
}

/** Versions before 4 (0 is the first) lay out their buffers otherwise. */
const VERSIONS: readonly number[] = [3, 4];

/** Types that have one child, of any type: List, FixedSizeList, Map and LargeList of Schema.fbs, Type. */
const LISTS: readonly number[] = [12, 16, 17, 21];
/** Types that are told by more than numbers. */
const TIMESTAMP = 10;
const UNION = 14;

/** Metadata of the messages of one table, the first of which is its schema. */
export class Metadata {
  /** Nodes of each column in a batch: itself and all its children. */
  #nodes: readonly number[] | undefined;

  /** Proves the metadata of the next message. */
  next(bytes: Uint8Array): Message {
    const message = new FlatBuffer(bytes).root();
    const version = message.integer(0, 2);
    if (!VERSIONS.includes(version)) throw new Error(`metadata of version ${version + 1}; 4 and 5 are read`);
    proveKeyValues(message, 4);
    const kind = message.integer(1, 1);
    const bodyLength = message.integer(3, 8);
    const header = message.table(2);
    if (!header) throw new Error("a message without a header");
    if (!(Number.isSafeInteger(bodyLength) && bodyLength >= 0)) throw new Error(`a body of ${bodyLength} bytes`);
    if (!this.#nodes) {
      if (kind !== KIND.schema) throw new Error("no schema at the beginning");
      this.#nodes = nodesOf(header);
      return { kind, bodyLength, batch: undefined };
    }
    if (kind === KIND.batch) return { kind, bodyLength, batch: batchOf(header, bodyLength, this.#nodes) };
    if (kind !== KIND.dictionary) throw new Error(`a message of kind ${kind}; expected a batch or a dictionary`);
    const data = header.table(1);
    if (!data) throw new Error("a dictionary without data");
    return { kind, bodyLength, batch: batchOf(data, bodyLength) };
  }
}

/** A batch whose columns, of so many nodes each, are as long as it says; those of a dictionary are not known here. */
function batchOf(table: FlatTable, bodyLength: number, columns?: readonly number[]): Batch {
  const rows = table.integer(0, 8);
  if (!(rows >= 0)) throw new Error(`a batch of ${rows} rows`);
  const nodes = table.structs(1, 16, 0, 8) as [length: number, missing: number][];
  for (const [length, missing] of nodes)
    if (!(Number.isSafeInteger(length) && missing >= 0 && missing <= length))
      throw new Error(`a column of ${length} values, ${missing} of them missing`);
  const count = columns ? columns.reduce((sum, size) => sum + size, 0) : nodes.length;
  if (nodes.length !== count) throw new Error(`expected ${count} columns with their children, got ${nodes.length}`);
  let at = 0;
  for (const size of columns ?? []) {
    if (nodes[at]![0] !== rows) throw new Error(`a column of ${nodes[at]![0]} values in a batch of ${rows} rows`);
    at += size;
  }
  const buffers = table.structs(2, 16, 0, 8) as [offset: number, length: number][];
  for (const [offset, length] of buffers)
    if (!(offset >= 0 && length >= 0 && offset + length <= bodyLength))
      throw new Error(`a buffer of ${length} bytes from byte ${offset} of a body of ${bodyLength}`);
  table.prove(4, 8);
  return { rows, buffers, compressed: table.table(3) !== undefined };
}

/** What the footer of a file says: its schema, as the metadata of a message, and where the other messages begin. */
export function readFooter(bytes: Uint8Array): { schema: Uint8Array<ArrayBuffer>; starts: number[] } {
  const footer = new FlatBuffer(bytes).root();
  const schema = footer.table(1);
  if (!schema) throw new Error("no schema");
  // Dictionaries, then batches.
  const starts = [2, 3].flatMap((slot) => footer.structs(slot, 24, 0).map(([offset]) => offset!));
  return { schema: schemaMessage(bytes, footer.integer(0, 2), schema.at), starts };
}

/** Bytes of a message up to its header. */
const MESSAGE_BYTES = 32;

/** A message whose header is the schema of a footer: a table of three slots, and the whole footer behind it. */
function schemaMessage(footer: Uint8Array, version: number, schemaAt: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_BYTES + footer.length);
  bytes.set(footer, MESSAGE_BYTES);
  const view = new DataView(bytes.buffer);
  const [vtable, table] = [4, 16];
  const [versionSlot, kindSlot, headerSlot] = [4, 6, 8];
  view.setUint32(0, table, true);
  [12, 12, versionSlot, kindSlot, headerSlot].forEach((value, k) => view.setUint16(vtable + 2 * k, value, true));
  view.setInt32(table, table - vtable, true);
  view.setInt16(table + versionSlot, version, true);
  view.setUint8(table + kindSlot, KIND.schema);
  view.setUint32(table + headerSlot, MESSAGE_BYTES + schemaAt - (table + headerSlot), true);
  return bytes;
}

/** The nodes of each column of a schema. */
function nodesOf(schema: FlatTable): number[] {
  proveKeyValues(schema, 2);
  schema.prove(3, 8);
  return schema.tables(1).map(nodesOfField);
}

/** Nodes of a field: its own and those of its children; of a dictionary its own, for the values are elsewhere. */
function nodesOfField(table: FlatTable): number {
  table.prove(0, 1);
  const type = table.integer(2, 1);
  const details = table.table(3);
  if (type === TIMESTAMP) details?.prove(1, 1);
  if (type === UNION) details?.prove(1, 4);
  proveKeyValues(table, 6);
  const children = table.tables(5).map(nodesOfField);
  if (LISTS.includes(type) && children.length !== 1) throw new Error(`a list of ${children.length} types`);
  const dictionary = table.table(4);
  dictionary?.table(1);
  return dictionary ? 1 : children.reduce((sum, size) => sum + size, 1);
}

/** Pairs of strings that say more about a message, a schema or a field. */
function proveKeyValues(table: FlatTable, slot: number): void {
  for (const pair of table.tables(slot)) {
    pair.prove(0, 1);
    pair.prove(1, 1);
  }
}
