import { expect, test } from "vitest";
import { KERNEL_NAMES } from "../../src/kernels/abi.ts";
import { backend, withBackend } from "../../src/kernels/load.ts";
import { withWorkspace, type Workspace } from "../../src/kernels/workspace.ts";

// Each kernel runs on the same memory image through both twins; the images are compared afterwards, so a write outside
// the declared arguments fails as well. Sizes step around the vector width, the micro-kernel and the blocks of gemm.

type Dtype = "f64" | "f32";
const SIZE = 1 << 19;

function image(dtype: Dtype, name: "wasm" | "typescript", body: (ws: Workspace, at: number) => number | void) {
  return withBackend(name, () =>
    withWorkspace(dtype, SIZE, 0, (ws) => {
      const at = ws.alloc(SIZE);
      let seed = 12345;
      for (let i = 0; i < SIZE; i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
        ws.mem[at + i] = seed / 2 ** 31;
      }
      const result = body(ws, at);
      return { result, memory: ws.mem.slice(at, at + SIZE), eps: ws.eps };
    }),
  );
}

/** Largest difference of the two twins over memory and result, in units of ε times `scale`. */
function difference(dtype: Dtype, scale: number, body: (ws: Workspace, at: number) => number | void): number {
  const a = image(dtype, "wasm", body);
  const b = image(dtype, "typescript", body);
  let worst = Math.abs((a.result ?? 0) - (b.result ?? 0));
  for (let i = 0; i < SIZE; i++) {
    const d = Math.abs(a.memory[i] - b.memory[i]);
    if (!(d <= worst)) worst = d;
  }
  return worst / (a.eps * scale);
}

const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33];
const DTYPES: Dtype[] = ["f64", "f32"];

test("KER-1 the WebAssembly twin answers here", () => {
  expect(backend().name).toBe("wasm");
  for (const name of KERNEL_NAMES) {
    expect(typeof backend().f64[name], `${name} in f64`).toBe("function");
    expect(typeof backend().f32[name], `${name} in f32`).toBe("function");
  }
});

for (const dtype of DTYPES) {
  test(`KER-2 vector kernels agree, ${dtype}`, () => {
    for (const n of [...SIZES, 100, 1000]) {
      for (const [dx, dy] of [
        [1, 1],
        [2, 3],
        [1, 5],
      ]) {
        const scale = Math.max(1, n);
        const cases: [string, (ws: Workspace, at: number) => number | void][] = [
          ["dot", (ws, at) => ws.k.dot(n, at + 3, dx, at + 20000, dy)],
          ["axpy", (ws, at) => ws.k.axpy(n, -0.7, at + 3, dx, at + 20000, dy)],
          ["scal", (ws, at) => ws.k.scal(n, 1.3, at + 5, dx)],
          ["swap", (ws, at) => ws.k.swap(n, at + 3, dx, at + 20000, dy)],
          ["iamax", (ws, at) => ws.k.iamax(n, at + 3, dx)],
          ["nrm2", (ws, at) => ws.k.nrm2(n, at + 3, dx)],
          ["rot", (ws, at) => ws.k.rot(n, at + 3, dx, at + 20000, dy, 0.6, 0.8)],
        ];
        for (const [name, body] of cases) expect(difference(dtype, scale, body), `${name} n=${n}`).toBeLessThan(4);
      }
    }
  });

  test(`KER-3 matrix-vector kernels agree, ${dtype}`, () => {
    for (const m of SIZES) {
      for (const n of SIZES) {
        const ld = m + 3;
        const scale = Math.max(1, m + n);
        const cases: [string, (ws: Workspace, at: number) => number | void][] = [
          ["gemv", (ws, at) => ws.k.gemv(m, n, -1.5, at + 1, ld, at + 9000, 2, at + 11000)],
          ["gemvT", (ws, at) => ws.k.gemvT(m, n, 0.5, at + 1, ld, at + 9000, at + 11000, 3)],
          ["ger", (ws, at) => ws.k.ger(m, n, 2, at + 9000, at + 11000, 2, at + 1, ld)],
          ["symv", (ws, at) => ws.k.symv(n, n, 0.5, at + 1, n + 2, at + 9000, at + 11000)],
          ["symv of some columns", (ws, at) => ws.k.symv(m + n, n, 0.5, at + 1, m + n + 2, at + 9000, at + 11000)],
          [
            "bidiagonalPass",
            (ws, at) =>
              ws.k.bidiagonalPass(
                m,
                n,
                at + 1,
                ld,
                at + 9000,
                1.25,
                at + 9500,
                at + 10000,
                4,
                at + 11000,
                at + 11500,
                at + 12000,
              ),
          ],
          ["rotSweep", (ws, at) => ws.k.rotSweep(m, n, at + 1, ld, at + 9000, at + 9500, 0)],
          ["rotSweep backward", (ws, at) => ws.k.rotSweep(m, n, at + 1, ld, at + 9000, at + 9500, 1)],
        ];
        for (const [name, body] of cases) {
          // a sweep of n rotations with random (c, s) may grow entries by up to √2 each
          const growth = name.startsWith("rotSweep") ? 2 ** (n / 2) : 1;
          expect(difference(dtype, scale * scale * growth, body), `${name} ${m}×${n}`).toBeLessThan(8);
        }
      }
    }
  });

  test(`KER-3 the triangle of reflectors and the transpose agree, ${dtype}`, () => {
    for (const m of SIZES) {
      for (const n of SIZES) {
        const moved = (ws: Workspace, at: number) => ws.k.transpose(m, n, at + 1, m + 3, at + 9000, n + 1);
        expect(difference(dtype, 1, moved), `transpose ${m}×${n}`).toBe(0);
      }
      // entries of T grow with the product of 1 + |τ·vᵢᵀvⱼ|: up to 2 here
      const factored = (ws: Workspace, at: number) => ws.k.wyTriangle(m, at, at + 50, m + 1, at + 9000, m + 2);
      expect(difference(dtype, 2 ** m, factored), `wyTriangle ${m}`).toBeLessThan(8);
    }
  });

  test(`KER-3 reflectors agree, alone, one after the other, and in the reductions to a bidiagonal and a tridiagonal, ${dtype}`, () => {
    for (const m of SIZES) {
      for (const size of [1, 1e-30, 0]) {
        const made = (ws: Workspace, at: number) => {
          for (let i = 0; i < m; i++) ws.mem[at + i] *= size;
          return m > 0 ? ws.k.reflector(m, at) : 0;
        };
        expect(difference(dtype, Math.max(1, m), made), `reflector ${m}, entries of ${size}`).toBeLessThan(4);
      }
      const symmetric = (ws: Workspace, at: number) => {
        ws.k.tridiagonalize(m, at + 1, m + 3, at + 9000, at + 20000);
        ws.mem.fill(0, at + 20000, at + 20000 + 2 * m + 2);
      };
      expect(difference(dtype, Math.max(1, m ** 3), symmetric), `tridiagonalize ${m}`).toBeLessThan(8);
      for (const n of [0, 1, 3, 4, 5, 8, 17]) {
        for (const ascending of [0, 1] as const) {
          for (const k of [m, m - 1, m - 4].filter((count) => count >= 0)) {
            const turned = (ws: Workspace, at: number) => {
              // τ = 2/‖v‖², so that the reflectors keep lengths
              for (let i = 0; i < k; i++) {
                const tail = ws.k.nrm2(m - 1 - i, at + 1 + i * (m + 3) + i + 1, 1);
                ws.mem[at + 9000 + i] = 2 / (1 + tail * tail);
              }
              ws.k.reflect(ascending, m, n, k, at + 1, m + 2, at + 9000, at + 10000, m + 1);
            };
            expect(difference(dtype, Math.max(1, m * k), turned), `reflect ${m}×${n} by ${k}`).toBeLessThan(4);
          }
        }
        if (m < n) continue;
        const reduced = (ws: Workspace, at: number) => {
          ws.k.bidiagonalize(m, n, at + 1, m + 3, at + 9000, at + 9100, at + 20000);
          ws.mem.fill(0, at + 20000, at + 20000 + m + 2 * n + 2);
        };
        expect(difference(dtype, Math.max(1, m * n * n), reduced), `bidiagonalize ${m}×${n}`).toBeLessThan(8);
      }
    }
  });

  test(`KER-4 gemm agrees across every block boundary, ${dtype}`, () => {
    const shapes: [number, number, number][] = [
      [191, 3, 255],
      [193, 5, 257],
      [192, 4, 256],
      [3, 1025, 2],
      [5, 1024, 1],
    ];
    for (const m of [0, 1, 3, 4, 5, 8, 9, 17])
      for (const n of [0, 1, 3, 4, 5]) for (const k of [0, 1, 2, 7]) shapes.push([m, n, k]);
    for (const [m, n, k] of shapes) {
      for (const transA of [0, 1] as const) {
        for (const transB of [0, 1] as const) {
          for (const [alpha, beta] of [
            [1, 0],
            [-1, 1],
            [0.5, 2],
            [0, 3],
          ]) {
            const lda = (transA ? k : m) + 1;
            const ldb = (transB ? n : k) + 2;
            const ratio = difference(dtype, Math.max(1, k), (ws, at) =>
              ws.k.gemm(transA, transB, m, n, k, alpha, at, lda, at + 120000, ldb, beta, at + 300000, m + 3),
            );
            expect(ratio, `${m}×${n}×${k} trans ${transA}${transB} α=${alpha} β=${beta}`).toBeLessThan(4);
          }
        }
      }
    }
  });
}

test("KER-5 gemm with β = 0 never reads C", () => {
  for (const name of ["wasm", "typescript"] as const) {
    const { memory } = image("f64", name, (ws, at) => {
      ws.mem.fill(NaN, at + 1000, at + 1100);
      ws.k.gemm(0, 0, 5, 5, 3, 1, at, 5, at + 500, 3, 0, at + 1000, 5);
    });
    expect(memory.slice(1000, 1025).every(Number.isFinite)).toBe(true);
  }
});

test("KER-6 nrm2 neither overflows nor underflows", () => {
  for (const name of ["wasm", "typescript"] as const) {
    for (const value of [1e-310, 1e-200, 1, 1e200, 1e307]) {
      const { result } = image("f64", name, (ws, at) => {
        ws.mem.fill(value, at, at + 4);
        return ws.k.nrm2(4, at, 1);
      });
      expect(result! / value).toBeCloseTo(2, 12);
    }
  }
});
