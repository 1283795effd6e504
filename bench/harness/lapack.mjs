// LAPACK's drivers by their Fortran interface, in whatever memory the host has: numbers by address, matrices by columns.
// The routines overwrite their input, so every run copies it anew, as whoever calls them must.

import { byColumns, toColumns, unpackPairs } from "./dense.mjs";

/** @typedef {import("./types.ts").Task} Task @typedef {import("./types.ts").Ready} Ready @typedef {import("./types.ts").DType} DType */
/** @typedef {{ pointer: unknown, view(): Float64Array | Float32Array | Int32Array }} Block */
/**
 * A call takes pointers; `done` frees what the host gave since the task began.
 * @typedef {{
 *   call(routine: string, pointers: unknown[]): void,
 *   floats(dtype: DType, length: number): Block,
 *   integers(length: number): Block,
 *   character(letter: string): unknown,
 *   done(blocks: readonly Block[]): void,
 * }} Host
 */

/** @param {Host} host */
export function lapack(host) {
  return {
    svd: (/** @type {Task} */ task) => gesdd(host, task, "S"),
    svdvals: (/** @type {Task} */ task) => gesdd(host, task, "N"),
    eigh: (/** @type {Task} */ task) => syevd(host, task),
    eig: (/** @type {Task} */ task) => geev(host, task),
  };
}

/** Blocks of one task, given back together. @param {Host} host @param {DType} dtype */
function arena(host, dtype) {
  /** @type {Block[]} */
  const blocks = [];
  const keep = (/** @type {Block} */ block) => {
    blocks.push(block);
    return block;
  };
  const info = keep(host.integers(1));
  return {
    info,
    floats: (/** @type {number} */ length) => keep(host.floats(dtype, Math.max(1, length))),
    integers: (/** @type {number} */ length) => keep(host.integers(Math.max(1, length))),
    /** The address of one integer. @param {number} value */
    integer(value) {
      const block = keep(host.integers(1));
      block.view()[0] = value;
      return block.pointer;
    },
    check(/** @type {string} */ routine) {
      const [status] = info.view();
      if (status !== 0) throw new Error(`${routine}: info = ${status}`);
    },
    close: () => host.done(blocks),
  };
}

/** @param {Host} host @param {Task} task @param {"S" | "N"} job @returns {Ready} */
function gesdd(host, task, job) {
  const { m, n, dtype, data } = task;
  const routine = dtype === "f64" ? "dgesdd" : "sgesdd";
  const k = Math.min(m, n);
  const own = arena(host, dtype);
  const input = toColumns(task, data);
  const [A, s] = [own.floats(m * n), own.floats(k)];
  const [U, Vt] = [own.floats(m * k), own.floats(k * n)];
  const integers = own.integers(8 * k);
  const [pm, pn, pk] = [own.integer(m), own.integer(n), own.integer(k)];
  const head = [host.character(job), pm, pn, A.pointer, pm, s.pointer, U.pointer, pm, Vt.pointer, pk];
  const query = own.floats(1);
  const call = (/** @type {Block} */ work, /** @type {number} */ length) => [
    ...head,
    work.pointer,
    own.integer(length),
    integers.pointer,
    own.info.pointer,
  ];
  host.call(routine, call(query, -1));
  const length = Math.ceil(query.view()[0] ?? 1) + 8;
  const pointers = call(own.floats(length), length);
  return {
    run() {
      A.view().set(input);
      host.call(routine, pointers);
      own.check(routine);
    },
    answer: () =>
      job === "N"
        ? { s: s.view().slice() }
        : { U: byColumns(m, k, U.view().slice()), s: s.view().slice(), Vt: byColumns(k, n, Vt.view().slice()) },
    close: own.close,
  };
}

/** @param {Host} host @param {Task} task @returns {Ready} */
function syevd(host, task) {
  const { n, dtype, data } = task;
  const routine = dtype === "f64" ? "dsyevd" : "ssyevd";
  const own = arena(host, dtype);
  const [A, w] = [own.floats(n * n), own.floats(n)];
  const length = 1 + 6 * n + 2 * n * n;
  const [work, integers] = [own.floats(length), own.integers(3 + 5 * n)];
  const order = own.integer(n);
  const pointers = [
    ...[host.character("V"), host.character("L"), order, A.pointer, order, w.pointer],
    ...[work.pointer, own.integer(length), integers.pointer, own.integer(3 + 5 * n), own.info.pointer],
  ];
  return {
    run() {
      A.view().set(data); // symmetric: its rows are its columns
      host.call(routine, pointers);
      own.check(routine);
    },
    answer: () => ({ w: w.view().slice(), V: byColumns(n, n, A.view().slice()) }),
    close: own.close,
  };
}

/** @param {Host} host @param {Task} task @returns {Ready} */
function geev(host, task) {
  const { n, dtype, data } = task;
  const routine = dtype === "f64" ? "dgeev" : "sgeev";
  const own = arena(host, dtype);
  const input = toColumns(task, data);
  const [A, V] = [own.floats(n * n), own.floats(n * n)];
  const [wr, wi] = [own.floats(n), own.floats(n)];
  const [order, one] = [own.integer(n), own.integer(1)];
  const head = [
    ...[host.character("N"), host.character("V"), order, A.pointer, order, wr.pointer, wi.pointer],
    ...[own.floats(1).pointer, one, V.pointer, order],
  ];
  const query = own.floats(1);
  host.call(routine, [...head, query.pointer, own.integer(-1), own.info.pointer]);
  const length = Math.ceil(query.view()[0] ?? 4 * n) + 8;
  const pointers = [...head, own.floats(length).pointer, own.integer(length), own.info.pointer];
  return {
    run() {
      A.view().set(input);
      host.call(routine, pointers);
      own.check(routine);
    },
    answer: () => {
      const imaginary = wi.view().slice();
      return { w: wr.view().slice(), wi: imaginary, ...unpackPairs(byColumns(n, n, V.view().slice()), imaginary) };
    },
    close: own.close,
  };
}
