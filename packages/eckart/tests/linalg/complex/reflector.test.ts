import { Random } from "@eckart/testing";
import { type Complex, type DType } from "eckart";
import { expect, test } from "vitest";
import { type BackendName, withBackend } from "../../../src/kernels/load.ts";
import { withWorkspace } from "../../../src/kernels/workspace.ts";
import { makeReflector } from "../../../src/linalg/complex/reflector.ts";
import { times } from "./gallery.ts";

interface Reflected {
  readonly x: Complex[];
  readonly beta: Complex;
  readonly v: Complex[];
  readonly tau: Complex;
}

/** The reflector of n random entries of the given size, which lie dx apart. */
function reflect(dtype: DType, n: number, size: number, dx: number): Reflected {
  const random = new Random(n, `reflector ${size}`);
  return withWorkspace(dtype, 2 * n * dx, 0, (ws) => {
    const at = { re: ws.alloc(n * dx), im: ws.alloc(n * dx), ld: 0 };
    const read = (): Complex[] =>
      Array.from({ length: n }, (_, i) => ({ re: ws.mem[at.re + i * dx], im: ws.mem[at.im + i * dx] }));
    for (let i = 0; i < n; i++) {
      ws.mem[at.re + i * dx] = random.between(-1, 1) * size;
      ws.mem[at.im + i * dx] = random.between(-1, 1) * size;
    }
    const x = read();
    const tau = makeReflector(ws, n, at, dx);
    const [beta, ...tail] = read();
    return { x, beta, v: [{ re: 1, im: 0 }, ...tail], tau };
  });
}

for (const twin of ["wasm", "typescript"] as BackendName[])
  for (const dtype of ["f64", "f32"] as const)
    test(`CPX-1 a reflector is unitary and leaves β·e₀, from subnormal numbers on, ${dtype}, ${twin}`, () => {
      const [eps, least] = dtype === "f64" ? [2 ** -52, 2 ** -1074] : [2 ** -23, 2 ** -149];
      for (const size of [1, 2 ** 40, 2 ** -90, least * 2 ** 60, least * 2 ** 30, least * 2 ** 4])
        for (const n of [1, 2, 3, 8, 21])
          for (const dx of [1, 3]) {
            const name = `${n} entries of size ${size}`;
            const { x, beta, v, tau } = withBackend(twin, () => reflect(dtype, n, size, dx));
            expect(beta.im, name).toBe(0);
            const square = v.reduce((sum, { re, im }) => sum + re * re + im * im, 0);
            // HᴴH = I − (2·re τ − |τ|²·‖v‖²)·v·vᴴ
            expect(Math.abs(2 * tau.re - (tau.re ** 2 + tau.im ** 2) * square) / (n * eps), name).toBeLessThan(8);
            // x = H·β·e₀ = β·(e₀ − τ·v), compared in units of the size, which need not have an inverse.
            const norm = Math.hypot(...x.flatMap(({ re, im }) => [re / size, im / size]));
            v.forEach((entry, i) => {
              const turned = times(tau, entry);
              const b = beta.re / size;
              const error = Math.hypot(
                b * ((i === 0 ? 1 : 0) - turned.re) - x[i].re / size,
                -b * turned.im - x[i].im / size,
              );
              // β itself is rounded to a subnormal number where x is one.
              expect(error / (n * (eps * norm + least / size)), name).toBeLessThan(4);
            });
          }
    });
