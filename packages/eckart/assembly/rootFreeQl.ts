// Eigenvalues of a symmetric tridiagonal by QL and QR iteration without square roots, in f64. Twin:
// src/kernels/ref/rootFreeQl.ts, which explains it. Bound by the latency of one division a step.
import { at } from "./lane";

const TOL2: f64 = 1.232595164407831e-32; // 2⁻¹⁰⁶
const TINY: f64 = 2.2250738585072014e-308;
const SMALL: f64 = 3.2033329522929615e-145; // 2⁻⁴⁸⁰

function sweep(size: i32, D: usize, E: usize, step: isize): void {
  const end = D + (size - 1) * step;
  const root = sqrt(load<f64>(E + (size - 2) * step));
  const g = (load<f64>(end - step) - load<f64>(end)) / (2 * root);
  const h = sqrt(1 + g * g);
  const sigma = load<f64>(end) - root / (g < 0 ? g - h : g + h);

  let gamma = load<f64>(D) - sigma;
  let p = gamma * gamma;
  let c: f64 = 1, s: f64 = 0;
  for (let i = 1; i < size; i++, D += step, E += step) {
    const e = load<f64>(E);
    const r = p + e;
    if (i > 1) store<f64>(E - step, s * r);
    const alpha = load<f64>(D + step);
    const u = p * (alpha - sigma) - e * gamma;
    const next = u / r;
    store<f64>(D, gamma + (alpha - next));
    const before = c;
    c = p / r;
    s = e / r;
    if (p > SMALL) p = (u * u) / (r * p);
    else p = c > TINY ? (next * next) / c : before * e;
    gamma = next;
  }
  store<f64>(E - step, s * p);
  store<f64>(D, sigma + gamma);
}

function solvePair(D: usize, b2: f64): void {
  const a = load<f64>(D), c = load<f64>(D, 8);
  const sum = a + c;
  const root = sqrt((a - c) * (a - c) + 4 * b2);
  const large = sum < 0 ? (sum - root) / 2 : (sum + root) / 2;
  const most = abs(a) > abs(c) ? a : c, least = abs(a) > abs(c) ? c : a;
  store<f64>(D, large);
  store<f64>(D, sum == 0 ? -large : (most / large) * least - b2 / large, 8);
}

export function rootFreeQl(n: i32, d: i32, e2: i32, limit: i32): i32 {
  const D = at<f64>(d), E = at<f64>(e2);
  let sweeps = 0;
  let last = n - 1, blockFirst = n, blockLast = n;
  let upward = false;
  while (last > 0) {
    let first = last;
    while (first > 0) {
      const p = D + 8 * first;
      if (!(load<f64>(E + 8 * first - 8) > TOL2 * (abs(load<f64>(p - 8)) * abs(load<f64>(p))) + TINY)) break;
      first--;
    }
    if (first == last) {
      last--;
      continue;
    }
    if (first == last - 1) {
      solvePair(D + 8 * first, load<f64>(E + 8 * first));
      last -= 2;
      continue;
    }
    if (++sweeps > limit) return -1;
    if (first > blockLast || last < blockFirst) {
      upward = abs(load<f64>(D + 8 * last)) >= abs(load<f64>(D + 8 * first));
    }
    blockFirst = first;
    blockLast = last;
    const size = last - first + 1;
    if (upward) sweep(size, D + 8 * last, E + 8 * last - 8, -8);
    else sweep(size, D + 8 * first, E + 8 * first, 8);
  }
  return sweeps;
}
