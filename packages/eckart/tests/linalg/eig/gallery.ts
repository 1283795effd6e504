// General square matrices that are known to be hard for eigenvalue solvers, by name; each for any order.
import { Random } from "@eckart/testing";
import { Matrix } from "../../../src/matrix/matrix.ts";

type Entry = (i: number, j: number) => number;

const of = (n: number, entry: Entry): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => entry(i, j)));

const gaussian = (n: number, seed: number): number[][] => {
  const random = new Random(seed, "eig");
  return of(n, () => random.gaussian());
};

const times = (A: number[][], B: number[][]): number[][] =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));

/** T of H·T·H with the reflector H of (1, 2, …, n): an orthogonal similarity. */
const turned = (T: number[][]): number[][] => {
  const n = T.length;
  const square = (n * (n + 1) * (2 * n + 1)) / 6;
  const H = of(n, (i, j) => Number(i === j) - (2 * (i + 1) * (j + 1)) / square);
  return times(H, times(T, H));
};

const FAMILIES: Record<string, (n: number) => number[][]> = {
  gaussian: (n) => gaussian(n, 1),
  "gaussian, a power of two apart in rows": (n) => gaussian(n, 2).map((row, i) => row.map((x) => x * 2 ** (i % 7))),
  zero: (n) => of(n, () => 0),
  identity: (n) => of(n, (i, j) => Number(i === j)),
  ones: (n) => of(n, () => 1),
  "one row of ones": (n) => of(n, (i) => Number(i === n - 1)),
  "cyclic permutation": (n) => of(n, (i, j) => Number((i + 1) % n === j)),
  "permutation of two cycles": (n) => of(n, (i, j) => Number((i + 2) % n === j)),
  "negated cyclic shift": (n) => of(n, (i, j) => (i + 1 === j ? 1 : i === n - 1 && j === 0 ? -1 : 0)),
  "Jordan block": (n) => of(n, (i, j) => (i === j ? 0.5 : Number(i + 1 === j))),
  "nilpotent Jordan block": (n) => of(n, (i, j) => Number(i + 1 === j)),
  "lower Jordan block": (n) => of(n, (i, j) => (i === j ? 3 : Number(i === j + 1))),
  "turned Jordan block": (n) => turned(of(n, (i, j) => (i === j ? 0.5 : Number(i + 1 === j)))),
  "turned Jordan blocks of two": (n) => turned(of(n, (i, j) => (i === j ? 1 : Number(i + 1 === j && i % 2 === 0)))),
  "turned repeated": (n) => turned(of(n, (i, j) => (i === j ? (i % 2) + 1 : 0))),
  "complex Jordan blocks": (n) => of(n, (i, j) => (i >> 1 === j >> 1 ? [1, 2, -2, 1][2 * (i & 1) + (j & 1)] : Number(j === i + 2))),
  Frank: (n) => of(n, (i, j) => (j >= i - 1 ? Math.min(n - i, n - j) : 0)),
  Grcar: (n) => of(n, (i, j) => (i === j + 1 ? -1 : Number(j >= i && j <= i + 3))),
  "Clement, not symmetric": (n) => of(n, (i, j) => (j === i + 1 ? j : i === j + 1 ? n - i : 0)),
  "Toeplitz, tridiagonal": (n) => of(n, (i, j) => (i === j ? 2 : j === i + 1 ? -3 : i === j + 1 ? 0.25 : 0)),
  "companion of 1 … n": (n) => companion(Array.from({ length: n }, (_, i) => (i + 1) / n)),
  "skew symmetric": (n) => gaussian(n, 3).map((row, i, A) => row.map((x, j) => x - A[j][i])),
  orthogonal: (n) => times(turned(of(n, (i, j) => Number((i + 1) % n === j))), of(n, (i, j) => (i === j ? (i % 3 ? 1 : -1) : 0))),
  "upper triangular": (n) => gaussian(n, 4).map((row, i) => row.map((x, j) => (j >= i ? x : 0))),
  "lower triangular": (n) => gaussian(n, 4).map((row, i) => row.map((x, j) => (j <= i ? x : 0))),
  "triangular, permuted": (n) => gaussian(n, 5).map((row, i) => row.map((x, j) => ((j * 7) % (n % 7 ? n : 7 * n) >= (i * 7) % (n % 7 ? n : 7 * n) ? x : 0))),
  Hessenberg: (n) => gaussian(n, 6).map((row, i) => row.map((x, j) => (j >= i - 1 ? x : 0))),
  "Hessenberg, tiny subdiagonal": (n) => gaussian(n, 6).map((row, i) => row.map((x, j) => (j >= i ? x : j === i - 1 ? 1e-9 : 0))),
  "block triangular": (n) => gaussian(n, 7).map((row, i) => row.map((x, j) => (i >= n >> 1 && j < n >> 1 ? 0 : x))),
  "badly balanced": (n) => gaussian(n, 8).map((row, i) => row.map((x, j) => x * 2 ** (3 * ((i * 5) % 11) - 3 * ((j * 5) % 11)))),
  "graded down": (n) => gaussian(n, 9).map((row, i) => row.map((x, j) => x * 2 ** (-2 * (i + j)))),
  "graded up": (n) => gaussian(n, 10).map((row, i) => row.map((x, j) => x * 2 ** (2 * (i + j - 2 * n)))),
  stochastic: (n) => of(n, (i, j) => 1 + ((i * j + j) % 5)).map((row) => row.map((x) => x / row.reduce((a, b) => a + b, 0))),
  "rank one": (n) => of(n, (i, j) => (i + 1) * (j - n / 3)),
  "small integers": (n) => of(n, (i, j) => ((i * 31 + j * 17) % 7) - 3),
  "near overflow": (n) => gaussian(n, 11).map((row) => row.map((x) => x * 2 ** 120)),
  "near underflow": (n) => gaussian(n, 12).map((row) => row.map((x) => x * 2 ** -120)),
}; // prettier-ignore

/** The companion matrix of the polynomial with these roots. */
export function companion(roots: readonly number[]): number[][] {
  let c = [1];
  for (const r of roots) c = [...c, 0].map((a, i) => a - r * (c[i - 1] ?? 0));
  return of(roots.length, (i, j) => (i === 0 ? -c[j + 1] : Number(i === j + 1)));
}

/** Every family, of order n. */
export function generalGallery(n: number, dtype: "f64" | "f32"): { name: string; A: Matrix }[] {
  return Object.entries(FAMILIES).map(([name, make]) => ({
    name: `${name} ${n} ${dtype}`,
    A: n === 0 ? Matrix.zeros(0, 0, { dtype }) : Matrix.from(make(n), { dtype }),
  }));
}
