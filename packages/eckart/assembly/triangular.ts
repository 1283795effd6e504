// Triangular systems with many right-hand sides. Twin: src/kernels/ref/triangular.ts. Serves the small triangles on the
// diagonal of a blocked solve, so vectors are short and bound by the latency of their sums.
import { at, bytes, lanes, laneSum } from "./lane";

// y ← y − a·x
// @ts-ignore: decorator
@inline
function subtract<T>(n: i32, a: T, px: usize, py: usize): void {
  const v = v128.splat<T>(a);
  for (; n >= lanes<T>(); n -= lanes<T>(), px += 16, py += 16) {
    v128.store(py, v128.sub<T>(v128.load(py), v128.mul<T>(v, v128.load(px))));
  }
  for (; n > 0; n--, px += sizeof<T>(), py += sizeof<T>()) store<T>(py, load<T>(py) - a * load<T>(px));
}

// @ts-ignore: decorator
@inline
function inner<T>(n: i32, px: usize, py: usize): T {
  let s = v128.splat<T>(0);
  for (; n >= lanes<T>(); n -= lanes<T>(), px += 16, py += 16) {
    s = v128.add<T>(s, v128.mul<T>(v128.load(px), v128.load(py)));
  }
  let sum = laneSum<T>(s);
  for (; n > 0; n--, px += sizeof<T>(), py += sizeof<T>()) sum += load<T>(px) * load<T>(py);
  return sum;
}

// One column of op(T)·x = b. Step i takes unknown p; the triangle beyond it lies in column p of T.
// @ts-ignore: decorator
@inline
function solveColumn<T>(upper: i32, trans: i32, unit: i32, m: i32, t: usize, column: usize, b: usize): void {
  const size: usize = sizeof<T>();
  const down = upper == trans; // unknowns are found from the first to the last
  for (let i = 0; i < m; i++) {
    const p = down ? i : m - 1 - i;
    const head = t + <usize>p * column;
    const diagonal = head + <usize>p * size;
    const bp = b + <usize>p * size;
    // rows of column p strictly inside the triangle
    const rows = upper ? p : m - 1 - p;
    const tail = upper ? head : diagonal + size;
    const part = upper ? b : bp + size;
    if (trans) store<T>(bp, load<T>(bp) - inner<T>(rows, tail, part));
    if (!unit) store<T>(bp, load<T>(bp) / load<T>(diagonal));
    if (!trans) subtract<T>(rows, load<T>(bp), tail, part);
  }
}

// @ts-ignore: decorator
@inline
function trsm<T>(
  right: i32, upper: i32, trans: i32, unit: i32, m: i32, n: i32, t: i32, ldt: i32, b: i32, ldb: i32,
): void {
  const pt = at<T>(t), pb = at<T>(b), st = bytes<T>(ldt), sb = bytes<T>(ldb), size: usize = sizeof<T>();
  if (!right) {
    for (let j: usize = 0; j < <usize>n; j++) solveColumn<T>(upper, trans, unit, m, pt, st, pb + j * sb);
    return;
  }
  // X·op(T) = B: column j of X is (bⱼ − Σ xₚ·op(T)ₚⱼ)/op(T)ⱼⱼ over the columns p found before it.
  const up = upper != trans;
  const down = trans ? st : size, along = trans ? size : st;
  for (let i = 0; i < n; i++) {
    const j = up ? i : n - 1 - i;
    const x = pb + <usize>j * sb;
    const entries = pt + <usize>j * along;
    for (let q = 0; q < i; q++) {
      const p = <usize>(up ? q : n - 1 - q);
      subtract<T>(m, load<T>(entries + p * down), pb + p * sb, x);
    }
    if (!unit) {
      const d = load<T>(entries + <usize>j * down);
      for (let r: usize = 0; r < <usize>m; r++) store<T>(x + r * size, load<T>(x + r * size) / d);
    }
  }
}

export function trsmF64(
  right: i32, upper: i32, trans: i32, unit: i32, m: i32, n: i32, t: i32, ldt: i32, b: i32, ldb: i32,
): void {
  trsm<f64>(right, upper, trans, unit, m, n, t, ldt, b, ldb);
}
export function trsmF32(
  right: i32, upper: i32, trans: i32, unit: i32, m: i32, n: i32, t: i32, ldt: i32, b: i32, ldb: i32,
): void {
  trsm<f32>(right, upper, trans, unit, m, n, t, ldt, b, ldb);
}
