// C ← α·op(A)·op(B) + β·C, column-major. Twin: src/kernels/ref/gemm.ts.
//
// Loops after Goto & van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (TOMS 34, 2008): a block of op(B),
// KC × NC, is packed into panels of NR columns, and a micro-kernel multiplies MR rows of A with one panel, all MR × NR
// sums in registers. A is read as it lies, as many rows at a time as stay in the first-level cache with all their KC
// columns; only rows of Aᵀ and the last few are packed.
// MR is two vectors (4 in f64, 8 in f32) and NR is 4: eight sums and six operands are what fifteen registers hold. The
// loop over k is not unrolled: engines unroll it themselves, and more loads a step spill. Bound by the multiply and add
// units. Engines that join pairs of vectors get tiles of twice the height (docs/decisions/0025).
import { at, bytes, lanes, laneSum, loadSplat, pairSum, storePair } from "./lane";
import { BEHIND_PAIRS, PAIRS, scratch, wide } from "./scratch";

const KC = 256; // common length
const BLOCK = 16384; // bytes of op(A) that stay in the first-level cache
const NC = 512; // columns of op(B) a block: KC·NC·8 = 1 MB, the second-level cache
const NR = 4;
const DOT_KC = 512; // common length in AᵀB, which is not packed
const DOT_COLUMNS = 64; // columns of A a block there: DOT_KC·DOT_COLUMNS·8 = 256 KB stays in the second-level cache

const TILE = PAIRS; // byte offset of the MR × NR tile for the edges, then the panels of op(A) and op(B)
const PANELS_A = BEHIND_PAIRS;
const PANELS_B = PANELS_A + BLOCK;

// `rows` ≤ MR rows of op(A), kc long → a panel, k-major, padded with zeros to MR rows.
// @ts-ignore: decorator
@inline
function packA<T>(transA: bool, MR: i32, rows: i32, kc: i32, a: usize, lda: usize, to: usize): void {
  const down = transA ? lda : sizeof<T>();
  const along = transA ? sizeof<T>() : lda;
  for (; kc > 0; kc--, a += along) {
    let p = a;
    for (let r = 0; r < MR; r++, p += down, to += sizeof<T>()) store<T>(to, r < rows ? load<T>(p) : 0);
  }
}

// Two elements of each of the four columns at p, times α, as rows: the transpose of a 4 × 2 tile in f64.
// @ts-ignore: decorator
@inline
function packPair(v: v128, p: usize, along: usize, to: usize): void {
  const c0 = f64x2.mul(v, v128.load(p)), c1 = f64x2.mul(v, v128.load(p + along));
  const c2 = f64x2.mul(v, v128.load(p + 2 * along)), c3 = f64x2.mul(v, v128.load(p + 3 * along));
  v128.store(to, v128.shuffle<f64>(c0, c1, 0, 2));
  v128.store(to, v128.shuffle<f64>(c2, c3, 0, 2), 16);
  v128.store(to, v128.shuffle<f64>(c0, c1, 1, 3), 32);
  v128.store(to, v128.shuffle<f64>(c2, c3, 1, 3), 48);
}

// α·op(B)(p0 … p0+kc−1, j0 … j0+nc−1) → panels of NR columns, each k-major, the last one padded with zeros.
// @ts-ignore: decorator
@inline
function packB<T>(transB: bool, kc: i32, nc: i32, alpha: T, b: usize, ldb: usize, to: usize): void {
  const down = transB ? ldb : sizeof<T>();
  const along = transB ? sizeof<T>() : ldb;
  const v = v128.splat<T>(alpha);
  for (let j = 0; j < nc; j += NR) {
    const columns = min(NR, nc - j);
    let p = b + <usize>j * along;
    let k = 0;
    if (columns == NR && transB) {
      for (; k < kc; k++, p += down, to += NR * sizeof<T>()) {
        v128.store(to, v128.mul<T>(v, v128.load(p)));
        if (sizeof<T>() == 8) v128.store(to, v128.mul<T>(v, v128.load(p, 16)), 16);
      }
    } else if (columns == NR) {
      if (sizeof<T>() == 8) for (; k < kc - 1; k += 2, p += 16, to += 64) packPair(v, p, along, to);
      for (; k < kc; k++, p += sizeof<T>(), to += NR * sizeof<T>()) {
        store<T>(to, alpha * load<T>(p));
        store<T>(to, alpha * load<T>(p + along), sizeof<T>());
        store<T>(to, alpha * load<T>(p + 2 * along), 2 * sizeof<T>());
        store<T>(to, alpha * load<T>(p + 3 * along), 3 * sizeof<T>());
      }
    }
    for (; k < kc; k++, p += down) {
      for (let r = 0; r < NR; r++, to += sizeof<T>()) {
        store<T>(to, r < columns ? alpha * load<T>(p + <usize>r * along) : 0);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function writeColumn<T>(p: usize, beta: T, top: v128, bottom: v128): void {
  if (beta == 0) {
    v128.store(p, top);
    v128.store(p, bottom, 16);
  } else if (beta == 1) {
    v128.store(p, v128.add<T>(v128.load(p), top));
    v128.store(p, v128.add<T>(v128.load(p, 16), bottom), 16);
  } else {
    const b = v128.splat<T>(beta);
    v128.store(p, v128.add<T>(v128.mul<T>(b, v128.load(p)), top));
    v128.store(p, v128.add<T>(v128.mul<T>(b, v128.load(p, 16)), bottom), 16);
  }
}

// One MR × NR tile: C ← A·(panel of B) + β·C, with `da` bytes between the columns of A.
// @ts-ignore: decorator
@inline
function microKernel<T>(kc: i32, a: usize, da: usize, b: usize, beta: T, c: usize, ldc: usize): void {
  let t0 = v128.splat<T>(0), t1 = t0, t2 = t0, t3 = t0;
  let u0 = t0, u1 = t0, u2 = t0, u3 = t0;
  for (; kc > 0; kc--, a += da, b += NR * sizeof<T>()) {
    const top = v128.load(a), bottom = v128.load(a, 16);
    const b0 = loadSplat<T>(b), b1 = loadSplat<T>(b, sizeof<T>());
    t0 = v128.add<T>(t0, v128.mul<T>(top, b0));
    u0 = v128.add<T>(u0, v128.mul<T>(bottom, b0));
    t1 = v128.add<T>(t1, v128.mul<T>(top, b1));
    u1 = v128.add<T>(u1, v128.mul<T>(bottom, b1));
    const b2 = loadSplat<T>(b, 2 * sizeof<T>()), b3 = loadSplat<T>(b, 3 * sizeof<T>());
    t2 = v128.add<T>(t2, v128.mul<T>(top, b2));
    u2 = v128.add<T>(u2, v128.mul<T>(bottom, b2));
    t3 = v128.add<T>(t3, v128.mul<T>(top, b3));
    u3 = v128.add<T>(u3, v128.mul<T>(bottom, b3));
  }
  writeColumn<T>(c, beta, t0, u0);
  writeColumn<T>(c + ldc, beta, t1, u1);
  writeColumn<T>(c + 2 * ldc, beta, t2, u2);
  writeColumn<T>(c + 3 * ldc, beta, t3, u3);
}

// The same with both loads before the stores, so that an engine may join them.
// @ts-ignore: decorator
@inline
function writePair<T>(p: usize, beta: T, low: v128, high: v128): void {
  if (beta != 0) {
    const b = v128.splat<T>(beta), lower = v128.mul<T>(b, v128.load(p)), upper = v128.mul<T>(b, v128.load(p, 16));
    low = v128.add<T>(lower, low);
    high = v128.add<T>(upper, high);
  }
  storePair(p, low, high);
}

// Two tiles, one below the other.
function microKernels<T>(kc: i32, a: usize, da: usize, b: usize, beta: T, c: usize, ldc: usize): void {
  let t0 = v128.splat<T>(0), t1 = t0, t2 = t0, t3 = t0, u0 = t0, u1 = t0, u2 = t0, u3 = t0;
  let v0 = t0, v1 = t0, v2 = t0, v3 = t0, w0 = t0, w1 = t0, w2 = t0, w3 = t0;
  for (; kc > 0; kc--, a += da, b += NR * sizeof<T>()) {
    const t = v128.load(a), u = v128.load(a, 16), v = v128.load(a, 32), w = v128.load(a, 48);
    let entry = loadSplat<T>(b);
    t0 = v128.add<T>(t0, v128.mul<T>(t, entry));
    u0 = v128.add<T>(u0, v128.mul<T>(u, entry));
    v0 = v128.add<T>(v0, v128.mul<T>(v, entry));
    w0 = v128.add<T>(w0, v128.mul<T>(w, entry));
    entry = loadSplat<T>(b, sizeof<T>());
    t1 = v128.add<T>(t1, v128.mul<T>(t, entry));
    u1 = v128.add<T>(u1, v128.mul<T>(u, entry));
    v1 = v128.add<T>(v1, v128.mul<T>(v, entry));
    w1 = v128.add<T>(w1, v128.mul<T>(w, entry));
    entry = loadSplat<T>(b, 2 * sizeof<T>());
    t2 = v128.add<T>(t2, v128.mul<T>(t, entry));
    u2 = v128.add<T>(u2, v128.mul<T>(u, entry));
    v2 = v128.add<T>(v2, v128.mul<T>(v, entry));
    w2 = v128.add<T>(w2, v128.mul<T>(w, entry));
    entry = loadSplat<T>(b, 3 * sizeof<T>());
    t3 = v128.add<T>(t3, v128.mul<T>(t, entry));
    u3 = v128.add<T>(u3, v128.mul<T>(u, entry));
    v3 = v128.add<T>(v3, v128.mul<T>(v, entry));
    w3 = v128.add<T>(w3, v128.mul<T>(w, entry));
  }
  const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
  writePair<T>(c, beta, t0, u0);
  writePair<T>(c1, beta, t1, u1);
  writePair<T>(c2, beta, t2, u2);
  writePair<T>(c3, beta, t3, u3);
  writePair<T>(c + 32, beta, v0, w0);
  writePair<T>(c1 + 32, beta, v1, w1);
  writePair<T>(c2 + 32, beta, v2, w2);
  writePair<T>(c3 + 32, beta, v3, w3);
}

// A tile that reaches over the edge of C is made beside it and copied in part.
// @ts-ignore: decorator
@inline
function edgeTile<T>(
  pairs: bool, kc: i32, a: usize, da: usize, b: usize, beta: T, c: usize, ldc: usize, rows: i32, columns: i32,
): void {
  const tile = scratch + TILE, height = pairs ? 64 : 32;
  if (pairs) microKernels<T>(kc, a, da, b, 0, tile, height);
  else microKernel<T>(kc, a, da, b, 0, tile, height);
  for (let j = 0; j < columns; j++) {
    let from = tile + <usize>(j * height);
    let to = c + <usize>j * ldc;
    for (let i = 0; i < rows; i++, from += sizeof<T>(), to += sizeof<T>()) {
      store<T>(to, beta == 0 ? load<T>(from) : beta * load<T>(to) + load<T>(from));
    }
  }
}

// m rows of op(A) times the packed block of op(B), by tiles or by pairs of them.
// @ts-ignore: decorator
@inline
function macroKernel<T>(
  pairs: bool, transA: bool, m: i32, nc: i32, kc: i32, a: usize, lda: usize, beta: T, c: usize, ldc: usize,
): void {
  const height = pairs ? 64 : 32; // bytes of MR rows
  const MR = height / <i32>sizeof<T>();
  const MC = BLOCK / (kc * height) * MR;
  const down = transA ? lda : sizeof<T>();
  for (let i = 0; i < m; i += MC, a += <usize>MC * down, c += bytes<T>(MC)) {
    const mc = min(MC, m - i);
    const whole = transA ? 0 : mc - mc % MR;
    for (let r = whole; r < mc; r += MR) {
      packA<T>(transA, MR, min(MR, mc - r), kc, a + <usize>r * down, lda, scratch + PANELS_A + bytes<T>(r * kc));
    }
    let b = scratch + PANELS_B, column = c;
    for (let j = 0; j < nc; j += NR, b += bytes<T>(NR * kc), column += NR * ldc) {
      const columns = min(NR, nc - j);
      for (let r = 0; r < mc; r += MR) {
        const rows = min(MR, mc - r);
        const pa = r < whole ? a + bytes<T>(r) : scratch + PANELS_A + bytes<T>(r * kc);
        const da = r < whole ? lda : height;
        const tile = column + bytes<T>(r);
        if (rows == MR && columns == NR) {
          if (pairs) microKernels<T>(kc, pa, da, b, beta, tile, ldc);
          else microKernel<T>(kc, pa, da, b, beta, tile, ldc);
        } else edgeTile<T>(pairs, kc, pa, da, b, beta, tile, ldc, rows, columns);
      }
    }
  }
}

// C ← α·AᵀB + β·C for columns of A and of B that are `kc` long: both are read as they lie, four columns of A beside two
// of B, and the lanes of each of the eight sums are added at the end.
// @ts-ignore: decorator
@inline
function dotTile<T>(
  pairs: bool, kc: i32, alpha: T, a: usize, lda: usize, b: usize, ldb: usize, beta: T, c: usize, ldc: usize,
): void {
  let t0 = v128.splat<T>(0), t1 = t0, t2 = t0, t3 = t0;
  let u0 = t0, u1 = t0, u2 = t0, u3 = t0;
  const a1 = a + lda, a2 = a + 2 * lda, a3 = a + 3 * lda, b1 = b + ldb;
  const whole = kc & ~(lanes<T>() - 1);
  const end = bytes<T>(whole);
  for (let i: usize = pairs ? dotPairs<T>(kc, a, lda, b, ldb) : 0; i < end; i += 16) {
    const x = v128.load(b + i), y = v128.load(b1 + i);
    const v0 = v128.load(a + i), v1 = v128.load(a1 + i);
    t0 = v128.add<T>(t0, v128.mul<T>(v0, x));
    u0 = v128.add<T>(u0, v128.mul<T>(v0, y));
    t1 = v128.add<T>(t1, v128.mul<T>(v1, x));
    u1 = v128.add<T>(u1, v128.mul<T>(v1, y));
    const v2 = v128.load(a2 + i), v3 = v128.load(a3 + i);
    t2 = v128.add<T>(t2, v128.mul<T>(v2, x));
    u2 = v128.add<T>(u2, v128.mul<T>(v2, y));
    t3 = v128.add<T>(t3, v128.mul<T>(v3, x));
    u3 = v128.add<T>(u3, v128.mul<T>(v3, y));
  }
  let r0 = laneSum<T>(t0), r1 = laneSum<T>(t1), r2 = laneSum<T>(t2), r3 = laneSum<T>(t3);
  let s0 = laneSum<T>(u0), s1 = laneSum<T>(u1), s2 = laneSum<T>(u2), s3 = laneSum<T>(u3);
  if (pairs) {
    const sums = scratch + PAIRS;
    r0 += pairSum<T>(sums);
    r1 += pairSum<T>(sums + 32);
    r2 += pairSum<T>(sums + 64);
    r3 += pairSum<T>(sums + 96);
    s0 += pairSum<T>(sums + 128);
    s1 += pairSum<T>(sums + 160);
    s2 += pairSum<T>(sums + 192);
    s3 += pairSum<T>(sums + 224);
  }
  for (let k = whole, i = end; k < kc; k++, i += sizeof<T>()) {
    const x = load<T>(b + i), y = load<T>(b1 + i);
    r0 += load<T>(a + i) * x;
    r1 += load<T>(a1 + i) * x;
    r2 += load<T>(a2 + i) * x;
    r3 += load<T>(a3 + i) * x;
    s0 += load<T>(a + i) * y;
    s1 += load<T>(a1 + i) * y;
    s2 += load<T>(a2 + i) * y;
    s3 += load<T>(a3 + i) * y;
  }
  const size: usize = sizeof<T>(), d = c + ldc;
  writeEntry<T>(c, alpha * r0, beta);
  writeEntry<T>(c + size, alpha * r1, beta);
  writeEntry<T>(c + 2 * size, alpha * r2, beta);
  writeEntry<T>(c + 3 * size, alpha * r3, beta);
  if (ldb == 0) return; // the second column of B is the first
  writeEntry<T>(d, alpha * s0, beta);
  writeEntry<T>(d + size, alpha * s1, beta);
  writeEntry<T>(d + 2 * size, alpha * s2, beta);
  writeEntry<T>(d + 3 * size, alpha * s3, beta);
}

// The sums of dotTile over pairs of vectors, to eight pairs; the rows that are done.
function dotPairs<T>(kc: i32, a: usize, lda: usize, b: usize, ldb: usize): usize {
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  let q0 = s0, q1 = s0, q2 = s0, q3 = s0, r0 = s0, r1 = s0, r2 = s0, r3 = s0;
  const a1 = a + lda, a2 = a + 2 * lda, a3 = a + 3 * lda, b1 = b + ldb;
  const end = bytes<T>(kc & ~(2 * lanes<T>() - 1));
  let i: usize = 0;
  for (; i < end; i += 32) {
    const x = v128.load(b + i), nextX = v128.load(b + i, 16), y = v128.load(b1 + i), nextY = v128.load(b1 + i, 16);
    let v = v128.load(a + i), next = v128.load(a + i, 16);
    s0 = v128.add<T>(s0, v128.mul<T>(v, x));
    t0 = v128.add<T>(t0, v128.mul<T>(next, nextX));
    q0 = v128.add<T>(q0, v128.mul<T>(v, y));
    r0 = v128.add<T>(r0, v128.mul<T>(next, nextY));
    v = v128.load(a1 + i), next = v128.load(a1 + i, 16);
    s1 = v128.add<T>(s1, v128.mul<T>(v, x));
    t1 = v128.add<T>(t1, v128.mul<T>(next, nextX));
    q1 = v128.add<T>(q1, v128.mul<T>(v, y));
    r1 = v128.add<T>(r1, v128.mul<T>(next, nextY));
    v = v128.load(a2 + i), next = v128.load(a2 + i, 16);
    s2 = v128.add<T>(s2, v128.mul<T>(v, x));
    t2 = v128.add<T>(t2, v128.mul<T>(next, nextX));
    q2 = v128.add<T>(q2, v128.mul<T>(v, y));
    r2 = v128.add<T>(r2, v128.mul<T>(next, nextY));
    v = v128.load(a3 + i), next = v128.load(a3 + i, 16);
    s3 = v128.add<T>(s3, v128.mul<T>(v, x));
    t3 = v128.add<T>(t3, v128.mul<T>(next, nextX));
    q3 = v128.add<T>(q3, v128.mul<T>(v, y));
    r3 = v128.add<T>(r3, v128.mul<T>(next, nextY));
  }
  const sums = scratch + PAIRS;
  storePair(sums, s0, t0);
  storePair(sums + 32, s1, t1);
  storePair(sums + 64, s2, t2);
  storePair(sums + 96, s3, t3);
  storePair(sums + 128, q0, r0);
  storePair(sums + 160, q1, r1);
  storePair(sums + 192, q2, r2);
  storePair(sums + 224, q3, r3);
  return end;
}

// @ts-ignore: decorator
@inline
function writeEntry<T>(p: usize, value: T, beta: T): void {
  store<T>(p, beta == 0 ? value : beta * load<T>(p) + value);
}

// @ts-ignore: decorator
@inline
function dotEntry<T>(kc: i32, alpha: T, a: usize, b: usize, beta: T, c: usize): void {
  let s = v128.splat<T>(0);
  let k = kc;
  for (; k >= lanes<T>(); k -= lanes<T>(), a += 16, b += 16) s = v128.add<T>(s, v128.mul<T>(v128.load(a), v128.load(b)));
  let sum = laneSum<T>(s);
  for (; k > 0; k--, a += sizeof<T>(), b += sizeof<T>()) sum += load<T>(a) * load<T>(b);
  writeEntry<T>(c, alpha * sum, beta);
}

// Aᵀ·B without packing, a block of columns of A at a time.
// @ts-ignore: decorator
@inline
function gemmDot<T>(
  pairs: bool, m: i32, n: i32, k: i32, alpha: T, a: usize, lda: usize, b: usize, ldb: usize, beta: T, c: usize, ldc: usize,
): void {
  for (let p = 0; p < k; p += DOT_KC) {
    const kc = min(DOT_KC, k - p);
    const blockBeta: T = p == 0 ? beta : 1;
    const skip = bytes<T>(p);
    for (let i0 = 0; i0 < m; i0 += DOT_COLUMNS) {
      const i1 = min(m, i0 + DOT_COLUMNS);
      for (let j = 0; j < n; j += 2) {
        const pb = b + skip + <usize>j * ldb;
        const pc = c + <usize>j * ldc;
        const second = j + 1 < n;
        let i = i0;
        for (; i < i1 - 3; i += 4) {
          dotTile<T>(pairs, kc, alpha, a + skip + <usize>i * lda, lda, pb, second ? ldb : 0, blockBeta, pc + bytes<T>(i), ldc);
        }
        for (; i < i1; i++) {
          const pa = a + skip + <usize>i * lda;
          dotEntry<T>(kc, alpha, pa, pb, blockBeta, pc + bytes<T>(i));
          if (second) dotEntry<T>(kc, alpha, pa, pb + ldb, blockBeta, pc + bytes<T>(i) + ldc);
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function scaleMatrix<T>(m: i32, n: i32, beta: T, c: usize, ldc: usize): void {
  for (let j = 0; j < n; j++, c += ldc) {
    if (beta == 0) memory.fill(c, 0, <usize>m * sizeof<T>());
    else for (let i: usize = 0; i < <usize>m * sizeof<T>(); i += sizeof<T>()) store<T>(c + i, beta * load<T>(c + i));
  }
}

// Block after block of op(B), packed, times all of op(A).
// @ts-ignore: decorator
@inline
function gemmBlocks<T>(
  pairs: bool, transA: bool, transB: bool, m: i32, n: i32, k: i32, alpha: T, a: usize, lda: usize, b: usize, ldb: usize, beta: T,
  c: usize, ldc: usize,
): void {
  const aColumn: usize = transA ? sizeof<T>() : lda;
  const bRow: usize = transB ? ldb : sizeof<T>(), bColumn: usize = transB ? sizeof<T>() : ldb;
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    for (let p = 0; p < k; p += KC) {
      const kc = min(KC, k - p);
      const blockBeta: T = p == 0 ? beta : 1;
      packB<T>(transB, kc, nc, alpha, b + <usize>p * bRow + <usize>j * bColumn, ldb, scratch + PANELS_B);
      macroKernel<T>(pairs, transA, m, nc, kc, a + <usize>p * aColumn, lda, blockBeta, c + <usize>j * ldc, ldc);
    }
  }
}

// @ts-ignore: decorator
@inline
function gemm<T>(
  pairs: bool, transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: T, a: i32, lda: i32, b: i32, ldb: i32, beta: T, c: i32, ldc: i32,
): void {
  const pa = at<T>(a), pb = at<T>(b), pc = at<T>(c);
  const sa = bytes<T>(lda), sb = bytes<T>(ldb), sc = bytes<T>(ldc);
  if (k <= 0 || alpha == 0) {
    if (beta != 1) scaleMatrix<T>(m, n, beta, pc, sc);
    return;
  }
  if (transA && !transB) {
    gemmDot<T>(pairs, m, n, k, alpha, pa, sa, pb, sb, beta, pc, sc);
    return;
  }
  gemmBlocks<T>(pairs, transA != 0, transB != 0, m, n, k, alpha, pa, sa, pb, sb, beta, pc, sc);
}

// A function of its own, as every loop for pairs: Node 20 makes slower code of a hot loop that stands beside a call.
function gemmWide<T>(
  transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: T, a: i32, lda: i32, b: i32, ldb: i32, beta: T, c: i32, ldc: i32,
): void {
  gemm<T>(true, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

/** Bytes of scratch that an instance needs. */
export function scratchBytes(): usize {
  return PANELS_B + NC * KC * 8;
}

export function gemmF64(
  transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: f64, a: i32, lda: i32, b: i32, ldb: i32, beta: f64, c: i32, ldc: i32,
): void {
  if (wide) gemmWide<f64>(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  else gemm<f64>(false, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
export function gemmF32(
  transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: f32, a: i32, lda: i32, b: i32, ldb: i32, beta: f32, c: i32, ldc: i32,
): void {
  if (wide) gemmWide<f32>(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  else gemm<f32>(false, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
