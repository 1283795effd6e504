// Seeded problems. Built outside of every timed body, and from a recipe alone, so that a browser makes the same ones.

/** @typedef {import("./types.ts").Recipe} Recipe @typedef {import("./types.ts").Task} Task */

/** @param {Recipe} recipe @returns {Task} */
export function makeTask(recipe) {
  const { operation, dtype, m, n, count = 1, k = Math.min(m, n), spectrum = "gaussian" } = recipe;
  const normal = normals(m * 4099 + n);
  const entries = spectrum === "decaying" ? decaying(m, n, normal) : fill(count * m * n, normal);
  if (operation === "eigh") symmetrise(entries, n);
  const stored = (/** @type {Float64Array} */ values) => (dtype === "f64" ? values : Float32Array.from(values));
  const B = operation === "gemm" ? { B: stored(fill(n * n, normal)) } : {};
  return { operation, dtype, m, n, count, k, spectrum, data: stored(entries), ...B };
}

/** @param {Pick<Recipe, "m" | "n" | "count" | "k" | "spectrum">} recipe */
export function caseName({ m, n, count, k, spectrum }) {
  const truncated = k === undefined ? "" : `, k = ${k}, ${spectrum === "decaying" ? "decaying" : "flat"}`;
  return `${count === undefined ? "" : `${count} × `}${m} × ${n}${truncated}`;
}

/**
 * Work in proportion to the flops of a decomposition: m·n·min(m, n) for each matrix.
 * @param {Recipe} recipe
 */
export function workOf({ m, n, count = 1 }) {
  return count * m * n * Math.min(m, n);
}

/**
 * Standard normal numbers: pairs by Box and Muller from a Lehmer generator.
 * @param {number} seed @returns {() => number}
 */
export function normals(seed) {
  let state = (seed % 2147483646) + 1;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  uniform();
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** @param {number} length @param {() => number} next */
function fill(length, next) {
  return new Float64Array(length).map(next);
}

/** @param {Float64Array} A @param {number} n */
function symmetrise(A, n) {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) A[i * n + j] = A[j * n + i] ?? NaN;
}

/**
 * H₁H₂ · diag(σ) · H₃H₄ with random reflectors and σᵢ = 10^(−i/8), i = 0, 1, …
 * @param {number} m @param {number} n @param {() => number} next
 */
function decaying(m, n, next) {
  const A = new Float64Array(m * n);
  for (let i = 0; i < Math.min(m, n); i++) A[i * n + i] = 10 ** (-i / 8);
  for (let pass = 0; pass < 2; pass++) {
    reflect(A, fill(m, next), n, n, 1);
    reflect(A, fill(n, next), m, 1, n);
  }
  return A;
}

/**
 * Applies I − 2vvᵀ/vᵀv to each of `vectors` vectors, whose entries lie `step` apart and whose starts `apart`.
 * @param {Float64Array} A @param {Float64Array} v @param {number} vectors @param {number} step @param {number} apart
 */
function reflect(A, v, vectors, step, apart) {
  const scale = 2 / v.reduce((sum, x) => sum + x * x, 0);
  for (let j = 0; j < vectors; j++) {
    let dot = 0;
    for (let i = 0; i < v.length; i++) dot += (v[i] ?? NaN) * (A[j * apart + i * step] ?? NaN);
    for (let i = 0; i < v.length; i++) {
      const at = j * apart + i * step;
      A[at] = (A[at] ?? NaN) - scale * dot * (v[i] ?? NaN);
    }
  }
}
