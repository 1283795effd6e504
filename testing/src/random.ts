/**
 * Seeded random numbers: xoshiro128**, its state filled by splitmix32 from the seed and a label, so that two labels
 * give independent streams under one seed.
 *
 * Source: D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021).
 */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(seed: number, label = "") {
    let hash = seed >>> 0;
    for (const character of label) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x9e3779b1) >>> 0;
    for (let i = 0; i < 4; i++) {
      hash = (hash + 0x9e3779b9) >>> 0;
      let z = hash;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  /** 32 random bits, as an integer in [0, 2³²). */
  bits(): number {
    const s = this.#state;
    const x = Math.imul(s[1], 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** Uniform on [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** log₂ uniform: 2 to a uniform power in [low, high). */
  powerOfTwoBetween(low: number, high: number): number {
    return 2 ** this.between(low, high);
  }

  /** Uniform integer in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** −1 or +1. */
  sign(): number {
    return this.bits() & 1 ? 1 : -1;
  }

  /** Standard normal, by Marsaglia's polar method. */
  gaussian(): number {
    for (;;) {
      const x = this.between(-1, 1);
      const y = this.between(-1, 1);
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }
}
