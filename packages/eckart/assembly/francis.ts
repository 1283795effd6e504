// The chase of implicit QR on a Hessenberg matrix. Twin: src/kernels/ref/francis.ts, which explains it. The reflector is
// made in f64 whatever the dtype; the columns that it turns go by vectors, the rows two reflectors at a time: four elements
// of a column, and several columns in a vector.
import { at, bytes, lanes } from "./lane";

// The reflector I − τ·[1 p q]ᵀ[1 p q] that was made last.
let tau: f64 = 0;
let p: f64 = 0;
let q: f64 = 0;

// The reflector that turns [v0 v1 v2] into a multiple of [1 0 0], which is returned; τ = 0 for zero.
function makeReflector(v0: f64, v1: f64, v2: f64): f64 {
  const size = abs(v0) + abs(v1) + abs(v2);
  if (size == 0) {
    tau = p = q = 0;
    return 0;
  }
  const a = v0 / size, b = v1 / size, c = v2 / size;
  const norm = sqrt(a * a + b * b + c * c);
  const beta = a < 0 ? norm : -norm;
  p = b / (a - beta);
  q = c / (a - beta);
  tau = (beta - a) / beta;
  return beta * size;
}

// Three elements from `entry` on in each of so many columns, or two where not `wide`.
function turnRows<T>(count: i32, entry: usize, column: usize, wide: bool, tau: f64, p: f64, q: f64): void {
  for (; count > 0; count--, entry += column) {
    const u = <f64>load<T>(entry), v = <f64>load<T>(entry, sizeof<T>());
    const w: f64 = wide ? <f64>load<T>(entry, 2 * sizeof<T>()) : 0;
    const t = tau * (u + p * v + q * w);
    store<T>(entry, <T>(u - t));
    store<T>(entry, <T>(v - t * p), sizeof<T>());
    if (wide) store<T>(entry, <T>(w - t * q), 2 * sizeof<T>());
  }
}

// So many rows of the three columns from px on, or of two where not `wide`.
// @ts-ignore: decorator
@inline
function turnColumns<T>(rows: i32, px: usize, column: usize, wide: bool, tau: f64, p: f64, q: f64): void {
  const t = v128.splat<T>(<T>tau), vp = v128.splat<T>(<T>p), vq = v128.splat<T>(<T>q);
  let py = px + column, pz = py + column;
  if (wide) {
    for (; rows >= lanes<T>(); rows -= lanes<T>(), px += 16, py += 16, pz += 16) {
      const x = v128.load(px), y = v128.load(py), z = v128.load(pz);
      const sum = v128.mul<T>(t, v128.add<T>(v128.add<T>(x, v128.mul<T>(vp, y)), v128.mul<T>(vq, z)));
      v128.store(px, v128.sub<T>(x, sum));
      v128.store(py, v128.sub<T>(y, v128.mul<T>(sum, vp)));
      v128.store(pz, v128.sub<T>(z, v128.mul<T>(sum, vq)));
    }
  }
  for (; rows > 0; rows--, px += sizeof<T>(), py += sizeof<T>(), pz += sizeof<T>()) {
    const x = <f64>load<T>(px), y = <f64>load<T>(py), z: f64 = wide ? <f64>load<T>(pz) : 0;
    const sum = tau * (x + p * y + q * z);
    store<T>(px, <T>(x - sum));
    store<T>(py, <T>(y - sum * p));
    if (wide) store<T>(pz, <T>(z - sum * q));
  }
}

// `turnRows` by the reflector (t, r, s) of the first three elements and then by (tau, p, q) of the next three.
// @ts-ignore: decorator
@inline
function turnRowsTwice<T>(count: i32, entry: usize, column: usize, t: f64, r: f64, s: f64, tau: f64, p: f64, q: f64): void {
  const ta = v128.splat<T>(<T>t), pa = v128.splat<T>(<T>r), qa = v128.splat<T>(<T>s);
  const tpa = v128.splat<T>(<T>(t * r)), tqa = v128.splat<T>(<T>(t * s));
  const tb = v128.splat<T>(<T>tau), pb = v128.splat<T>(<T>p), qb = v128.splat<T>(<T>q);
  const tpb = v128.splat<T>(<T>(tau * p)), tqb = v128.splat<T>(<T>(tau * q));
  const side = <usize>lanes<T>() * column;
  for (; count >= lanes<T>(); count -= lanes<T>(), entry += side) {
    const e1 = entry + column, e2 = e1 + column, e3 = e2 + column;
    let x: v128, y: v128, z: v128, w: v128;
    if (sizeof<T>() == 8) {
      const c0 = v128.load(entry), d0 = v128.load(entry, 16), c1 = v128.load(e1), d1 = v128.load(e1, 16);
      x = v128.shuffle<f64>(c0, c1, 0, 2);
      y = v128.shuffle<f64>(c0, c1, 1, 3);
      z = v128.shuffle<f64>(d0, d1, 0, 2);
      w = v128.shuffle<f64>(d0, d1, 1, 3);
    } else {
      const c0 = v128.load(entry), c1 = v128.load(e1), c2 = v128.load(e2), c3 = v128.load(e3);
      const low = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5), LOW = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7), HIGH = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
      x = v128.shuffle<f64>(low, LOW, 0, 2);
      y = v128.shuffle<f64>(low, LOW, 1, 3);
      z = v128.shuffle<f64>(high, HIGH, 0, 2);
      w = v128.shuffle<f64>(high, HIGH, 1, 3);
    }
    const a = v128.add<T>(x, v128.add<T>(v128.mul<T>(pa, y), v128.mul<T>(qa, z)));
    x = v128.sub<T>(x, v128.mul<T>(ta, a));
    y = v128.sub<T>(y, v128.mul<T>(tpa, a));
    z = v128.sub<T>(z, v128.mul<T>(tqa, a));
    const b = v128.add<T>(y, v128.add<T>(v128.mul<T>(pb, z), v128.mul<T>(qb, w)));
    y = v128.sub<T>(y, v128.mul<T>(tb, b));
    z = v128.sub<T>(z, v128.mul<T>(tpb, b));
    w = v128.sub<T>(w, v128.mul<T>(tqb, b));
    if (sizeof<T>() == 8) {
      v128.store(entry, v128.shuffle<f64>(x, y, 0, 2));
      v128.store(entry, v128.shuffle<f64>(z, w, 0, 2), 16);
      v128.store(e1, v128.shuffle<f64>(x, y, 1, 3));
      v128.store(e1, v128.shuffle<f64>(z, w, 1, 3), 16);
    } else {
      const low = v128.shuffle<f32>(x, y, 0, 4, 1, 5), LOW = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(x, y, 2, 6, 3, 7), HIGH = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
      v128.store(entry, v128.shuffle<f64>(low, LOW, 0, 2));
      v128.store(e1, v128.shuffle<f64>(low, LOW, 1, 3));
      v128.store(e2, v128.shuffle<f64>(high, HIGH, 0, 2));
      v128.store(e3, v128.shuffle<f64>(high, HIGH, 1, 3));
    }
  }
  if (count == 0) return;
  turnRows<T>(count, entry, column, true, t, r, s);
  turnRows<T>(count, entry + sizeof<T>(), column, true, tau, p, q);
}

function francisChase<T>(
  h: i32, ldh: i32, from: i32, to: i32, last: i32, top: i32, columns: i32, start: i32, x: f64, y: f64, z: f64,
  Z: i32, ldz: i32, rows: i32,
): void {
  const ph = at<T>(h), pz = at<T>(Z), column = bytes<T>(ldh), columnZ = bytes<T>(ldz);
  let waiting = false; // whether this reflector is the second of two, (t, r, s) the first
  let t: f64 = 0, r: f64 = 0, s: f64 = 0;
  for (let k = from; k < to; k++) {
    const wide = k + 2 <= last;
    const corner = ph + <usize>k * (column + sizeof<T>());
    const left = corner - column;
    if (start > 0 && k == from) {
      makeReflector(x, y, wide ? z : 0);
      if (start == 2) store<T>(left, <T>(<f64>load<T>(left) * (1 - tau)));
    } else {
      const v2: f64 = wide ? <f64>load<T>(left, 2 * sizeof<T>()) : 0;
      store<T>(left, <T>makeReflector(<f64>load<T>(left), <f64>load<T>(left, sizeof<T>()), v2));
      store<T>(left, 0, sizeof<T>());
      if (wide) store<T>(left, 0, 2 * sizeof<T>());
    }
    // The first of two turns rows up to column k + 3, which the second needs; both turn the rest of them together.
    const first = !waiting && k + 1 < to && k + 3 <= last;
    const beyond = first ? min(columns, k + 4) : waiting ? min(columns, k + 3) : columns;
    turnRows<T>(beyond - k, corner, column, wide, tau, p, q);
    if (waiting) turnRowsTwice<T>(columns - beyond, corner + 3 * column - sizeof<T>(), column, t, r, s, tau, p, q);
    waiting = first;
    t = tau, r = p, s = q;
    turnColumns<T>(min(k + 3, last) + 1 - top, ph + bytes<T>(top) + <usize>k * column, column, wide, tau, p, q);
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
