// The secular equation of divide and conquer, in f64 alone. Twin: src/kernels/ref/secular.ts, which says what is done
// and why, step by step the same.
import { at } from "./lane";

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
  for (let i = 0; i < n; i++) store<f64>(to + (<usize>i << 3), poleDifference(get(d, i), dk, squared));
}

function modelRoot(c: f64, s: f64, S: f64, g: f64): f64 {
  const a = c * g + s + S;
  const b = s * g;
  const r = (g > 0 ? 1.0 : -1.0) * sqrt<f64>(max<f64>(0, a * a - 4 * b * c));
  return a * r > 0 ? (2 * b) / (a + r) : (a - r) / (2 * c);
}

export function secularRoot(
  n: i32, j: i32, dOffset: i32, zOffset: i32, rho: f64, squared: i32, deltaOffset: i32, rootOffset: i32,
): i32 {
  const d = at<f64>(dOffset), z = at<f64>(zOffset), delta = at<f64>(deltaOffset), root = at<f64>(rootOffset);
  const last = j == n - 1;
  const constant = 1 / rho;
  let K = j;
  poleDifferences(n, d, get(d, j), squared, delta);

  let lowerWeight: f64 = 0;
  for (let i = 0; i <= j; i++) lowerWeight += square(z, i);
  const middle = last ? (rho * lowerWeight) / 2 : get(delta, j + 1) / 2;
  let far = last ? j - 1 : j + 1;
  let rest = constant;
  for (let i = 0; i < n; i++) {
    if (i != j && i != far) rest += square(z, i) / (get(delta, i) - middle);
  }
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
    let opposite: f64 = side > 0 ? constant : 0;
    for (let i = 0; i < n; i++) {
      if ((i > j) == (side > 0)) opposite += 2 * abs<f64>(square(z, i) / get(delta, i));
    }
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
      let psi: f64 = 0, psiSlope: f64 = 0, error: f64 = 0;
      for (let i = 0; i <= j; i++) {
        const difference = get(delta, i) - tau;
        const term = square(z, i) / difference;
        psi += term;
        error -= psi;
        if (i != K) psiSlope += term / difference;
      }
      let phi: f64 = 0, phiSlope: f64 = 0;
      for (let i = n - 1; i > j; i--) {
        const difference = get(delta, i) - tau;
        const term = square(z, i) / difference;
        phi += term;
        error += phi;
        if (i != K) phiSlope += term / difference;
      }
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
  for (let i = 0; i < n; i++) store<f64>(delta + (<usize>i << 3), get(delta, i) - tau);
  const pole = get(d, K);
  store<f64>(root, pole + (squared ? tau / (pole + sqrt<f64>(pole * pole + tau)) : tau));
  store<f64>(root, tau, 8);
  store<f64>(root, <f64>K, 16);
  return status;
}

export function secularWeights(
  n: i32, dOffset: i32, zOffset: i32, DeltaOffset: i32, ldDelta: i32, squared: i32, zhatOffset: i32,
): void {
  const d = at<f64>(dOffset), z = at<f64>(zOffset), zhat = at<f64>(zhatOffset);
  const lastColumn = at<f64>(DeltaOffset + (n - 1) * ldDelta);
  for (let i = 0; i < n; i++) store<f64>(zhat + (<usize>i << 3), -get(lastColumn, i));
  for (let j = 0; j < n - 1; j++) {
    const column = at<f64>(DeltaOffset + j * ldDelta);
    for (let i = 0; i < n; i++) {
      const ratio = get(column, i) / poleDifference(get(d, i), get(d, i > j ? j : j + 1), squared);
      store<f64>(zhat + (<usize>i << 3), get(zhat, i) * ratio);
    }
  }
  for (let i = 0; i < n; i++) {
    const magnitude = sqrt<f64>(abs<f64>(get(zhat, i)));
    store<f64>(zhat + (<usize>i << 3), get(z, i) < 0 ? -magnitude : magnitude);
  }
}
