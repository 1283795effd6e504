// The chase of implicit QR on a Hessenberg matrix. Twin: src/kernels/ref/francis.ts, which explains it. The reflector is
// made in f64 whatever the dtype; it turns columns by vectors of rows, and rows by pairs of columns.
import { at, bytes, lanes } from "./lane";

// x ← x − sum, y ← y − p·sum, z ← z − q·sum with sum = τ·(x + p·y + q·z), over `rows` rows.
// @ts-ignore: decorator
@inline
function turnColumns<T>(rows: i32, px: usize, ld: usize, wide: bool, tau: f64, p: f64, q: f64): void {
  const vt = v128.splat<T>(<T>tau), vp = v128.splat<T>(<T>p), vq = v128.splat<T>(<T>q);
  let py = px + ld, pz = py + ld;
  if (wide) {
    for (; rows >= lanes<T>(); rows -= lanes<T>(), px += 16, py += 16, pz += 16) {
      const x = v128.load(px), y = v128.load(py), z = v128.load(pz);
      const sum = v128.mul<T>(vt, v128.add<T>(v128.add<T>(x, v128.mul<T>(vp, y)), v128.mul<T>(vq, z)));
      v128.store(px, v128.sub<T>(x, sum));
      v128.store(py, v128.sub<T>(y, v128.mul<T>(sum, vp)));
      v128.store(pz, v128.sub<T>(z, v128.mul<T>(sum, vq)));
    }
  }
  for (; rows > 0; rows--, px += sizeof<T>(), py += sizeof<T>(), pz += sizeof<T>()) {
    const x = <f64>load<T>(px), y = <f64>load<T>(py);
    const sum = tau * (x + p * y + (wide ? q * <f64>load<T>(pz) : 0));
    store<T>(px, <T>(x - sum));
    store<T>(py, <T>(y - sum * p));
    if (wide) store<T>(pz, <T>(<f64>load<T>(pz) - sum * q));
  }
}

// Two elements as f64.
// @ts-ignore: decorator
@inline
function loadTwo<T>(p: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(p) : f64x2.promote_low_f32x4(v128.load64_zero(p));
}

// @ts-ignore: decorator
@inline
function storeTwo<T>(p: usize, v: v128): void {
  if (sizeof<T>() == 8) v128.store(p, v);
  else v128.store64_lane(p, f32x4.demote_f64x2_zero(v), 0);
}

// Three rows of the columns at c and at d, a lane each.
// @ts-ignore: decorator
@inline
function turnPair<T>(c: usize, d: usize, tau: f64, p: f64, q: f64): void {
  const third: usize = 2 * sizeof<T>();
  const vp = f64x2.splat(p), vq = f64x2.splat(q);
  const cxy = loadTwo<T>(c), dxy = loadTwo<T>(d);
  const x = v128.shuffle<f64>(cxy, dxy, 0, 2), y = v128.shuffle<f64>(cxy, dxy, 1, 3);
  const z = f64x2.replace_lane(f64x2.splat(<f64>load<T>(c + third)), 1, <f64>load<T>(d + third));
  const sum = f64x2.mul(f64x2.splat(tau), f64x2.add(f64x2.add(x, f64x2.mul(vp, y)), f64x2.mul(vq, z)));
  const X = f64x2.sub(x, sum), Y = f64x2.sub(y, f64x2.mul(sum, vp)), Z = f64x2.sub(z, f64x2.mul(sum, vq));
  storeTwo<T>(c, v128.shuffle<f64>(X, Y, 0, 2));
  storeTwo<T>(d, v128.shuffle<f64>(X, Y, 1, 3));
  store<T>(c + third, <T>f64x2.extract_lane(Z, 0));
  store<T>(d + third, <T>f64x2.extract_lane(Z, 1));
}

// @ts-ignore: decorator
@inline
function francisChase<T>(
  h: i32, ldh: i32, from: i32, to: i32, last: i32, top: i32, columns: i32, start: i32, x: f64, y: f64, z: f64,
  Z: i32, ldz: i32, rows: i32,
): void {
  const ph = at<T>(h), pz = at<T>(Z), column = bytes<T>(ldh), columnZ = bytes<T>(ldz), size: usize = sizeof<T>();
  for (let k = from; k < to; k++) {
    const wide = k + 2 <= last;
    const corner = ph + <usize>k * (column + size);
    const left = corner - column;
    const opening = start > 0 && k == from;
    const v0 = opening ? x : <f64>load<T>(left);
    const v1 = opening ? y : <f64>load<T>(left, sizeof<T>());
    const v2 = !wide ? 0 : opening ? z : <f64>load<T>(left, 2 * sizeof<T>());
    const sum = abs(v0) + abs(v1) + abs(v2);
    if (sum == 0) continue;
    const a = v0 / sum, b = v1 / sum, c = v2 / sum;
    const norm = sqrt(a * a + b * b + c * c);
    const beta = a < 0 ? norm : -norm;
    const p = b / (a - beta), q = c / (a - beta);
    const tau = (beta - a) / beta;
    if (!opening) {
      store<T>(left, <T>(beta * sum));
      store<T>(left, 0, sizeof<T>());
      if (wide) store<T>(left, 0, 2 * sizeof<T>());
    } else if (start == 2) {
      store<T>(left, <T>(<f64>load<T>(left) * (1 - tau)));
    }
    let entry = corner, j = k;
    if (wide) {
      for (; j < columns - 1; j += 2, entry += 2 * column) turnPair<T>(entry, entry + column, tau, p, q);
    }
    for (; j < columns; j++, entry += column) {
      const u = <f64>load<T>(entry), v = <f64>load<T>(entry, sizeof<T>());
      const w: f64 = wide ? <f64>load<T>(entry, 2 * sizeof<T>()) : 0;
      const t = tau * (u + p * v + (wide ? q * w : 0));
      store<T>(entry, <T>(u - t));
      store<T>(entry, <T>(v - t * p), sizeof<T>());
      if (wide) store<T>(entry, <T>(w - t * q), 2 * sizeof<T>());
    }
    const bottom = min(k + 3, last);
    turnColumns<T>(bottom + 1 - top, ph + <usize>top * size + <usize>k * column, column, wide, tau, p, q);
    turnColumns<T>(rows, pz + <usize>k * columnZ, columnZ, wide, tau, p, q);
  }
}

export function francisChaseF64(
  h: i32, ldh: i32, from: i32, to: i32, last: i32, top: i32, columns: i32, start: i32, x: f64, y: f64, z: f64,
  Z: i32, ldz: i32, rows: i32,
): void {
  francisChase<f64>(h, ldh, from, to, last, top, columns, start, x, y, z, Z, ldz, rows);
}
export function francisChaseF32(
  h: i32, ldh: i32, from: i32, to: i32, last: i32, top: i32, columns: i32, start: i32, x: f64, y: f64, z: f64,
  Z: i32, ldz: i32, rows: i32,
): void {
  francisChase<f32>(h, ldh, from, to, last, top, columns, start, x, y, z, Z, ldz, rows);
}
