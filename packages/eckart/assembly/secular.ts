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

// ... of the two poles at d.
// @ts-ignore: decorator
@inline
function twoDifferences(d: usize, dk: f64, squared: i32): v128 {
  const di = v128.load(d), v = f64x2.splat(dk), difference = f64x2.sub(di, v);
  return squared ? f64x2.mul(difference, f64x2.add(di, v)) : difference;
}

function poleDifferences(n: i32, d: usize, dk: f64, squared: i32, to: usize): void {
  for (; n > 1; n -= 2, d += 16, to += 16) v128.store(to, twoDifferences(d, dk, squared));
  if (n > 0) store<f64>(to, poleDifference(load<f64>(d), dk, squared));
}

function modelRoot(c: f64, s: f64, S: f64, g: f64): f64 {
  const a = c * g + s + S;
  const b = s * g;
  const r = (g > 0 ? 1.0 : -1.0) * sqrt<f64>(max<f64>(0, a * a - 4 * b * c));
  return a * r > 0 ? (2 * b) / (a + r) : (a - r) / (2 * c);
}

// Sums over the poles i = from … to−1, at the distances get(delta, i) − tau: `sum` of zᵢ²/distance, `slope` of
// zᵢ²/distance², and `partial` of the magnitudes of the partial sums, which bounds the rounding of `sum`. Two lanes
// run side by side, ascending or, where `down`, descending: what is nearest to the root is added last. Two poles of a lane
// share a division. All terms have the same sign.
let sum: f64 = 0;
let slope: f64 = 0;
let partial: f64 = 0;

function sumPoles(delta: usize, z: usize, from: i32, to: i32, tau: f64, down: bool): void {
  let s = f64x2.splat(0), ds = s, ps = s;
  const t = f64x2.splat(tau), one = f64x2.splat(1);
  const pair: isize = down ? -16 : 16;
  let left = to - from;
  let i = <isize>(down ? to - 2 : from) << 3;
  for (; left > 3; left -= 4, i += 2 * pair) {
    const x = f64x2.sub(v128.load(delta + i), t), y = f64x2.sub(v128.load(delta + i + pair), t);
    const zx = v128.load(z + i), zy = v128.load(z + i + pair);
    const r = f64x2.div(one, f64x2.mul(x, y)), rx = f64x2.mul(r, y), ry = f64x2.mul(r, x);
    const near = f64x2.mul(f64x2.mul(zx, zx), rx), next = f64x2.mul(f64x2.mul(zy, zy), ry);
    s = f64x2.add(s, f64x2.add(near, next));
    ps = f64x2.add(ps, s);
    ds = f64x2.add(ds, f64x2.add(f64x2.mul(near, rx), f64x2.mul(next, ry)));
  }
  sum = laneSum<f64>(s);
  slope = laneSum<f64>(ds);
  partial = abs<f64>(sum + laneSum<f64>(ps));
  for (; left > 0; left--) {
    const k = down ? from + left - 1 : to - left;
    const r = 1 / (get(delta, k) - tau);
    const term = square(z, k) * r;
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

  let middle: f64 = 0;
  if (last) {
    for (let i = 0; i < n; i++) middle += square(z, i);
    middle *= rho / 2;
  } else middle = get(delta, j + 1) / 2;
  let far = last ? j - 1 : j + 1;
  sumPoles(delta, z, 0, last ? j - 1 : j, middle, false);
  const below = sum;
  sumPoles(delta, z, j + 2, n, middle, true);
  const rest = constant + below + sum;
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
    const farWeight = square(z, far);
    const opposite = last ? constant : (side > 0 ? constant + sum : -below) + farWeight / abs<f64>(middle);
    let low = (0.5 * weight) / opposite;
    let high = last ? 4 * middle : middle;
    t = modelRoot(side * rest, weight, farWeight, g);
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
      const near = weight / t, own = -side * near;
      sumPoles(delta, z, 0, side > 0 ? j : j + 1, tau, false);
      const psi = side > 0 ? sum + own : sum;
      const psiSlope = slope;
      let error = partial + abs<f64>(psi);
      sumPoles(delta, z, side > 0 ? j + 1 : j + 2, n, tau, true);
      const phi = side > 0 ? sum : sum + own;
      const phiSlope = slope;
      error += partial + abs<f64>(phi);
      const f = constant + phi + psi;
      error += constant + 8 * (phi - psi) + near + t * (psiSlope + phiSlope);
      const found = abs<f64>(f) <= EPSILON * error;
      if (side * f < 0) low = t;
      else high = t;
      if (!last && abs<f64>(f) > 0.1 * before) merge = !merge;
      before = abs<f64>(f);
      const nearSlope = side > 0 ? psiSlope : phiSlope;
      const ownSide = merge ? nearSlope : 0;
      const other = (g - t) * (psiSlope + phiSlope - ownSide);
      const here = t;
      t = modelRoot(side * f + near + t * ownSide - other, weight + t * t * ownSide, (g - t) * other, g);
      if (found) {
        if (!(t > low && t < high)) t = here;
        status = 0;
        break;
      }
    }
  }

  const tau = side * t;
  const shift = f64x2.splat(tau);
  let to = delta, left = n;
  for (; left > 1; left -= 2, to += 16) v128.store(to, f64x2.sub(v128.load(to), shift));
  if (left > 0) store<f64>(to, load<f64>(to) - tau);
  const pole = get(d, K);
  store<f64>(root, pole + (squared ? tau / (pole + sqrt<f64>(pole * pole + tau)) : tau));
  store<f64>(root, tau, 8);
  store<f64>(root, <f64>K, 16);
  return status;
}

// ẑᵢ ← ẑᵢ·(ΔᵢΔ′ᵢ)/((pᵢ − p)(pᵢ − p′)) for i = from … to−1, where p and p′ are those of dk and dl, Δ and Δ′ two columns.
function multiplyRatios(
  from: i32, to: i32, d: usize, dk: f64, dl: f64, squared: i32, column: usize, next: usize, zhat: usize,
): void {
  let i = from;
  for (; i < to - 1; i += 2) {
    const skip = <usize>i << 3;
    const above = f64x2.mul(v128.load(column + skip), v128.load(next + skip));
    const below = f64x2.mul(twoDifferences(d + skip, dk, squared), twoDifferences(d + skip, dl, squared));
    v128.store(zhat + skip, f64x2.mul(v128.load(zhat + skip), f64x2.div(above, below)));
  }
  if (i < to) {
    const above = get(column, i) * get(next, i);
    const below = poleDifference(get(d, i), dk, squared) * poleDifference(get(d, i), dl, squared);
    store<f64>(zhat + (<usize>i << 3), get(zhat, i) * (above / below));
  }
}

export function secularWeights(
  n: i32, dOffset: i32, zOffset: i32, DeltaOffset: i32, ldDelta: i32, squared: i32, zhatOffset: i32,
): void {
  const d = at<f64>(dOffset), z = at<f64>(zOffset), zhat = at<f64>(zhatOffset);
  const first = at<f64>(DeltaOffset), lastColumn = at<f64>(DeltaOffset + (n - 1) * ldDelta);
  const odd = (n - 1) & 1;
  for (let i = 0; i < n; i++) {
    const ratio = odd ? get(first, i) / poleDifference(get(d, i), get(d, i > 0 ? 0 : 1), squared) : 1;
    store<f64>(zhat + (<usize>i << 3), -get(lastColumn, i) * ratio);
  }
  for (let j = odd; j < n - 1; j += 2) {
    const column = at<f64>(DeltaOffset + j * ldDelta), next = column + at<f64>(ldDelta);
    const dj = get(d, j), between = get(d, j + 1), beyond = get(d, j + 2);
    multiplyRatios(0, j + 1, d, between, beyond, squared, column, next, zhat);
    multiplyRatios(j + 1, j + 2, d, dj, beyond, squared, column, next, zhat);
    multiplyRatios(j + 2, n, d, dj, between, squared, column, next, zhat);
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
