import { Random } from "@eckart/testing";
import { describe, expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

// Offsets into one image: both parts of A with ld = n + 3, then the parts of x and y, each with a gap before it.
const layout = (n: number) => {
  const ld = n + 3;
  const [are, aim] = [2, 2 + ld * (n + 1)];
  const [xre, xim, yre, yim] = [0, 1, 2, 3].map((i) => aim + ld * (n + 1) + i * (n + 5));
  return { ld, are, aim, xre, xim, yre, yim, size: yim + n + 5 };
};

/** The image before and after y ← y + α·A·x. */
function hemv(twin: "wasm" | "typescript", dtype: "f64" | "f32", n: number, alpha: number) {
  const { ld, are, aim, xre, xim, yre, yim, size } = layout(n);
  const random = new Random(n, "hemv");
  return withBackend(twin, () =>
    withWorkspace(dtype, size, 0, (ws) => {
      const at = ws.alloc(size);
      for (let i = 0; i < size; i++) ws.mem[at + i] = random.between(-1, 1);
      const before = ws.mem.slice(at, at + size);
      ws.k.hemv(n, alpha, at + are, at + aim, ld, at + xre, at + xim, at + yre, at + yim);
      return { before, after: ws.mem.slice(at, at + size) };
    }),
  );
}

/** What y is afterwards, entry by entry, written over a copy of the image. */
function expected(n: number, alpha: number, before: Float64Array | Float32Array): Float64Array {
  const { ld, are, aim, xre, xim, yre, yim } = layout(n);
  const image = Float64Array.from(before);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const lower = Math.max(i, j) + Math.min(i, j) * ld;
      const a = before[are + lower];
      const b = i === j ? 0 : i > j ? before[aim + lower] : -before[aim + lower];
      image[yre + i] += alpha * (a * before[xre + j] - b * before[xim + j]);
      image[yim + i] += alpha * (a * before[xim + j] + b * before[xre + j]);
    }
  return image;
}

describe.each(["f64", "f32"] as const)("%s", (dtype) => {
  const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
  for (const twin of ["wasm", "typescript"] as const)
    test(`KER-3 hemv multiplies by a Hermitian matrix and writes nothing else, ${twin}`, () => {
      for (const n of [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33]) {
        const { before, after } = hemv(twin, dtype, n, -0.7);
        const image = expected(n, -0.7, before);
        const worst = image.reduce((most, x, i) => Math.max(most, Math.abs(x - after[i])), 0);
        expect(worst / (eps * Math.max(1, n)), `order ${n}`).toBeLessThan(4);
        const { yre } = layout(n);
        expect(after.slice(0, yre), `order ${n}: A and x`).toEqual(before.slice(0, yre));
      }
    });
});
