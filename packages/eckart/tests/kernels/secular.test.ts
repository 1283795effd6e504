import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

// The kernels are judged by exact arithmetic: every double is an integer multiple of 2⁻¹⁰⁷⁴.

const EPSILON = 2 ** -52;

interface Problem {
  readonly name: string;
  readonly d: number[];
  readonly z: number[];
  readonly rho: number;
}

interface Solved {
  readonly status: number[];
  readonly lambda: number[];
  readonly tau: number[];
  readonly origin: number[];
  /** Column j: pᵢ − λⱼ. */
  readonly Delta: number[][];
  readonly zhat: number[];
  /** The columns that `secularVectors` makes of them, and the left ones it makes of these. */
  readonly vectors: number[][];
  readonly left: number[][];
}

function solve(twin: "wasm" | "typescript", { d, z, rho }: Problem, squared: 0 | 1): Solved {
  const n = d.length;
  return withBackend(twin, () =>
    withWorkspace("f64", 0, n * n + 5 * n + 3, (ws) => {
      const [at, zt, hat, rows, inverses, columns, root] = [n, n, n, n, n, n * n, 3].map((count) =>
        ws.allocScalars(count),
      );
      ws.mem64.set(d, at);
      ws.mem64.set(z, zt);
      const solved: Solved = {
        status: [],
        lambda: [],
        tau: [],
        origin: [],
        Delta: [],
        zhat: [],
        vectors: [],
        left: [],
      };
      for (let j = 0; j < n; j++) {
        solved.status.push(ws.k64.secularRoot(n, j, at, zt, rho, squared, columns + j * n, root));
        const [lambda, tau, origin] = ws.mem64.slice(root, root + 3);
        solved.lambda.push(lambda);
        solved.tau.push(tau);
        solved.origin.push(origin);
        solved.Delta.push([...ws.mem64.slice(columns + j * n, columns + j * n + n)]);
      }
      ws.k64.secularWeights(n, at, zt, columns, n, squared, hat);
      solved.zhat.push(...ws.mem64.slice(hat, hat + n));
      // The rows come in another order, here the reverse.
      for (let i = 0; i < n; i++) ws.mem64[rows + i] = n - 1 - i;
      const matrix = (): number[][] =>
        d.map((_, j) => [...ws.mem64.slice(columns + j * n, columns + j * n + n)].reverse());
      ws.k.secularVectors(n, 0, hat, columns, n, rows, inverses);
      solved.vectors.push(...matrix());
      ws.k.secularVectors(n, 1, at, columns, n, rows, inverses);
      solved.left.push(...matrix());
      return solved;
    }),
  );
}

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
  return seed / 2 ** 31;
};

function unit(z: number[]): number[] {
  const norm = Math.hypot(...z);
  return z.map((x) => x / norm);
}

/** The largest difference of two matrices. */
const farthest = (a: number[][], b: number[][]): number =>
  Math.max(...a.flatMap((column, j) => column.map((x, i) => Math.abs(x - b[j][i]))));

/** The largest |xⱼᵀxₖ − δⱼₖ|. */
function lossOfOrthogonality(columns: number[][]): number {
  const dot = (x: number[], y: number[]): number => x.reduce((sum, xi, i) => sum + xi * y[i], 0);
  return Math.max(...columns.flatMap((x, j) => columns.map((y, k) => Math.abs(dot(x, y) - (j === k ? 1 : 0)))));
}

function problems(): Problem[] {
  const next = random(20240607);
  const all: Problem[] = [
    { name: "n = 1", d: [0.75], z: [-1], rho: 0.3 },
    { name: "n = 1 at zero", d: [0], z: [1], rho: 2 },
    { name: "n = 2", d: [0, 1], z: [0.6, 0.8], rho: 1 },
    { name: "n = 2, close poles", d: [1, 1 + 2 ** -50], z: [0.6, -0.8], rho: 1 },
    { name: "n = 2, tiny first weight", d: [0, 1], z: [1e-120, 1], rho: 1 },
    { name: "n = 2, tiny last weight", d: [0, 1], z: [1, -1e-120], rho: 1e-3 },
    { name: "n = 3, tiny middle weight", d: [0, 1, 2], z: unit([1, 1e-140, 1]), rho: 1 },
    { name: "root halfway", d: [0, 1, 2, 3], z: [0.5, 0.5, 0.5, 0.5], rho: 1 },
    { name: "tiny ρ", d: [0.25, 0.5, 0.75, 1], z: [0.5, 0.5, -0.5, 0.5], rho: 1e-30 },
    { name: "huge ρ", d: [0.25, 0.5, 0.75, 1], z: [0.5, 0.5, -0.5, 0.5], rho: 1e30 },
  ];
  for (const n of [3, 5, 8, 17, 40]) {
    const z = unit(Array.from({ length: n }, next));
    const ascending = Array.from({ length: n }, () => 1 + next()).toSorted((a, b) => a - b);
    all.push({ name: `random n = ${n}`, d: ascending, z, rho: 0.7 });
    all.push({ name: `equal steps from zero n = ${n}`, d: ascending.map((_, i) => i / n), z, rho: 1.5 });
    all.push({
      name: `clusters n = ${n}`,
      d: ascending.map((_, i) => (1 + Math.floor(i / 4)) / n + (i % 4) * 2 ** -45),
      z,
      rho: 1,
    });
    all.push({
      name: `one cluster at ε n = ${n}`,
      d: ascending.map((_, i) => 1 + i * EPSILON),
      z: z.map((x) => x),
      rho: 1,
    });
    all.push({ name: `geometric poles n = ${n}`, d: ascending.map((_, i) => 2 ** (3 * (i - n))), z, rho: 0.1 });
    all.push({
      name: `weights over 100 decades n = ${n}`,
      d: ascending.map((_, i) => i / n),
      z: unit(ascending.map(() => next() * 10 ** (-50 * (1 + next())))),
      rho: 1,
    });
    all.push({
      name: `weights at ε n = ${n}`,
      d: ascending,
      z: unit(ascending.map((_, i) => (i % 3 === 1 ? 1 : 1e-16 * next()))),
      rho: 1,
    });
  }
  return all;
}

/** x·2^1074. */
function integer(x: number): bigint {
  if (x === 0) return 0n;
  const shift = Math.max(0, Math.ceil(Math.log2(Math.abs(x))) - 40);
  if (shift > 900) return BigInt(x) << 1074n;
  let scaled = x;
  let power = 1074;
  for (; power > 0 && !Number.isInteger(scaled); power -= 1) scaled *= 2;
  return BigInt(scaled) << BigInt(power);
}

/** a/b to the precision of a double. */
function quotient(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const bits = (x: bigint) => 4 * (x < 0n ? -x : x).toString(16).length;
  const shift = bits(b) - bits(a) + 64;
  const q = shift >= 0 ? (a << BigInt(shift)) / b : a / (b << BigInt(-shift));
  return Number(q) * 2 ** -shift;
}

for (const squared of [0, 1] as const) {
  for (const problem of problems()) {
    const { name, d, z, rho } = problem;
    const n = d.length;
    test(`EIG-1 secular equation, ${squared ? "squares, " : ""}${name}`, () => {
      const solved = solve("wasm", problem, squared);
      const { vectors: twinVectors, left: twinLeft, ...twin } = solve("typescript", problem, squared);
      const { vectors, left, ...answer } = solved;
      expect(twin, "the twins, bit by bit").toEqual(answer);
      expect(farthest(vectors, twinVectors) / EPSILON, "the twins' vectors").toBeLessThan(4 * n);
      expect(farthest(left, twinLeft) / EPSILON, "the twins' left vectors").toBeLessThan(4 * n);
      expect(solved.status.every((status) => status === 0)).toBe(true);

      // Poles and roots in units of 2⁻²¹⁴⁸.
      const unitShift = 1074n;
      const poles = d.map((x) => (squared ? integer(x) * integer(x) : integer(x) << unitShift));
      const roots = solved.tau.map((tau, j) => poles[solved.origin[j]] + (integer(tau) << unitShift));
      const squares = z.map((x) => integer(x) * integer(x));

      for (let j = 0; j < n; j++) {
        expect(roots[j] > poles[j] && (j === n - 1 || roots[j] < poles[j + 1]), `root ${j} between its poles`).toBe(
          true,
        );
        const root = quotient(roots[j], 1n << 2148n);
        const value = squared ? Math.sqrt(root) : root;
        expect(Math.abs(solved.lambda[j] - value) / (EPSILON * value), `λ or σ of root ${j}`).toBeLessThan(2);
        // 1/ρ + Σ terms in units of 2⁻³⁰⁰, against the sum of their magnitudes.
        const one = 1n << 300n;
        let f = (one << 1074n) / integer(rho);
        let magnitude = f;
        for (let i = 0; i < n; i++) {
          const difference = poles[i] - roots[j];
          const term = (squares[i] * one) / difference;
          f += term;
          magnitude += term < 0n ? -term : term;
          const relative = Math.abs(solved.Delta[j][i] / quotient(difference, 1n << 2148n) - 1) / EPSILON;
          expect(relative, `pole ${i} − root ${j}`).toBeLessThan(4);
        }
        const ratio = Math.abs(quotient(f, magnitude)) / (n * EPSILON);
        expect(ratio, `Gu and Eisenstat's criterion at root ${j}`).toBeLessThan(4);
      }

      const change = z.map((x, i) => {
        let exact = quotient(roots[n - 1] - poles[i], 1n << 2148n);
        for (let j = 0; j < n - 1; j++) exact *= quotient(roots[j] - poles[i], poles[i > j ? j : j + 1] - poles[i]);
        const relative = Math.abs(solved.zhat[i] ** 2 / exact - 1) / (n * EPSILON);
        expect(relative, `Löwner's formula for weight ${i}`).toBeLessThan(4);
        return solved.zhat[i] - Math.sqrt(rho) * x;
      });
      const moved = Math.hypot(...change) / (Math.sqrt(rho) * n * EPSILON);
      expect(moved, "‖ẑ − √ρ·z‖ / (√ρ·n·ε)").toBeLessThan(8);

      // The vectors that follow are orthonormal; so are the left ones of an arrow, whose first pole is 0.
      const expected = solved.Delta.map((column) => unit(column.map((x, i) => solved.zhat[i] / x)));
      expect(farthest(vectors, expected) / EPSILON, "ẑᵢ/(pᵢ − λ) over its length").toBeLessThan(4 * n);
      expect(lossOfOrthogonality(vectors) / (n * EPSILON), "orthogonality").toBeLessThan(4);
      if (squared && d[0] === 0) {
        expect(lossOfOrthogonality(left) / (n * EPSILON), "orthogonality of the left ones").toBeLessThan(4);
      }
    });
  }
}
