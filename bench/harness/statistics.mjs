// From samples to what is printed.

/** @param {readonly number[]} samples @param {number} p  from 0 to 1; between two samples, a straight line. */
export function quantile(samples, p) {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const [below = NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** @param {readonly number[]} samples */
export function median(samples) {
  return quantile(samples, 0.5);
}

/**
 * Distance of the quartiles over the median: how far the rounds disagree.
 * @param {readonly number[]} samples
 */
export function spread(samples) {
  return (quantile(samples, 0.75) - quantile(samples, 0.25)) / median(samples);
}

/**
 * Their time over ours: the median of the ratios round by round, because a disturbance of the machine falls on both
 * times of a round, and less on their ratio.
 * @param {readonly number[]} theirs @param {readonly number[]} ours
 */
export function pairedRatio(theirs, ours) {
  const rounds = Math.min(theirs.length, ours.length);
  return median(theirs.slice(0, rounds).map((time, round) => time / (ours[round] ?? NaN)));
}

/**
 * Calls that fill `seconds` when one takes `each`; at least one.
 * @param {number} seconds @param {number} each
 */
export function callsFor(seconds, each) {
  return Math.max(1, Math.min(1e6, Math.round(seconds / Math.max(each, 1e-9))));
}

/** What a call costs at most however small the problem is: a trip to a worker and back. */
const OVERHEAD = 2e-3;

/**
 * Foretells the time of a call from that on the largest problem so far: what any call costs, plus the rest in proportion
 * to the work. 0 while nothing is known.
 */
export class Forecast {
  /** @type {{ work: number, seconds: number } | undefined} */
  #largest;

  /** @param {number} work @param {number} seconds */
  learn(work, seconds) {
    if (work >= (this.#largest?.work ?? 0)) this.#largest = { work, seconds };
  }

  /** @param {number} work */
  seconds(work) {
    if (!this.#largest) return 0;
    const fixed = Math.min(this.#largest.seconds, OVERHEAD);
    return fixed + (this.#largest.seconds - fixed) * (work / this.#largest.work);
  }
}

/**
 * For every size with a neighbour on both sides, time/n³ over the mean of the neighbours': above 1 it sticks out.
 * @param {readonly { n: number, seconds: number }[]} times  by ascending n
 */
export function cliffs(times) {
  const cost = times.map(({ n, seconds }) => seconds / n ** 3);
  return times.slice(1, -1).map(({ n }, i) => {
    const [before = NaN, here = NaN, after = NaN] = cost.slice(i, i + 3);
    return { n, ratio: (2 * here) / (before + after) };
  });
}
