// memory.mjs workspace OPERATION DTYPE M N | leak OPERATION CALLS: one JSON line. Wants --expose-gc.

/** Every linear memory that is made. @type {WebAssembly.Memory[]} */
const memories = [];
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(/** @type {WebAssembly.MemoryDescriptor} */ descriptor) {
    super(descriptor);
    memories.push(this);
  }
};
const linearBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

const { adapter } = await import("../peers/eckart.mjs");
const { timed } = await import("../harness/timed.mjs");
const { makeTask } = await import("../harness/tasks.mjs");
const library = await adapter.open(1);
const [, , measure, operation, ...rest] = process.argv;

/** @param {string} dtype @param {number} m @param {number} n */
async function prepared(dtype, m, n) {
  const remote = await timed(library, makeTask(/** @type {any} */ ({ operation, dtype, m, n })));
  if (!remote) throw new Error(`eckart does not have ${operation}`);
  return remote;
}

if (measure === "workspace") {
  const [dtype = "", rows, cols] = rest;
  const [m, n] = [Number(rows), Number(cols)];
  const k = Math.min(m, n);
  const matrix = m * n * (dtype === "f64" ? 8 : 4);
  await (await prepared(dtype, 2, 2)).time(1);
  const empty = linearBytes();
  const large = await prepared(dtype, m, n);
  await large.time(1);
  const linear = (linearBytes() - empty) / matrix;
  await (await prepared(dtype, Math.ceil(m / 2), Math.ceil(n / 2))).time(1);
  await large.time(1);
  const again = (linearBytes() - empty) / matrix;
  /** Input and outputs, in sizes of the input. */
  const outputs = { svd: (m * k + k + k * n) / (m * n), svdvals: k / (m * n), eigh: 1 + 1 / n, eig: 2 + 2 / n };
  const beside = linear - 1 - (outputs[/** @type {keyof typeof outputs} */ (operation)] ?? 0);
  console.log(JSON.stringify({ measure, operation, dtype, m, n, linear, beside, again }));
} else {
  const calls = Number(rest[0]);
  const remote = await prepared("f64", 8, 8);
  const collected = () => {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  await remote.time(2000);
  const [heapBefore, linearBefore] = [collected(), linearBytes()];
  await remote.time(calls);
  console.log(
    JSON.stringify({ measure, operation, calls, heap: collected() - heapBefore, linear: linearBytes() - linearBefore }),
  );
}
