import { Random } from "@eckart/testing";
import { describe, expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

interface Chase {
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly last: number;
  readonly top: number;
  readonly columns: number;
  readonly start: 0 | 1 | 2;
  readonly vector: readonly [number, number, number];
  readonly rows: number;
}

const PAD = 40; // elements before H, so that column −1 of a chase from row 0 is inside the image

/** The memory after the chase: H, n × n of leading dimension n + 3, then Z, rows × n of leading dimension rows + 1. */
function chase(
  twin: "wasm" | "typescript",
  dtype: "f64" | "f32",
  { n, from, to, last, top, columns, start, vector, rows }: Chase,
  bulge: boolean,
): { image: Float64Array | Float32Array; H: number; Z: number } {
  const random = new Random(n, "francis");
  const ldh = n + 3;
  const ldz = rows + 1;
  const size = PAD + ldh * (n + 1) + ldz * n + PAD;
  return withBackend(twin, () =>
    withWorkspace(dtype, size, 0, (ws) => {
      const at = ws.alloc(size);
      for (let i = 0; i < size; i++) ws.mem[at + i] = random.between(-1, 1);
      const H = at + PAD;
      const Z = H + ldh * (n + 1);
      const depth = (j: number): number =>
        bulge && (j === from - 1 || j === from) ? Math.min(n - 1, from + 2) : j + 1;
      for (let j = 0; j < n; j++) for (let i = depth(j) + 1; i < n; i++) ws.mem[H + i + j * ldh] = 0;
      const [x, y, z] = vector;
      ws.k.francisChase(H, ldh, from, to, last, top, columns, start, x, y, z, Z, ldz, rows);
      return { image: ws.mem.slice(at, at + size), H: PAD, Z: PAD + ldh * (n + 1) };
    }),
  );
}

const cases: Record<string, Chase> = {
  "a whole sweep": { n: 9, from: 0, to: 8, last: 8, top: 0, columns: 9, start: 1, vector: [0.3, -0.2, 0.5], rows: 9 },
  "order 2": { n: 2, from: 0, to: 1, last: 1, top: 0, columns: 2, start: 1, vector: [1, 2, 0], rows: 2 },
  "order 3, no vectors": { n: 3, from: 0, to: 2, last: 2, top: 0, columns: 3, start: 1, vector: [-1, 2, 1], rows: 0 },
  "from an inner row": { n: 12, from: 4, to: 9, last: 9, top: 0, columns: 12, start: 2, vector: [1, 1, 1], rows: 5 },
  "part of the way": { n: 20, from: 3, to: 11, last: 19, top: 3, columns: 15, start: 0, vector: [0, 0, 0], rows: 17 },
  "to the end": { n: 33, from: 20, to: 32, last: 32, top: 18, columns: 33, start: 0, vector: [0, 0, 0], rows: 33 },
  "a tiny vector": { n: 6, from: 0, to: 5, last: 5, top: 0, columns: 6, start: 1, vector: [1e-200, 2e-200, -1e-200], rows: 6 },
  "a huge vector": { n: 6, from: 0, to: 5, last: 5, top: 0, columns: 6, start: 1, vector: [1e200, 2e200, 1e200], rows: 6 },
  "a zero vector": { n: 6, from: 0, to: 1, last: 5, top: 0, columns: 6, start: 1, vector: [0, 0, 0], rows: 6 },
}; // prettier-ignore

describe.each(["f64", "f32"] as const)("%s", (dtype) => {
  const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
  for (const [name, chased] of Object.entries(cases)) {
    test(`KER-9 francisChase, ${name}: the twins agree over the whole memory`, () => {
      const [a, b] = (["wasm", "typescript"] as const).map((twin) => chase(twin, dtype, chased, true).image);
      let worst = 0;
      for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]) / eps);
      expect(worst / chased.n).toBeLessThan(20);
    });
  }

  test("KER-9 francisChase is a similarity: Z·H·Zᵀ, the trace and the Hessenberg form stay", () => {
    for (const twin of ["wasm", "typescript"] as const) {
      const n = 14;
      const whole: Chase = { ...cases["a whole sweep"], n, to: n - 1, last: n - 1, columns: n, rows: n };
      const still = chase(twin, dtype, { ...whole, to: 0 }, false);
      const moved = chase(twin, dtype, whole, false);
      const H = (of: typeof still, i: number, j: number): number => of.image[of.H + i + j * (n + 3)];
      const Z = (of: typeof still, i: number, j: number): number => of.image[of.Z + i + j * (n + 1)];
      let worst = 0;
      // Z₀·Q = Z, so Z₀·H₀·Z₀ᵀ = Z·H·Zᵀ
      const congruence = (of: typeof still, r: number, s: number): number => {
        let sum = 0;
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += Z(of, r, i) * H(of, i, j) * Z(of, s, j);
        return sum;
      };
      for (let r = 0; r < n; r++)
        for (let s = 0; s < n; s++)
          worst = Math.max(worst, Math.abs(congruence(still, r, s) - congruence(moved, r, s)));
      expect(worst / (n * n * eps)).toBeLessThan(4);
      for (let j = 0; j < n; j++) for (let i = j + 2; i < n; i++) expect(H(moved, i, j)).toBe(0);
      expect(Math.abs(H(moved, 1, 0) - H(still, 1, 0))).toBeGreaterThan(1e-3);
    }
  });
});
