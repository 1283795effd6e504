// The triangle of a block of reflectors, and the transpose of a matrix. Twin: src/kernels/ref/reflector.ts.
import { at, bytes, lanes } from "./lane";

// @ts-ignore: decorator
@inline
function wyTriangle<T>(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  const pt = at<T>(t), column = bytes<T>(ldt), size: usize = sizeof<T>();
  for (let j = 0; j < k; j++) {
    const own = pt + <usize>j * column, inner = at<T>(gram + j * ldg);
    const tauJ = load<T>(at<T>(tau + j));
    memory.fill(own, 0, <usize>k * size);
    for (let p = 0; p < j; p++) {
      const factor = -tauJ * load<T>(inner + <usize>p * size);
      const v = v128.splat<T>(factor);
      let from = pt + <usize>p * column, to = own, i = p + 1;
      for (; i >= lanes<T>(); i -= lanes<T>(), from += 16, to += 16) {
        v128.store(to, v128.add<T>(v128.load(to), v128.mul<T>(v, v128.load(from))));
      }
      for (; i > 0; i--, from += size, to += size) store<T>(to, load<T>(to) + factor * load<T>(from));
    }
    store<T>(own + <usize>j * size, tauJ);
  }
}

const TILE = 16; // elements a side: what a tile reads and writes stays in the first-level cache

// Four (f64) or sixteen (f32) elements at p, columns `down` bytes apart, to q, columns `across` bytes apart.
// @ts-ignore: decorator
@inline
function transposeSquare<T>(p: usize, down: usize, q: usize, across: usize): void {
  const a = v128.load(p), b = v128.load(p + down);
  if (sizeof<T>() == 8) {
    v128.store(q, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(q + across, v128.shuffle<f64>(a, b, 1, 3));
  } else {
    const c = v128.load(p + 2 * down), d = v128.load(p + 3 * down);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(q, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(q + across, v128.shuffle<f64>(ab, cd, 1, 3));
    v128.store(q + 2 * across, v128.shuffle<f64>(AB, CD, 0, 2));
    v128.store(q + 3 * across, v128.shuffle<f64>(AB, CD, 1, 3));
  }
}

// @ts-ignore: decorator
@inline
function transpose<T>(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  const down = bytes<T>(lda), across = bytes<T>(ldb), side = lanes<T>();
  for (let j0 = 0; j0 < n; j0 += TILE) {
    const j1 = min(n, j0 + TILE);
    for (let i0 = 0; i0 < m; i0 += TILE) {
      const i1 = min(m, i0 + TILE);
      let j = j0;
      for (; j <= j1 - side; j += side) {
        let i = i0, from = at<T>(a + i0 + j * lda), to = at<T>(b + j + i0 * ldb);
        for (; i <= i1 - side; i += side, from += 16, to += <usize>side * across) {
          transposeSquare<T>(from, down, to, across);
        }
        for (; i < i1; i++, from += sizeof<T>(), to += across) {
          for (let k = 0; k < side; k++) store<T>(to + bytes<T>(k), load<T>(from + <usize>k * down));
        }
      }
      for (; j < j1; j++) {
        let from = at<T>(a + i0 + j * lda), to = at<T>(b + j + i0 * ldb);
        for (let i = i0; i < i1; i++, from += sizeof<T>(), to += across) store<T>(to, load<T>(from));
      }
    }
  }
}

export function wyTriangleF64(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  wyTriangle<f64>(k, tau, gram, ldg, t, ldt);
}
export function wyTriangleF32(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  wyTriangle<f32>(k, tau, gram, ldg, t, ldt);
}
export function transposeF64(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  transpose<f64>(m, n, a, lda, b, ldb);
}
export function transposeF32(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  transpose<f32>(m, n, a, lda, b, ldb);
}
