// The secular equation of divide and conquer, in f64 alone. Twin: src/kernels/ref/secular.ts, which says what is done
// and why, step by step the same.
import { at, laneSum } from "./lane";
import { scratch } from "./scratch";

const EPSILON: f64 = 1.1102230246251565e-16;
const ITERATIONS = 160;

// Element i of the vector at address p.
// @ts-ignore: decorator
@inline
function get(p: usize, i: i32): f64 {
  return load<f64>(p + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function square(p: usize, i: i32): f64 {
  const x = get(p, i);
  return x * x;
}

// @ts-ignore: decorator
@inline
function poleDifference(di: f64, dk: f64, squared: i32): f64 {
  return squared ? (di - dk) * (di + dk) : di - dk;
}

function poleDifferences(n: i32, d: usize, dk: f64, squared: i32, to: usize): void {
  const v = f64x2.splat(dk), end = to + (<usize>n << 3);
  for (; to + 8 < end; to += 16, d += 16) {
    const di = v128.load(d), difference = f64x2.sub(di, v);
    v128.store(to, squared ? f64x2.mul(difference, f64x2.add(di, v)) : difference);
  }
  if (to < end) store<f64>(to, poleDifference(load<f64>(d), dk, squared));
}

function modelRoot(c: f64, s: f64, S: f64, g: f64): f64 {
  const a = c * g + s + S;
  const b = s * g;
  const r = (g > 0 ? 1.0 : -1.0) * sqrt<f64>(max<f64>(0, a * a - 4 * b * c));
  return a * r > 0 ? (2 * b) / (a + r) : (a - r) / (2 * c);
}

// Sums over the poles i = from … to−1, at the distances get(delta, i) − tau: `sum` of zᵢ²/distance, `slope` of
// zᵢ²/distance², and `partial` of the magnitudes of the partial sums, which bounds the rounding of `sum`. Two lanes
// run side by side, ascending or descending: what is nearest to the root is added last.
let sum: f64 = 0;
let slope: f64 = 0;
let partial: f64 = 0;

function sumUp(delta: usize, z: usize, from: i32, to: i32, tau: f64): void {
  let s = f64x2.splat(0), ds = s, ps = s;
  const t = f64x2.splat(tau), one = f64x2.splat(1);
  let i = from;
  for (; i < to - 1; i += 2) {
    const zi = v128.load(z + (<usize>i << 3));
    const r = f64x2.div(one, f64x2.sub(v128.load(delta + (<usize>i << 3)), t));
    const term = f64x2.mul(f64x2.mul(zi, zi), r);
    s = f64x2.add(s, term);
    ps = f64x2.add(ps, f64x2.abs(s));
    ds = f64x2.add(ds, f64x2.mul(term, r));
  }
  sum = laneSum<f64>(s);
  slope = laneSum<f64>(ds);
  partial = laneSum<f64>(ps);
  if (i < to) {
    const r = 1 / (get(delta, i) - tau);
    const term = square(z, i) * r;
    sum += term;
    slope += term * r;
    partial += abs<f64>(sum);
  }
}

function sumDown(delta: usize, z: usize, from: i32, to: i32, tau: f64): void {
  let s = f64x2.splat(0), ds = s, ps = s;
  const t = f64x2.splat(tau), one = f64x2.splat(1);
  let i = to;
  for (; i > from + 1; i -= 2) {
    const zi = v128.load(z + (<usize>(i - 2) << 3));
    const r = f64x2.div(one, f64x2.sub(v128.load(delta + (<usize>(i - 2) << 3)), t));
    const term = f64x2.mul(f64x2.mul(zi, zi), r);
    s = f64x2.add(s, term);
    ps = f64x2.add(ps, f64x2.abs(s));
    ds = f64x2.add(ds, f64x2.mul(term, r));
  }
  sum = laneSum<f64>(s);
  slope = laneSum<f64>(ds);
  partial = laneSum<f64>(ps);
  if (i > from) {
    const r = 1 / (get(delta, from) - tau);
    const term = square(z, from) * r;
    sum += term;
    slope += term * r;
    partial += abs<f64>(sum);
  }
}

export function secularRoot(
  n: i32, j: i32, dOffset: i32, zOffset: i32, rho: f64, squared: i32, deltaOffset: i32, rootOffset: i32,
): i32 {
  const d = at<f64>(dOffset), z = at<f64>(zOffset), delta = at<f64>(deltaOffset), root = at<f64>(rootOffset);
  const last = j == n - 1;
  const constant = 1 / rho;
  let K = j;
  poleDifferences(n, d, get(d, j), squared, delta);

  let weights: f64 = 0;
  if (last) for (let i = 0; i < n; i++) weights += square(z, i);
  const middle = last ? (rho * weights) / 2 : get(delta, j + 1) / 2;
  let far = last ? j - 1 : j + 1;
  sumUp(delta, z, 0, last ? j - 1 : j, middle);
  let rest = constant + sum;
  sumDown(delta, z, j + 2, n, middle);
  rest += sum;
  if (!last) {
    const f = rest + (square(z, far) - square(z, j)) / middle;
    if (f < 0) {
      K = j + 1;
      far = j;
      poleDifferences(n, d, get(d, K), squared, delta);
    }
  }
  const side: f64 = K == j ? 1 : -1;
  const weight = square(z, K);

  let t = rho * weight;
  let status = n == 1 ? 0 : 1;
  if (n > 1) {
    const g = side * get(delta, far);
    if (side > 0) sumDown(delta, z, j + 1, n, 0);
    else sumUp(delta, z, 0, j + 1, 0);
    const opposite = 2 * abs<f64>(sum) + (side > 0 ? constant : 0);
    let low = (0.5 * weight) / opposite;
    let high = last ? 4 * middle : middle;
    t = modelRoot(side * rest, weight, square(z, far), g);
    let before = f64.POSITIVE_INFINITY;
    let merge = false;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const bisect = iteration > 50 && iteration % 2 == 0;
      if (bisect || !(t > low && t < high)) {
        t = high > 4 * low ? sqrt<f64>(low) * sqrt<f64>(high) : 0.5 * (low + high);
        if (!(t > low && t < high)) {
          status = 0;
          t = high;
          break;
        }
      }
      const tau = side * t;
      // The nearest pole is the last on its side, and its slope is kept apart.
      const own = weight / (get(delta, K) - tau);
      sumUp(delta, z, 0, side > 0 ? j : j + 1, tau);
      const psi = side > 0 ? sum + own : sum;
      const psiSlope = slope;
      let error = partial + abs<f64>(psi);
      sumDown(delta, z, side > 0 ? j + 1 : j + 2, n, tau);
      const phi = side > 0 ? sum : sum + own;
      const phiSlope = slope;
      error += partial + abs<f64>(phi);
      const f = constant + phi + psi;
      const ownSlope = weight / t / t;
      error += constant + 8 * (phi - psi) + t * (ownSlope + psiSlope + phiSlope);
      const found = abs<f64>(f) <= EPSILON * error;
      if (side * f < 0) low = t;
      else high = t;
      if (!last && abs<f64>(f) > 0.1 * before) merge = !merge;
      before = abs<f64>(f);
      const nearSlope = side > 0 ? psiSlope : phiSlope;
      const ownSide = merge ? nearSlope : 0;
      const s = weight + t * t * ownSide;
      const S = (g - t) * (g - t) * (psiSlope + phiSlope - ownSide);
      const here = t;
      t = modelRoot(side * f + s / t - S / (g - t), s, S, g);
      if (found) {
        if (!(t > low && t < high)) t = here;
        status = 0;
        break;
      }
    }
  }

  const tau = side * t;
  const v = f64x2.splat(tau);
  let i = 0;
  for (; i < n - 1; i += 2) v128.store(delta + (<usize>i << 3), f64x2.sub(v128.load(delta + (<usize>i << 3)), v));
  if (i < n) store<f64>(delta + (<usize>i << 3), get(delta, i) - tau);
  const pole = get(d, K);
  store<f64>(root, pole + (squared ? tau / (pole + sqrt<f64>(pole * pole + tau)) : tau));
  store<f64>(root, tau, 8);
  store<f64>(root, <f64>K, 16);
  return status;
}

// ẑᵢ ← ẑᵢ·Δᵢ/(pᵢ − p) for i = from … to−1, where p is that of dk.
function multiplyRatios(from: i32, to: i32, d: usize, dk: f64, squared: i32, column: usize, zhat: usize): void {
  const v = f64x2.splat(dk);
  let i = from;
  for (; i < to - 1; i += 2) {
    const skip = <usize>i << 3;
    const di = v128.load(d + skip);
    let difference = f64x2.sub(di, v);
    if (squared) difference = f64x2.mul(difference, f64x2.add(di, v));
    const ratio = f64x2.div(v128.load(column + skip), difference);
    v128.store(zhat + skip, f64x2.mul(v128.load(zhat + skip), ratio));
  }
  if (i < to) {
    const ratio = get(column, i) / poleDifference(get(d, i), dk, squared);
    store<f64>(zhat + (<usize>i << 3), get(zhat, i) * ratio);
  }
}

export function secularWeights(
  n: i32, dOffset: i32, zOffset: i32, DeltaOffset: i32, ldDelta: i32, squared: i32, zhatOffset: i32,
): void {
  const d = at<f64>(dOffset), z = at<f64>(zOffset), zhat = at<f64>(zhatOffset);
  const lastColumn = at<f64>(DeltaOffset + (n - 1) * ldDelta);
  for (let i = 0; i < n; i++) store<f64>(zhat + (<usize>i << 3), -get(lastColumn, i));
  for (let j = 0; j < n - 1; j++) {
    const column = at<f64>(DeltaOffset + j * ldDelta);
    multiplyRatios(0, j + 1, d, get(d, j + 1), squared, column, zhat);
    multiplyRatios(j + 1, n, d, get(d, j), squared, column, zhat);
  }
  for (let i = 0; i < n; i++) {
    const magnitude = sqrt<f64>(abs<f64>(get(zhat, i)));
    store<f64>(zhat + (<usize>i << 3), get(z, i) < 0 ? -magnitude : magnitude);
  }
}

// Each column is made in the scratch place and then written, in f32 over what the columns before it were in f64.
// @ts-ignore: decorator
@inline
function secularVectors<T>(
  n: i32, left: i32, wOffset: i32, xOffset: i32, ldx: i32, rowsOffset: i32, inversesOffset: i32,
): void {
  const w = at<f64>(wOffset), start = at<f64>(xOffset), first = scratch, end = scratch + at<f64>(n);
  // The rows in bytes, once for all columns.
  const rows = end;
  for (let i = 0; i < n; i++) {
    store<i32>(rows + (<usize>i << 2), <i32>at<T>(<i32>load<f64>(at<f64>(rowsOffset + i))));
  }
  for (let j = 0; j < n; j++) {
    const x = start + at<f64>(j * ldx), result = start + at<T>(j * ldx), inverse = at<f64>(inversesOffset + j);
    let sum: f64 = 0;
    if (left) {
      let row = rows + 4, wi = w + 8;
      store<f64>(first, -load<f64>(inverse));
      sum = load<f64>(inverse) * load<f64>(inverse);
      for (let to = first + 8; to < end; to += 8, row += 4, wi += 8) {
        const v = load<f64>(wi) * <f64>load<T>(result + <usize>load<i32>(row));
        store<f64>(to, v);
        sum += v * v;
      }
    } else {
      let squares = f64x2.splat(0);
      let to = first, i: usize = 0;
      for (; to + 8 < end; to += 16, i += 16) {
        const v = f64x2.div(v128.load(w + i), v128.load(x + i));
        v128.store(to, v);
        squares = f64x2.add(squares, f64x2.mul(v, v));
      }
      sum = laneSum<f64>(squares);
      if (to < end) {
        const v = load<f64>(w + i) / load<f64>(x + i);
        store<f64>(to, v);
        sum += v * v;
      }
    }
    const scale = 1 / sqrt<f64>(sum);
    if (!left) store<f64>(inverse, scale);
    for (let to = first, row = rows; to < end; to += 8, row += 4) {
      store<T>(result + <usize>load<i32>(row), <T>(load<f64>(to) * scale));
    }
  }
}

export function secularVectorsF64(
  n: i32, left: i32, w: i32, x: i32, ldx: i32, rows: i32, inverses: i32,
): void {
  secularVectors<f64>(n, left, w, x, ldx, rows, inverses);
}
export function secularVectorsF32(
  n: i32, left: i32, w: i32, x: i32, ldx: i32, rows: i32, inverses: i32,
): void {
  secularVectors<f32>(n, left, w, x, ldx, rows, inverses);
}
