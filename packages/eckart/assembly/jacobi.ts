// One-sided Jacobi: rotations that make columns orthogonal in pairs. Twin: src/kernels/ref/jacobi.ts, which states the
// formulas. Bound by memory: a pair of columns is read once for its product and once more when it is turned, so that a
// tile of columns should stay in the first-level cache. Products of f32 are summed in f64: exact, and out of reach of
// overflow and underflow.
import { at, bytes, lanes, laneSum } from "./lane";

// @ts-ignore: decorator
@inline
function product<T>(n: i32, px: usize, py: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  if (sizeof<T>() == 8) {
    for (; n >= 8; n -= 8, px += 64, py += 64) {
      s0 = f64x2.add(s0, f64x2.mul(v128.load(px), v128.load(py)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(px, 16), v128.load(py, 16)));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(px, 32), v128.load(py, 32)));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(px, 48), v128.load(py, 48)));
    }
  } else {
    for (; n >= 4; n -= 4, px += 16, py += 16) {
      const x0 = f64x2.promote_low_f32x4(v128.load64_zero(px)), x1 = f64x2.promote_low_f32x4(v128.load64_zero(px, 8));
      const y0 = f64x2.promote_low_f32x4(v128.load64_zero(py)), y1 = f64x2.promote_low_f32x4(v128.load64_zero(py, 8));
      s0 = f64x2.add(s0, f64x2.mul(x0, y0));
      s1 = f64x2.add(s1, f64x2.mul(x1, y1));
    }
  }
  let sum = laneSum<f64>(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; n > 0; n--, px += sizeof<T>(), py += sizeof<T>()) sum += <f64>load<T>(px) * <f64>load<T>(py);
  return sum;
}

// ((a·x)ᵀ(b·y)): for columns whose plain product would underflow.
// @ts-ignore: decorator
@inline
function scaledProduct<T>(n: i32, px: usize, py: usize, a: f64, b: f64): f64 {
  let sum: f64 = 0;
  for (; n > 0; n--, px += sizeof<T>(), py += sizeof<T>()) sum += <f64>load<T>(px) * a * (<f64>load<T>(py) * b);
  return sum;
}

// @ts-ignore: decorator
@inline
function columnNorm<T>(n: i32, px: usize): f64 {
  const sum = product<T>(n, px, px);
  if (sizeof<T>() == 4 || (sum > 1e-270 && sum < 1e300)) return sqrt(sum);
  let largest: f64 = 0;
  for (let i = 0, p = px; i < n; i++, p += sizeof<T>()) largest = max(largest, abs(<f64>load<T>(p)));
  if (largest == 0) return 0;
  let scaled: f64 = 0;
  for (; n > 0; n--, px += sizeof<T>()) {
    const r = <f64>load<T>(px) / largest;
    scaled += r * r;
  }
  return largest * sqrt(scaled);
}

// x ← x + s·(y − τ·x), y ← y − s·(x + τ·y).
// @ts-ignore: decorator
@inline
function turn<T>(n: i32, px: usize, py: usize, s: T, tau: T): void {
  const vs = v128.splat<T>(s), vt = v128.splat<T>(tau);
  for (; n >= lanes<T>(); n -= lanes<T>(), px += 16, py += 16) {
    const x = v128.load(px), y = v128.load(py);
    v128.store(px, v128.add<T>(x, v128.mul<T>(vs, v128.sub<T>(y, v128.mul<T>(vt, x)))));
    v128.store(py, v128.sub<T>(y, v128.mul<T>(vs, v128.add<T>(x, v128.mul<T>(vt, y)))));
  }
  for (; n > 0; n--, px += sizeof<T>(), py += sizeof<T>()) {
    const x = load<T>(px), y = load<T>(py);
    store<T>(px, x + s * (y - tau * x));
    store<T>(py, y - s * (x + tau * y));
  }
}

// @ts-ignore: decorator
@inline
function jacobiNorms<T>(m: i32, n: i32, x: i32, ldx: i32, norms: i32): void {
  let px = at<T>(x), to = at<T>(norms);
  for (; n > 0; n--, px += bytes<T>(ldx), to += sizeof<T>()) store<T>(to, <T>columnNorm<T>(m, px));
}

// @ts-ignore: decorator
@inline
function jacobiTile<T>(m: i32, np: i32, nq: i32, p: i32, q: i32, x: i32, ldx: i32, rows: i32, v: i32, ldv: i32, norms: i32, tol: T, worst: i32): void {
  const tiny: f64 = sizeof<T>() == 8 ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
  const lost: f64 = sizeof<T>() == 8 ? 1.4901161193847656e-8 : 3.4526698300124393e-4; // √ε
  const far: f64 = 9.332636185032189e-302; // 2⁻¹⁰⁰⁰
  const out = at<T>(worst);
  let worstCosine = <f64>load<T>(out), worstTangent = <f64>load<T>(out, sizeof<T>());
  for (let i = p; i < p + np; i++) {
    const pi = at<T>(x + i * ldx), ni = at<T>(norms + i);
    for (let j = q; j < q + nq; j++) {
      const a = <f64>load<T>(ni);
      const nj = at<T>(norms + j), b = <f64>load<T>(nj);
      const small = min(a, b);
      if (!(small >= tiny && small >= far * max(a, b))) continue;
      const pj = at<T>(x + j * ldx);
      const ab = a * b;
      const cosine = sizeof<T>() == 4 || ab > 1e-270 ? product<T>(m, pi, pj) / ab : scaledProduct<T>(m, pi, pj, 1 / a, 1 / b);
      worstCosine = max(worstCosine, abs(cosine));
      if (!(abs(cosine) > <f64>tol)) continue;
      const theta = (a / b - b / a) / (2 * cosine);
      const t = abs(theta) > 134217728 ? 0.5 / theta : copysign<f64>(1, theta) / (abs(theta) + sqrt(1 + theta * theta));
      const c = 1 / sqrt(1 + t * t);
      worstTangent = max(worstTangent, abs(t));
      const sine = <T>(c * t), tau = <T>(c * t / (1 + c));
      turn<T>(m, pi, pj, sine, tau);
      if (rows > 0) turn<T>(rows, at<T>(v + i * ldv), at<T>(v + j * ldv), sine, tau);
      const keepA = 1 + t * cosine * (b / a), keepB = 1 - t * cosine * (a / b);
      store<T>(ni, <T>(keepA > lost ? a * sqrt(keepA) : columnNorm<T>(m, pi)));
      store<T>(nj, <T>(keepB > lost ? b * sqrt(keepB) : columnNorm<T>(m, pj)));
    }
  }
  store<T>(out, <T>worstCosine);
  store<T>(out, <T>worstTangent, sizeof<T>());
}

export function jacobiNormsF64(m: i32, n: i32, x: i32, ldx: i32, norms: i32): void { jacobiNorms<f64>(m, n, x, ldx, norms); }
export function jacobiNormsF32(m: i32, n: i32, x: i32, ldx: i32, norms: i32): void { jacobiNorms<f32>(m, n, x, ldx, norms); }
export function jacobiTileF64(m: i32, np: i32, nq: i32, p: i32, q: i32, x: i32, ldx: i32, rows: i32, v: i32, ldv: i32, norms: i32, tol: f64, worst: i32): void {
  jacobiTile<f64>(m, np, nq, p, q, x, ldx, rows, v, ldv, norms, tol, worst);
}
export function jacobiTileF32(m: i32, np: i32, nq: i32, p: i32, q: i32, x: i32, ldx: i32, rows: i32, v: i32, ldv: i32, norms: i32, tol: f32, worst: i32): void {
  jacobiTile<f32>(m, np, nq, p, q, x, ldx, rows, v, ldv, norms, tol, worst);
}
