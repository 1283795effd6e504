/**
 * The normal numbers that NumPy's `random.seed(seed); random.randn(count)` gives: Mersenne twister MT19937, then the
 * polar method of Marsaglia. They agree with NumPy's up to the last place of the logarithm.
 *
 * Source: Matsumoto & Nishimura, ACM TOMACS 8 (1998) 3–30, with the seeding of 2002; Marsaglia & Bray, SIAM Review 6 (1964).
 */
export function randn(seed: number, count: number): Float64Array {
  const next = mersenneTwister(seed);
  const uniform = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  const values = new Float64Array(count + 1);
  for (let i = 0; i < count; i += 2) {
    let [x, y, r2] = [0, 0, 0];
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * Math.log(r2)) / r2);
    values[i] = f * y;
    values[i + 1] = f * x;
  }
  return values.subarray(0, count);
}

/** A generator of 32-bit words, signed as JavaScript's bit operations leave them. */
function mersenneTwister(seed: number): () => number {
  const n = 624;
  const state = new Int32Array(n);
  state[0] = seed;
  for (let i = 1; i < n; i++) {
    const last = state[i - 1]!;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  let at = n;
  return () => {
    if (at === n) {
      for (let i = 0; i < n; i++) {
        const y = (state[i]! & 0x80000000) | (state[(i + 1) % n]! & 0x7fffffff);
        state[i] = state[(i + 397) % n]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  };
}
