// Matrix-vector kernels: column-major A, four columns a pass, so that the vector is read once for four columns.
// Twin: src/kernels/ref/matrixVector.ts. Bound by one read of A (8 bytes a multiply-add in f64), and in the first-level
// cache by instructions: two vectors of rows a turn share the addresses.
import { at, bytes, lanes, laneSum, pairSum, storePair } from "./lane";
import { PAIRS, scratch, wide } from "./scratch";

// y ← y + Σ aⱼ·Aⱼ over four columns at p0 … p3, n rows.
export function axpy4<T>(n: i32, p0: usize, p1: usize, p2: usize, p3: usize, a0: T, a1: T, a2: T, a3: T, py: usize): void {
  const v0 = v128.splat<T>(a0), v1 = v128.splat<T>(a1), v2 = v128.splat<T>(a2), v3 = v128.splat<T>(a3);
  let i: usize = 0;
  for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), i += 32) {
    const left = v128.add<T>(v128.mul<T>(v0, v128.load(p0 + i)), v128.mul<T>(v1, v128.load(p1 + i)));
    const right = v128.add<T>(v128.mul<T>(v2, v128.load(p2 + i)), v128.mul<T>(v3, v128.load(p3 + i)));
    const y = v128.add<T>(v128.load(py + i), v128.add<T>(left, right));
    const nextLeft = v128.add<T>(v128.mul<T>(v0, v128.load(p0 + i, 16)), v128.mul<T>(v1, v128.load(p1 + i, 16)));
    const nextRight = v128.add<T>(v128.mul<T>(v2, v128.load(p2 + i, 16)), v128.mul<T>(v3, v128.load(p3 + i, 16)));
    const next = v128.add<T>(v128.load(py + i, 16), v128.add<T>(nextLeft, nextRight));
    storePair(py + i, y, next);
  }
  if (n >= lanes<T>()) {
    const left = v128.add<T>(v128.mul<T>(v0, v128.load(p0 + i)), v128.mul<T>(v1, v128.load(p1 + i)));
    const right = v128.add<T>(v128.mul<T>(v2, v128.load(p2 + i)), v128.mul<T>(v3, v128.load(p3 + i)));
    const y = v128.add<T>(v128.load(py + i), v128.add<T>(left, right));
    v128.store(py + i, y);
    n -= lanes<T>();
    i += 16;
  }
  for (; n > 0; n--, i += sizeof<T>()) {
    const left = a0 * load<T>(p0 + i) + a1 * load<T>(p1 + i);
    store<T>(py + i, load<T>(py + i) + (left + (a2 * load<T>(p2 + i) + a3 * load<T>(p3 + i))));
  }
}

// @ts-ignore: decorator
@inline
function axpy1<T>(n: i32, p: usize, a: T, py: usize): void {
  const v = v128.splat<T>(a);
  let i: usize = 0;
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    v128.store(py + i, v128.add<T>(v128.load(py + i), v128.mul<T>(v, v128.load(p + i))));
  }
  for (; n > 0; n--, i += sizeof<T>()) store<T>(py + i, load<T>(py + i) + a * load<T>(p + i));
}

// Adds the four pairs of sums to four elements at out.
// @ts-ignore: decorator
@inline
function addPairs<T>(out: usize): void {
  for (let j: usize = 0; j < 4; j++) {
    const p = out + j * sizeof<T>();
    store<T>(p, load<T>(p) + pairSum<T>(scratch + PAIRS + 32 * j));
  }
}

// dot4 with two vectors of each sum, for engines that join them (docs/decisions/0025).
function dot4Wide<T>(n: i32, p0: usize, p1: usize, p2: usize, p3: usize, px: usize, out: usize): void {
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  let i: usize = 0;
  for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), i += 32) {
    const x = v128.load(px + i), y = v128.load(px + i, 16);
    s0 = v128.add<T>(s0, v128.mul<T>(x, v128.load(p0 + i)));
    t0 = v128.add<T>(t0, v128.mul<T>(y, v128.load(p0 + i, 16)));
    s1 = v128.add<T>(s1, v128.mul<T>(x, v128.load(p1 + i)));
    t1 = v128.add<T>(t1, v128.mul<T>(y, v128.load(p1 + i, 16)));
    s2 = v128.add<T>(s2, v128.mul<T>(x, v128.load(p2 + i)));
    t2 = v128.add<T>(t2, v128.mul<T>(y, v128.load(p2 + i, 16)));
    s3 = v128.add<T>(s3, v128.mul<T>(x, v128.load(p3 + i)));
    t3 = v128.add<T>(t3, v128.mul<T>(y, v128.load(p3 + i, 16)));
  }
  const sums = scratch + PAIRS;
  storePair(sums, s0, t0);
  storePair(sums + 32, s1, t1);
  storePair(sums + 64, s2, t2);
  storePair(sums + 96, s3, t3);
  dot4<T>(n, p0 + i, p1 + i, p2 + i, p3 + i, px + i, out);
  addPairs<T>(out);
}

// The four sums Aⱼᵀx, handed over in four elements at out.
export function dot4<T>(n: i32, p0: usize, p1: usize, p2: usize, p3: usize, px: usize, out: usize): void {
  if (wide && n >= 4 * lanes<T>()) return dot4Wide<T>(n, p0, p1, p2, p3, px, out);
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
  let i: usize = 0;
  for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), i += 32) {
    const x = v128.load(px + i);
    s0 = v128.add<T>(s0, v128.mul<T>(x, v128.load(p0 + i)));
    s1 = v128.add<T>(s1, v128.mul<T>(x, v128.load(p1 + i)));
    s2 = v128.add<T>(s2, v128.mul<T>(x, v128.load(p2 + i)));
    s3 = v128.add<T>(s3, v128.mul<T>(x, v128.load(p3 + i)));
    const next = v128.load(px + i, 16);
    s0 = v128.add<T>(s0, v128.mul<T>(next, v128.load(p0 + i, 16)));
    s1 = v128.add<T>(s1, v128.mul<T>(next, v128.load(p1 + i, 16)));
    s2 = v128.add<T>(s2, v128.mul<T>(next, v128.load(p2 + i, 16)));
    s3 = v128.add<T>(s3, v128.mul<T>(next, v128.load(p3 + i, 16)));
  }
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    const x = v128.load(px + i);
    s0 = v128.add<T>(s0, v128.mul<T>(x, v128.load(p0 + i)));
    s1 = v128.add<T>(s1, v128.mul<T>(x, v128.load(p1 + i)));
    s2 = v128.add<T>(s2, v128.mul<T>(x, v128.load(p2 + i)));
    s3 = v128.add<T>(s3, v128.mul<T>(x, v128.load(p3 + i)));
  }
  let r0 = laneSum<T>(s0), r1 = laneSum<T>(s1), r2 = laneSum<T>(s2), r3 = laneSum<T>(s3);
  for (; n > 0; n--, i += sizeof<T>()) {
    const x = load<T>(px + i);
    r0 += x * load<T>(p0 + i);
    r1 += x * load<T>(p1 + i);
    r2 += x * load<T>(p2 + i);
    r3 += x * load<T>(p3 + i);
  }
  store<T>(out, r0);
  store<T>(out, r1, sizeof<T>());
  store<T>(out, r2, 2 * sizeof<T>());
  store<T>(out, r3, 3 * sizeof<T>());
}

// both4 with two vectors of each sum.
function both4Wide<T>(
  n: i32, p0: usize, p1: usize, p2: usize, p3: usize, a0: T, a1: T, a2: T, a3: T, px: usize, py: usize, out: usize,
): void {
  const v0 = v128.splat<T>(a0), v1 = v128.splat<T>(a1), v2 = v128.splat<T>(a2), v3 = v128.splat<T>(a3);
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  let i: usize = 0;
  for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), i += 32) {
    const x = v128.load(px + i), nextX = v128.load(px + i, 16);
    const c0 = v128.load(p0 + i), d0 = v128.load(p0 + i, 16), c1 = v128.load(p1 + i), d1 = v128.load(p1 + i, 16);
    s0 = v128.add<T>(s0, v128.mul<T>(x, c0));
    t0 = v128.add<T>(t0, v128.mul<T>(nextX, d0));
    s1 = v128.add<T>(s1, v128.mul<T>(x, c1));
    t1 = v128.add<T>(t1, v128.mul<T>(nextX, d1));
    const left = v128.add<T>(v128.mul<T>(v0, c0), v128.mul<T>(v1, c1));
    const nextLeft = v128.add<T>(v128.mul<T>(v0, d0), v128.mul<T>(v1, d1));
    const c2 = v128.load(p2 + i), d2 = v128.load(p2 + i, 16), c3 = v128.load(p3 + i), d3 = v128.load(p3 + i, 16);
    s2 = v128.add<T>(s2, v128.mul<T>(x, c2));
    t2 = v128.add<T>(t2, v128.mul<T>(nextX, d2));
    s3 = v128.add<T>(s3, v128.mul<T>(x, c3));
    t3 = v128.add<T>(t3, v128.mul<T>(nextX, d3));
    const right = v128.add<T>(v128.mul<T>(v2, c2), v128.mul<T>(v3, c3));
    const nextRight = v128.add<T>(v128.mul<T>(v2, d2), v128.mul<T>(v3, d3));
    const y = v128.add<T>(v128.load(py + i), v128.add<T>(left, right));
    const nextY = v128.add<T>(v128.load(py + i, 16), v128.add<T>(nextLeft, nextRight));
    storePair(py + i, y, nextY);
  }
  const sums = scratch + PAIRS;
  storePair(sums, s0, t0);
  storePair(sums + 32, s1, t1);
  storePair(sums + 64, s2, t2);
  storePair(sums + 96, s3, t3);
  dot4<T>(n, p0 + i, p1 + i, p2 + i, p3 + i, px + i, out);
  axpy4<T>(n, p0 + i, p1 + i, p2 + i, p3 + i, a0, a1, a2, a3, py + i);
  addPairs<T>(out);
}

// axpy4 and dot4 in one pass over the four columns.
// @ts-ignore: decorator
@inline
function both4<T>(
  n: i32, p0: usize, p1: usize, p2: usize, p3: usize, a0: T, a1: T, a2: T, a3: T, px: usize, py: usize, out: usize,
): void {
  if (wide) {
    both4Wide<T>(n, p0, p1, p2, p3, a0, a1, a2, a3, px, py, out);
    return;
  }
  const v0 = v128.splat<T>(a0), v1 = v128.splat<T>(a1), v2 = v128.splat<T>(a2), v3 = v128.splat<T>(a3);
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
  let i: usize = 0;
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    const x = v128.load(px + i);
    const c0 = v128.load(p0 + i), c1 = v128.load(p1 + i);
    s0 = v128.add<T>(s0, v128.mul<T>(x, c0));
    s1 = v128.add<T>(s1, v128.mul<T>(x, c1));
    const left = v128.add<T>(v128.mul<T>(v0, c0), v128.mul<T>(v1, c1));
    const c2 = v128.load(p2 + i), c3 = v128.load(p3 + i);
    s2 = v128.add<T>(s2, v128.mul<T>(x, c2));
    s3 = v128.add<T>(s3, v128.mul<T>(x, c3));
    const right = v128.add<T>(v128.mul<T>(v2, c2), v128.mul<T>(v3, c3));
    v128.store(py + i, v128.add<T>(v128.load(py + i), v128.add<T>(left, right)));
  }
  let r0 = laneSum<T>(s0), r1 = laneSum<T>(s1), r2 = laneSum<T>(s2), r3 = laneSum<T>(s3);
  for (; n > 0; n--, i += sizeof<T>()) {
    const x = load<T>(px + i), c0 = load<T>(p0 + i), c1 = load<T>(p1 + i), c2 = load<T>(p2 + i), c3 = load<T>(p3 + i);
    r0 += x * c0;
    r1 += x * c1;
    r2 += x * c2;
    r3 += x * c3;
    store<T>(py + i, load<T>(py + i) + (a0 * c0 + a1 * c1 + (a2 * c2 + a3 * c3)));
  }
  store<T>(out, r0);
  store<T>(out, r1, sizeof<T>());
  store<T>(out, r2, 2 * sizeof<T>());
  store<T>(out, r3, 3 * sizeof<T>());
}

export function dot1<T>(n: i32, p: usize, px: usize): T {
  let s0 = v128.splat<T>(0), s1 = s0;
  let i: usize = 0;
  for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), i += 32) {
    s0 = v128.add<T>(s0, v128.mul<T>(v128.load(px + i), v128.load(p + i)));
    s1 = v128.add<T>(s1, v128.mul<T>(v128.load(px + i, 16), v128.load(p + i, 16)));
  }
  let sum = laneSum<T>(v128.add<T>(s0, s1));
  for (; n > 0; n--, i += sizeof<T>()) sum += load<T>(px + i) * load<T>(p + i);
  return sum;
}

// @ts-ignore: decorator
@inline
function gemv<T>(m: i32, n: i32, alpha: T, a: i32, lda: i32, x: i32, dx: i32, y: i32): void {
  let p = at<T>(a), px = at<T>(x);
  const py = at<T>(y), column = bytes<T>(lda), sx = bytes<T>(dx);
  for (; n >= 4; n -= 4, p += 4 * column, px += 4 * sx) {
    axpy4<T>(
      m, p, p + column, p + 2 * column, p + 3 * column,
      alpha * load<T>(px), alpha * load<T>(px + sx), alpha * load<T>(px + 2 * sx), alpha * load<T>(px + 3 * sx), py,
    );
  }
  for (; n > 0; n--, p += column, px += sx) axpy1<T>(m, p, alpha * load<T>(px), py);
}

// @ts-ignore: decorator
@inline
function gemvT<T>(m: i32, n: i32, alpha: T, a: i32, lda: i32, x: i32, y: i32, dy: i32): void {
  let p = at<T>(a), py = at<T>(y);
  const px = at<T>(x), column = bytes<T>(lda), sy = bytes<T>(dy);
  for (; n >= 4; n -= 4, p += 4 * column, py += 4 * sy) {
    dot4<T>(m, p, p + column, p + 2 * column, p + 3 * column, px, scratch);
    store<T>(py, load<T>(py) + alpha * load<T>(scratch));
    store<T>(py + sy, load<T>(py + sy) + alpha * load<T>(scratch, sizeof<T>()));
    store<T>(py + 2 * sy, load<T>(py + 2 * sy) + alpha * load<T>(scratch, 2 * sizeof<T>()));
    store<T>(py + 3 * sy, load<T>(py + 3 * sy) + alpha * load<T>(scratch, 3 * sizeof<T>()));
  }
  for (; n > 0; n--, p += column, py += sy) store<T>(py, load<T>(py) + alpha * dot1<T>(m, p, px));
}

// @ts-ignore: decorator
@inline
function ger<T>(m: i32, n: i32, alpha: T, x: i32, y: i32, dy: i32, a: i32, lda: i32): void {
  let p = at<T>(a), py = at<T>(y);
  const px = at<T>(x), column = bytes<T>(lda), sy = bytes<T>(dy);
  for (; n > 0; n--, p += column, py += sy) axpy1<T>(m, px, alpha * load<T>(py), p);
}

// @ts-ignore: decorator
@inline
function addRow<T>(py: usize, alpha: T, own: T, skip: usize): void {
  store<T>(py + skip, load<T>(py + skip) + alpha * (own + load<T>(scratch + skip)));
}

// One read of the lower triangle serves both the column (dot) and the mirrored row (axpy); of its first `columns` columns.
// @ts-ignore: decorator
@inline
function symv<T>(n: i32, columns: i32, alpha: T, a: i32, lda: i32, x: i32, y: i32): void {
  const rest = n - columns;
  let p = at<T>(a), px = at<T>(x), py = at<T>(y);
  const column = bytes<T>(lda), size: usize = sizeof<T>();
  for (; n - rest >= 4; n -= 4, p += 4 * (column + size), px += 4 * size, py += 4 * size) {
    const x0 = load<T>(px), x1 = load<T>(px + size), x2 = load<T>(px + 2 * size), x3 = load<T>(px + 3 * size);
    const p1 = p + column + size, p2 = p1 + column + size, p3 = p2 + column + size;
    // the four columns below the diagonal block
    const below = p + 4 * size;
    both4<T>(
      n - 4, below, below + column, below + 2 * column, below + 3 * column,
      alpha * x0, alpha * x1, alpha * x2, alpha * x3, px + 4 * size, py + 4 * size, scratch,
    );
    // the diagonal block, 4 × 4, of which the lower triangle counts
    const a10 = load<T>(p + size), a20 = load<T>(p + 2 * size), a30 = load<T>(p + 3 * size);
    const a21 = load<T>(p1 + size), a31 = load<T>(p1 + 2 * size), a32 = load<T>(p2 + size);
    addRow<T>(py, alpha, load<T>(p) * x0 + a10 * x1 + (a20 * x2 + a30 * x3), 0);
    addRow<T>(py, alpha, a10 * x0 + load<T>(p1) * x1 + (a21 * x2 + a31 * x3), size);
    addRow<T>(py, alpha, a20 * x0 + a21 * x1 + (load<T>(p2) * x2 + a32 * x3), 2 * size);
    addRow<T>(py, alpha, a30 * x0 + a31 * x1 + (a32 * x2 + load<T>(p3) * x3), 3 * size);
  }
  for (; n > rest; n--, p += column + size, px += size, py += size) {
    const xj = load<T>(px);
    const sum = dot1<T>(n - 1, p + size, px + size);
    store<T>(py, load<T>(py) + alpha * (load<T>(p) * xj + sum));
    axpy1<T>(n - 1, p + size, alpha * xj, py + size);
  }
}

// @ts-ignore: decorator
@inline
function bidiagonalPass<T>(
  m: i32, n: i32, a: i32, lda: i32, u: i32, tau: T, correction: i32, row: i32, drow: i32, y: i32, w: i32, z: i32,
): void {
  let p = at<T>(a), pc = at<T>(correction), pr = at<T>(row), py = at<T>(y), pw = at<T>(w);
  const pu = at<T>(u), pz = at<T>(z), column = bytes<T>(lda), srow = bytes<T>(drow), size: usize = sizeof<T>();
  for (; n >= 4; n -= 4, p += 4 * column, pc += 4 * size, pr += 4 * srow, py += 4 * size, pw += 4 * size) {
    dot4<T>(m, p, p + column, p + 2 * column, p + 3 * column, pu, scratch);
    for (let j: usize = 0; j < 4; j++) {
      const t = tau * (load<T>(scratch + j * size) - load<T>(pc + j * size));
      store<T>(py + j * size, t);
      store<T>(pw + j * size, load<T>(pr + j * srow) - t);
    }
    axpy4<T>(
      m, p, p + column, p + 2 * column, p + 3 * column,
      load<T>(pw), load<T>(pw, sizeof<T>()), load<T>(pw, 2 * sizeof<T>()), load<T>(pw, 3 * sizeof<T>()), pz,
    );
  }
  for (; n > 0; n--, p += column, pc += size, pr += srow, py += size, pw += size) {
    const t = tau * (dot1<T>(m, p, pu) - load<T>(pc));
    const wj = load<T>(pr) - t;
    store<T>(py, t);
    store<T>(pw, wj);
    axpy1<T>(m, p, wj, pz);
  }
}

export function gemvF64(m: i32, n: i32, alpha: f64, a: i32, lda: i32, x: i32, dx: i32, y: i32): void {
  gemv<f64>(m, n, alpha, a, lda, x, dx, y);
}
export function gemvF32(m: i32, n: i32, alpha: f32, a: i32, lda: i32, x: i32, dx: i32, y: i32): void {
  gemv<f32>(m, n, alpha, a, lda, x, dx, y);
}
export function gemvTF64(m: i32, n: i32, alpha: f64, a: i32, lda: i32, x: i32, y: i32, dy: i32): void {
  gemvT<f64>(m, n, alpha, a, lda, x, y, dy);
}
export function gemvTF32(m: i32, n: i32, alpha: f32, a: i32, lda: i32, x: i32, y: i32, dy: i32): void {
  gemvT<f32>(m, n, alpha, a, lda, x, y, dy);
}
export function gerF64(m: i32, n: i32, alpha: f64, x: i32, y: i32, dy: i32, a: i32, lda: i32): void {
  ger<f64>(m, n, alpha, x, y, dy, a, lda);
}
export function gerF32(m: i32, n: i32, alpha: f32, x: i32, y: i32, dy: i32, a: i32, lda: i32): void {
  ger<f32>(m, n, alpha, x, y, dy, a, lda);
}
export function symvF64(n: i32, columns: i32, alpha: f64, a: i32, lda: i32, x: i32, y: i32): void {
  symv<f64>(n, columns, alpha, a, lda, x, y);
}
export function symvF32(n: i32, columns: i32, alpha: f32, a: i32, lda: i32, x: i32, y: i32): void {
  symv<f32>(n, columns, alpha, a, lda, x, y);
}
export function bidiagonalPassF64(
  m: i32, n: i32, a: i32, lda: i32, u: i32, tau: f64, correction: i32, row: i32, drow: i32, y: i32, w: i32, z: i32,
): void {
  bidiagonalPass<f64>(m, n, a, lda, u, tau, correction, row, drow, y, w, z);
}
export function bidiagonalPassF32(
  m: i32, n: i32, a: i32, lda: i32, u: i32, tau: f32, correction: i32, row: i32, drow: i32, y: i32, w: i32, z: i32,
): void {
  bidiagonalPass<f32>(m, n, a, lda, u, tau, correction, row, drow, y, w, z);
}
