// Singular values of a bidiagonal matrix by shifted quotient-difference steps, in f64. Twin: src/kernels/ref/dqds.ts,
// which explains them. Bound by the latency of one division a step.
import { at } from "./lane";

const TOL2: f64 = 4.930380657631324e-32; // 2⁻¹⁰⁴
const EPSILON: f64 = 2.220446049250313e-16;

// Bytes between the values of one array, and from a q to its e.
const PAIR: usize = 16;
const BEHIND: usize = 8;

// @ts-ignore: decorator
@inline
function arrived(p: usize, other: usize, stepped: bool, size: f64): bool {
  return load<f64>(p, BEHIND) <= TOL2 * size || (stepped && load<f64>(p + other, BEHIND) <= TOL2 * load<f64>(p));
}

// The lesser of two by an instruction, where `min` asks about NaN by branches that are guessed wrong.
// @ts-ignore: decorator
@inline
function lesser(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(x), f64x2.splat(y)), 0);
}

function step(from: usize, to: usize, count: i32, tau: f64, floor: f64, found: usize): void {
  let next = load<f64>(from);
  let d = next - tau;
  if (d < floor) d = 0;
  let least = d, least1 = d, least2 = d;
  let last0 = d, last1 = d, last2 = d;
  let leastE: f64 = Infinity;
  for (; count > 0; count--, from += PAIR, to += PAIR) {
    const e = load<f64>(from, BEHIND);
    next = load<f64>(from, PAIR);
    const q = d + e;
    let eHat: f64 = 0;
    if (q == 0) d = next - tau;
    else {
      eHat = (e * next) / q;
      d = (d * next) / q - tau;
    }
    store<f64>(to, q);
    store<f64>(to, eHat, BEHIND);
    if (d < floor) d = 0;
    least2 = least1;
    least1 = least;
    least = lesser(least, d);
    last2 = last1;
    last1 = last0;
    last0 = d;
    leastE = lesser(leastE, eHat);
  }
  store<f64>(to, d);
  store<f64>(found, least);
  store<f64>(found, least1, 8);
  store<f64>(found, least2, 16);
  store<f64>(found, last0, 24);
  store<f64>(found, last1, 32);
  store<f64>(found, last2, 40);
  store<f64>(found, leastE, 48);
}

function shift(from: usize, to: usize, first: i32, last: i32, left: i32, found: usize): f64 {
  const least = load<f64>(found + (<usize>left << 3));
  const q = from + PAIR * last;
  let place = left;
  while (place < 3 && load<f64>(found + (<usize>place << 3), 24) != least) place++;
  if (place == 3) return -1;
  if (left == 0 && place == 0 && load<f64>(found, 8) == load<f64>(found, 32)) {
    const b1 = sqrt(load<f64>(q)) * sqrt(load<f64>(q - 8));
    const b2: f64 = last - first > 1 ? sqrt(load<f64>(q - 16)) * sqrt(load<f64>(q - 24)) : 0;
    const a = load<f64>(q - 16) + load<f64>(q - 8);
    const outer = 0.75 * load<f64>(found, 16) - a;
    const gap = a - least - (outer > b2 ? (b2 / outer) * b2 : b1 + b2);
    if (gap > b1) return max(least - (b1 / gap) * b1, least / 2);
    const low = min(max(0, least - b1), max(0, a - (b1 + b2)));
    return max(low, least / 3);
  }
  let alpha: f64 = 0;
  let product: f64 = 1;
  for (let i = place - left; i > 0; i--) {
    const p = to + PAIR * (last - i);
    product *= load<f64>(p, 8) / load<f64>(p, 16);
    alpha += product;
  }
  product = 1;
  for (let p = last - (place - left); p > first && alpha < 0.6; p--) {
    const above = from + PAIR * p - 16;
    const ratio = load<f64>(above, 8) / load<f64>(above);
    if (ratio > 1) return least / 4;
    const before = product;
    product *= ratio;
    alpha += product;
    if (100 * max(product, before) < alpha) break;
  }
  alpha *= 1.05;
  const rho = least / (1 + alpha);
  if (left > 0 && place == left) {
    let gap: f64 = 0;
    if (left == 1) gap = load<f64>(found, 16) / 2 - rho;
    else if (last - first > 1) {
      gap = load<f64>(q - 16) + load<f64>(q - 24) - sqrt(load<f64>(q - 32)) * sqrt(load<f64>(q - 24)) - rho;
    }
    if (gap > rho * sqrt(alpha)) return max(least / 3, rho * (1 - (1.01 * rho * alpha) / gap));
    return max(least / 3, rho * (1 - 1.01 * sqrt(alpha)));
  }
  return alpha < 0.563 ? rho * (1 - sqrt(alpha)) : least / 4;
}

function solvePair(p: usize): void {
  let q1 = load<f64>(p), q2 = load<f64>(p, PAIR);
  const e = load<f64>(p, BEHIND);
  if (q2 > q1) {
    const q = q1;
    q1 = q2;
    q2 = q;
  }
  const t = (q1 - q2 + e) / 2;
  if (e > q2 * TOL2 && t != 0) {
    let s = q2 * (e / t);
    s = s <= t ? q2 * (e / (t * (1 + sqrt(1 + s / t)))) : q2 * (e / (t + sqrt(t) * sqrt(t + s)));
    const sum = q1 + (s + e);
    q2 *= q1 / sum;
    q1 = sum;
  }
  store<f64>(p, q1);
  store<f64>(p, q2, PAIR);
}

function reverse(first: usize, last: usize): void {
  for (; first < last; first += 8, last -= 8) {
    const x = load<f64>(first);
    store<f64>(first, load<f64>(last));
    store<f64>(last, x);
  }
}

export function dqds(n: i32, z: i32, limit: i32): i32 {
  const Z = at<f64>(z);
  const found = Z + 2 * PAIR * n;
  let steps = 0;
  let last = n - 1;
  store<f64>(Z + PAIR * last, 0, BEHIND);
  while (last >= 0) {
    let end = Z + PAIR * last;
    let sigma = -load<f64>(end, BEHIND);
    let rest: f64 = 0;
    let first = last;
    let least = load<f64>(end), largest = least, largestE: f64 = 0;
    while (first > 0 && load<f64>(Z + PAIR * first - 8) > 0) {
      first--;
      const q = load<f64>(Z + PAIR * first), e = load<f64>(Z + PAIR * first, BEHIND);
      least = min(least, q);
      largest = max(largest, q);
      largestE = max(largestE, e);
    }
    let from = Z, to = Z + PAIR * n;
    let stepped = false, looked = false;
    let left = 0;
    let fraction = 0.25;
    while (last >= first) {
      const q = from + PAIR * last;
      end = Z + PAIR * last;
      if (last == first || arrived(q - PAIR, to - from, stepped, sigma + load<f64>(q))) {
        store<f64>(end, load<f64>(q) + rest + sigma);
        last--;
        left++;
        looked = false;
        continue;
      }
      if (last == first + 1 || arrived(q - 2 * PAIR, to - from, stepped, sigma)) {
        solvePair(q - PAIR);
        store<f64>(end - PAIR, load<f64>(q - PAIR) + rest + sigma);
        store<f64>(end, load<f64>(q) + rest + sigma);
        last -= 2;
        left += 2;
        looked = false;
        continue;
      }
      if (stepped && from == Z && !looked && load<f64>(found, 48) <= TOL2 * max(sigma, largest)) {
        looked = true;
        let split = last - 3;
        while (split >= first && !arrived(Z + PAIR * split, to - from, true, sigma)) split--;
        if (split >= first) {
          store<f64>(Z + PAIR * split, -sigma, BEHIND);
          first = split + 1;
        }
      }
      let tau: f64 = 0;
      if ((!stepped || left > 0) && 1.5 * load<f64>(from + PAIR * first) < load<f64>(q)) {
        reverse(from + PAIR * first, q);
        stepped = false;
      } else if (!stepped) tau = max(0, least - 2 * sqrt(least) * sqrt(largestE));
      else if (left <= 2) {
        tau = shift(from, to, first, last, left, found);
        if (tau < 0) {
          tau = fraction * load<f64>(found + (<usize>left << 3));
          fraction += (1 - fraction) / 3;
        } else fraction = 0.25;
      }
      for (let failures = 0; ; failures++) {
        if (++steps > limit) return -1;
        if (tau < (EPSILON / 2) * sigma) tau = 0;
        step(from + PAIR * first, to + PAIR * first, last - first, tau, tau == 0 ? EPSILON * sigma : -Infinity, found);
        const d = load<f64>(found);
        if (d >= 0 && load<f64>(found, 24) >= 0) break;
        if (tau == 0) return -1;
        if (failures > 1) tau = 0;
        else if (load<f64>(found, 8) > 0) tau = max(0, (tau + d) * (1 - 2 * EPSILON));
        else tau = d < 0 ? tau / 4 : 0;
      }
      const more = tau + rest, sum = sigma + more;
      rest = sigma >= more ? more - (sum - sigma) : sigma - (sum - more);
      sigma = sum;
      const other = from;
      from = to;
      to = other;
      stepped = true;
      looked = false;
      left = 0;
    }
  }
  return steps;
}
