import { Random } from "@eckart/testing";
import { describe, expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { type Workspace, withWorkspace } from "../../src/kernels/workspace.ts";

// Offsets into one image: both parts of A, m × n, then the parts of x and y, each with a gap before and behind it.
function layout(m: number, n: number) {
  const ld = m + 3;
  const [are, aim] = [2, 2 + ld * (n + 1)];
  const [xre, xim, yre, yim, size] = [0, 1, 2, 3, 4].map((i) => aim + ld * (n + 1) + i * (Math.max(m, n) + 5));
  return { ld, are, aim, xre, xim, yre, yim, size };
}

type Layout = ReturnType<typeof layout>;
type Entry = (image: ArrayLike<number>, at: Layout, i: number, j: number) => readonly [number, number];

const entry: Entry = (image, { are, aim, ld }, i, j) => [image[are + i + j * ld], image[aim + i + j * ld]];

interface Product {
  readonly call: (ws: Workspace, m: number, n: number, alpha: number, at: Layout) => void;
  /** op(A), of which y ← y + α·op(A)·x. */
  readonly op: Entry;
  readonly size: (m: number, n: number) => readonly [number, number];
}

const PRODUCTS: Record<string, Product> = {
  cgemv: {
    call: ({ k }, m, n, alpha, { are, aim, ld, xre, xim, yre, yim }) =>
      k.cgemv(m, n, alpha, are, aim, ld, xre, xim, yre, yim),
    op: entry,
    size: (m, n) => [m, n],
  },
  cgemvH: {
    call: ({ k }, m, n, alpha, { are, aim, ld, xre, xim, yre, yim }) =>
      k.cgemvH(m, n, alpha, are, aim, ld, xre, xim, yre, yim),
    op(image, at, i, j) {
      const [re, im] = entry(image, at, j, i);
      return [re, -im];
    },
    size: (m, n) => [n, m],
  },
  hemv: {
    call: ({ k }, n, _, alpha, { are, aim, ld, xre, xim, yre, yim }) =>
      k.hemv(n, alpha, are, aim, ld, xre, xim, yre, yim),
    op(image, at, i, j) {
      const [re, im] = entry(image, at, Math.max(i, j), Math.min(i, j));
      return [re, i === j ? 0 : i > j ? im : -im];
    },
    size: (n) => [n, n],
  },
};

/** The image before and after the kernel. */
function run(
  twin: "wasm" | "typescript",
  dtype: "f64" | "f32",
  { call }: Product,
  m: number,
  n: number,
  alpha: number,
) {
  const { size, ...offsets } = layout(m, n);
  const random = new Random(m + 100 * n, "complex kernels");
  return withBackend(twin, () =>
    withWorkspace(dtype, size, 0, (ws) => {
      const at = ws.alloc(size);
      for (let i = 0; i < size; i++) ws.mem[at + i] = random.between(-1, 1);
      const before = ws.mem.slice(at, at + size);
      const { ld, ...places } = offsets;
      const moved = Object.fromEntries(Object.entries(places).map(([name, offset]) => [name, offset + at]));
      call(ws, m, n, alpha, { ...(moved as Omit<Layout, "ld">), ld });
      return { before, after: ws.mem.slice(at, at + size) };
    }),
  );
}

/** The image as it should be afterwards. */
function expected({ op, size }: Product, m: number, n: number, alpha: number, before: ArrayLike<number>): Float64Array {
  const at = layout(m, n);
  const [rows, cols] = size(m, n);
  const image = Float64Array.from(before);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const [a, b] = op(before, at, i, j);
      const [x, y] = [before[at.xre + j], before[at.xim + j]];
      image[at.yre + i] += alpha * (a * x - b * y);
      image[at.yim + i] += alpha * (a * y + b * x);
    }
  return image;
}

const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33];

describe.each(["f64", "f32"] as const)("%s", (dtype) => {
  const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
  for (const [name, product] of Object.entries(PRODUCTS))
    for (const twin of ["wasm", "typescript"] as const)
      test(`KER-3 ${name} does what its equation says and writes nothing else, ${twin}`, () => {
        for (const m of SIZES)
          for (const n of name === "hemv" ? [m] : SIZES) {
            const { before, after } = run(twin, dtype, product, m, n, -0.7);
            const image = expected(product, m, n, -0.7, before);
            const [rows] = product.size(m, n);
            const { yre, yim } = layout(m, n);
            let worst = 0;
            for (let i = 0; i < image.length; i++) {
              const inside = (i >= yre && i < yre + rows) || (i >= yim && i < yim + rows);
              worst = Math.max(worst, inside ? Math.abs(image[i] - after[i]) : image[i] === after[i] ? 0 : Infinity);
            }
            expect(worst / (eps * Math.max(1, m + n)), `${m} × ${n}`).toBeLessThan(2);
          }
      });
});
