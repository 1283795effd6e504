import { gallery, signMatrices, subnormalMatrices, symmetricGallery, type GalleryMatrix } from "@eckart/testing";
import { expect, test } from "vitest";
import type { DType } from "../../src/kernels/abi.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace, type Workspace } from "../../src/kernels/workspace.ts";

// Both twins get the same memory, filled with a mark: what they may write agrees up to rounding, and the mark is left
// everywhere else. Vectors of close values are no function of the matrix to rounding, so that of results with vectors
// the values are compared here, and the vectors by their residual in the other files.

const SIZE = 1 << 13;
const MARK = 12345;
const A = 16;
const [U, S, VT, LEFT, WORK] = [1024, 2048, 2560, 3584, 4096];

type Run = (ws: Workspace, at: number) => number;

function image(dtype: DType, backend: "wasm" | "typescript", matrices: readonly GalleryMatrix[], run: Run) {
  return withBackend(backend, () =>
    withWorkspace(dtype, SIZE, 0, (ws) => {
      const at = ws.alloc(SIZE);
      ws.mem.fill(MARK, at, at + SIZE);
      matrices.forEach(({ data }, t) => ws.mem.set(data, at + A + t * data.length));
      const left = run(ws, at);
      return { left, memory: ws.mem.slice(at, at + SIZE) };
    }),
  );
}

/**
 * Compares what is at `places`, each a number of elements a matrix, relative to the largest of them; `writes` names
 * those that may be written.
 */
function compare(
  dtype: DType,
  matrices: readonly GalleryMatrix[],
  places: readonly [number, number][],
  writes: readonly [number, number][],
  run: Run,
  what: string,
): void {
  const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
  const count = matrices.length;
  const wasm = image(dtype, "wasm", matrices, run);
  const reference = image(dtype, "typescript", matrices, run);
  expect(wasm.left, what).toBe(reference.left);
  expect(wasm.memory.subarray(LEFT, LEFT + count), what).toEqual(reference.memory.subarray(LEFT, LEFT + count));
  expect(wasm.memory.subarray(A, U), what).toEqual(reference.memory.subarray(A, U));
  const least = dtype === "f64" ? 2 ** -1074 : 2 ** -149;
  for (let t = 0; t < count; t++) {
    if (wasm.memory[LEFT + t] !== 0) continue;
    for (const [place, length] of places) {
      const [x, y] = [wasm, reference].map(({ memory }) =>
        Array.from(memory.subarray(place + t * length, place + (t + 1) * length)),
      );
      const unit = Math.max(eps * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0), least);
      const worst = x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i])), 0);
      expect(worst / unit, `${what} ${matrices[t].name}`).toBeLessThan(16);
    }
  }
  expect(Array.from(wasm.memory.subarray(LEFT, LEFT + count)).filter((left) => left === 1).length).toBe(wasm.left);
  for (const { memory } of [wasm, reference]) {
    for (const [from, to] of [
      [U, S],
      [S, VT],
      [VT, LEFT],
    ]) {
      const written = writes.find(([start]) => start === from)?.[1] ?? 0;
      for (let k = from + written * count; k < to; k++) if (memory[k] !== MARK) expect.fail(`${what}: wrote at ${k}`);
    }
    for (let k = LEFT + count + 4; k < WORK; k++) if (memory[k] !== MARK) expect.fail(`${what}: wrote at ${k}`);
  }
}

for (const dtype of ["f64", "f32"] as const) {
  const counts = [1, 3, 4, 5, 8, 9, 13];

  test(`BAT-8 the twins of batchSvd agree and write nothing else, ${dtype}`, () => {
    for (const [m, n] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [8, 8],
      [3, 2],
      [2, 3],
      [4, 3],
      [8, 1],
      [5, 7],
    ]) {
      const k = Math.min(m, n);
      for (const count of counts) {
        const matrices = [...gallery(m, n, count, dtype)].slice(0, count);
        for (const vectors of [0, 1] as const) {
          const single = matrices.length === 1 ? 1 : 0;
          const run: Run = ({ k: kernels }, at) =>
            kernels.batchSvd(
              matrices.length,
              m,
              n,
              at + A,
              at + U,
              at + S,
              at + VT,
              vectors,
              at + WORK,
              at + LEFT,
              single,
            );
          const writes: [number, number][] = vectors
            ? [
                [U, m * k],
                [S, k],
                [VT, k * n],
              ]
            : [[S, k]];
          compare(dtype, matrices, [[S, k]], writes, run, `${m} × ${n}, ${count} of them`);
        }
      }
    }
  });

  test(`BAT-8 the twins of batchSvd2x2 agree in every entry, ${dtype}`, () => {
    const matrices = [...signMatrices(dtype), ...[...subnormalMatrices(dtype)].filter((_, t) => t % 7 === 0)];
    for (let first = 0; first < matrices.length; first += 31) {
      const some = matrices.slice(first, first + 31);
      const run: Run = ({ k }, at) => k.batchSvd2x2(some.length, at + A, at + U, at + S, at + VT, 1, at + LEFT);
      const writes: [number, number][] = [
        [U, 4],
        [S, 2],
        [VT, 4],
      ];
      compare(dtype, some, writes, writes, run, "2 × 2");
    }
  });

  test(`BAT-8 the twins of batchEigh agree and write nothing else, ${dtype}`, () => {
    for (const n of [1, 2, 3, 4, 5, 8]) {
      for (const count of counts) {
        const matrices = [...symmetricGallery(n, count, dtype)].slice(0, count);
        for (const vectors of [0, 1] as const) {
          const run: Run = ({ k }, at) =>
            k.batchEigh(matrices.length, n, at + A, at + S, at + VT, vectors, at + WORK, at + LEFT);
          const writes: [number, number][] = vectors
            ? [
                [S, n],
                [VT, n * n],
              ]
            : [[S, n]];
          compare(dtype, matrices, [[S, n]], writes, run, `order ${n}, ${count} of them`);
        }
      }
    }
  });

  test(`BAT-8 the twins of batchInverse agree and write nothing else, ${dtype}`, () => {
    for (const n of [1, 2, 3, 4, 5, 8]) {
      for (const count of counts) {
        const matrices = [...gallery(n, n, count, dtype)].filter(({ family }) =>
          /gaussian|orthogonal|zero|hadamard/.test(family),
        );
        const some = matrices.slice(0, count);
        const run: Run = ({ k }, at) => k.batchInverse(some.length, n, at + A, at + U, at + WORK, at + LEFT);
        // Up to a modest condition number, which these have, the entries agree.
        compare(dtype, some, [[U, n * n]], [[U, n * n]], run, `order ${n}, ${count} of them`);
      }
    }
  });
}
