// The judge: matrices of rational numbers, in whole-number arithmetic without any rounding. An entry is data[i·cols + j]
// over 2^scale. Every double is such a number.

/** A matrix of whole numbers over 2^scale. */
export interface Exact {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly bigint[];
  readonly scale: number;
}

interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly at: (i: number, j: number) => number;
}

const view = new DataView(new ArrayBuffer(8));

/** x = mantissa·2^exponent. */
function decode(x: number): { mantissa: bigint; exponent: number } {
  if (!Number.isFinite(x)) throw new RangeError(`decode: expected a finite number, got ${x}`);
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: x < 0 ? -magnitude : magnitude, exponent: Math.max(field, 1) - 1075 };
}

/** The matrix of doubles. */
export function exact({ rows, cols, at }: Grid): Exact {
  const entries = Array.from({ length: rows * cols }, (_, k) => decode(at(Math.floor(k / cols), k % cols)));
  const scale = entries.reduce(
    (most, { mantissa, exponent }) => (mantissa === 0n ? most : Math.max(most, -exponent)),
    0,
  );
  return {
    rows,
    cols,
    data: entries.map(({ mantissa, exponent }) => (mantissa === 0n ? 0n : mantissa << BigInt(exponent + scale))),
    scale,
  };
}

/** diag(values). */
export function diagonal(values: ArrayLike<number>): Exact {
  const n = values.length;
  return exact({ rows: n, cols: n, at: (i, j) => (i === j ? values[i] : 0) });
}

export function times(A: Exact, B: Exact): Exact {
  const data: bigint[] = [];
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.cols; j++) {
      let sum = 0n;
      for (let p = 0; p < A.cols; p++) sum += A.data[i * A.cols + p] * B.data[p * B.cols + j];
      data.push(sum);
    }
  return { rows: A.rows, cols: B.cols, data, scale: A.scale + B.scale };
}

export function minus(A: Exact, B: Exact): Exact {
  const scale = Math.max(A.scale, B.scale);
  const [a, b] = [atScale(A, scale), atScale(B, scale)];
  return { ...A, data: a.data.map((x, k) => x - b.data[k]), scale };
}

export const transposed = ({ rows, cols, data, scale }: Exact): Exact => ({
  rows: cols,
  cols: rows,
  data: Array.from({ length: rows * cols }, (_, k) => data[(k % rows) * cols + Math.floor(k / rows)]),
  scale,
});

/** AᵀA or AAᵀ, whichever is smaller. */
export const gram = (A: Exact): Exact => (A.rows < A.cols ? times(A, transposed(A)) : times(transposed(A), A));

/** (A + Aᵀ)/2. */
export const symmetricPart = (A: Exact): Exact => {
  const { data } = transposed(A);
  return { ...A, data: A.data.map((x, k) => x + data[k]), scale: A.scale + 1 };
};

const atScale = (A: Exact, scale: number): Exact => ({
  ...A,
  data: A.data.map((x) => x << BigInt(scale - A.scale)),
  scale,
});

/** −1, 0 or 1 as Σaᵢⱼ² is less than, equal to or greater than x². */
export function compareFrobenius(A: Exact, x: number): number {
  if (x === Infinity) return -1;
  const square = A.data.reduce((sum, entry) => sum + entry * entry, 0n);
  const { mantissa, exponent } = decode(x);
  const shift = 2 * (exponent + A.scale);
  const [left, right] = [square << BigInt(Math.max(0, -shift)), (mantissa * mantissa) << BigInt(Math.max(0, shift))];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** ‖A‖_F to double precision, for the printed ratios. */
export function frobenius(A: Exact): number {
  const square = A.data.reduce((sum, entry) => sum + entry * entry, 0n);
  const excess = Math.max(0, square.toString(2).length - 128) & ~1;
  return Math.sqrt(Number(square >> BigInt(excess))) * 2 ** (excess / 2 - A.scale / 2) * 2 ** (-A.scale / 2);
}

/** A / ‖A‖_F to double precision. */
export function relative(A: Exact): number[][] {
  const square = A.data.reduce((sum, entry) => sum + entry * entry, 0n);
  const shift = BigInt(Math.max(0, (square.toString(2).length >> 1) - 60));
  const norm = Math.sqrt(Number(square >> (2n * shift)));
  const entry = (k: number): number => Number(A.data[k] >> shift) / norm;
  return Array.from({ length: A.rows }, (_, i) => Array.from({ length: A.cols }, (_, j) => entry(i * A.cols + j)));
}

/**
 * The eigenvalues of a symmetric matrix, as far as they can be counted: the signs of the coefficients of its
 * characteristic polynomial, moved to x, tell how many lie above and how many below (Descartes; exact because all are
 * real).
 */
export class Spectrum {
  readonly order: number;
  readonly #scale: number;
  /** From the constant up; of the matrix times 2^scale. */
  readonly #coefficients: readonly bigint[];

  constructor(S: Exact) {
    this.order = S.rows;
    this.#scale = S.scale;
    this.#coefficients = characteristicPolynomial(S.rows, S.data);
  }

  /** How many eigenvalues are greater than ±x^power. */
  above(x: number, power: 1 | 2): number {
    return x === Infinity ? 0 : signChanges(this.#moved(x, power));
  }

  /** How many are less. */
  below(x: number, power: 1 | 2): number {
    return x === -Infinity ? 0 : signChanges(this.#moved(x, power).map((c, k) => (k % 2 ? -c : c)));
  }

  /** How many are not zero. */
  get rank(): number {
    const zeros = this.#coefficients.findIndex((c) => c !== 0n);
    return this.order - zeros;
  }

  /** Coefficients of p(λ + x^power), up to a positive factor. */
  #moved(x: number, power: 1 | 2): bigint[] {
    const { mantissa, exponent } = decode(x);
    const shift = exponent * power + this.#scale;
    const finer = BigInt(Math.max(0, -shift));
    const at = (mantissa ** BigInt(power)) << BigInt(Math.max(0, shift));
    const n = this.order;
    // In units finer by 2^finer the coefficient of λᵏ grows by 2^(finer·(n − k)).
    const c = this.#coefficients.map((coefficient, k) => coefficient << (finer * BigInt(n - k)));
    for (let i = 0; i < n; i++) for (let k = n - 1; k >= i; k--) c[k] += at * c[k + 1];
    return c;
  }
}

/** det(λI − S), from the constant up (Faddeev and LeVerrier; every division is exact). */
function characteristicPolynomial(n: number, S: readonly bigint[]): bigint[] {
  const c = new Array<bigint>(n + 1).fill(0n);
  c[n] = 1n;
  let M = new Array<bigint>(n * n).fill(0n);
  for (let k = 1; k <= n; k++) {
    for (let i = 0; i < n; i++) M[i * (n + 1)] += c[n - k + 1];
    const next = new Array<bigint>(n * n).fill(0n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) for (let p = 0; p < n; p++) next[i * n + j] += S[i * n + p] * M[p * n + j];
    let trace = 0n;
    for (let i = 0; i < n; i++) trace += next[i * (n + 1)];
    c[n - k] = -trace / BigInt(k);
    M = next;
  }
  return c;
}

function signChanges(coefficients: readonly bigint[]): number {
  const signs = coefficients.filter((c) => c !== 0n).map((c) => c > 0n);
  return signs.filter((sign, k) => k > 0 && sign !== signs[k - 1]).length;
}
