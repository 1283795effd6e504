// Jacobi's methods on many small matrices, one a lane. Twin: src/kernels/ref/batchJacobi.ts, which states the formulas.
// Bound by the throughput of roots and quotients, and by loads and stores. The rotations of all vectors of a group are
// found before the columns of any are turned, so that the chains root, root, quotient run side by side.
import { at, lanes } from "./lane";
import { applySign, ENTRY, exchange, groupSize, inversePower, leadingSign, mostFinite, pick, report, scaleTo, signs, turn } from "./batchLanes";

const SWEEPS: i32 = 30;

// Places in the work array after the columns (for eigenvalues also after these), each one entry.
const MET: usize = 0; // twice the largest squared cosine of the sweep, or largest entry turned
const TURN: usize = ENTRY; // largest squared sine of the sweep, in the measure that the next sweep will meet
const ACTIVE: usize = 2 * ENTRY; // lanes that still iterate
const SOUND: usize = 3 * ENTRY; // lanes whose matrix is in range
const SCALE: usize = 4 * ENTRY; // power of two
const TOLERANCE: usize = 5 * ENTRY; // below which an entry counts as zero
const SINE: usize = 6 * ENTRY; // the rotation of the pair at hand, or its a and b
const TAU: usize = 7 * ENTRY;
const ROTATE: usize = 8 * ENTRY; // lanes that it turns

// Places before the entries of a column whose singular values are sought.
const NORM: usize = 0; // squared norm, in the end the singular value
const DELTA: usize = ENTRY; // δ, in the end 1 over the length of the upper entries
const LOWER: usize = 2 * ENTRY; // in the end 1 over the length of the lower entries
const HEAD: i32 = 3;
const BODY: usize = 3 * ENTRY;

/** Writes the rotation for α − β and γ in the lanes of the mask, none in the others; returns its |sine|. */
// @ts-ignore: decorator
@inline
function setRotation<T>(state: usize, rotate: v128, difference: v128, gamma: v128): v128 {
  const x = v128.abs<T>(difference), y = v128.abs<T>(v128.add<T>(gamma, gamma)), yy = v128.mul<T>(y, y);
  const d = v128.add<T>(x, v128.sqrt<T>(v128.add<T>(v128.mul<T>(x, x), yy)));
  const length = v128.sqrt<T>(v128.add<T>(v128.mul<T>(d, d), yy)), both = v128.add<T>(length, d);
  const unit = v128.and(rotate, v128.div<T>(y, v128.mul<T>(length, both)));
  const sine = v128.mul<T>(unit, both), tau = v128.mul<T>(unit, length);
  const sign = v128.xor(signs<T>(gamma), v128.and(signs<T>(difference), v128.gt<T>(x, v128.splat<T>(0))));
  v128.store(state, v128.xor(sine, sign), SINE);
  v128.store(state, v128.xor(tau, sign), TAU);
  v128.store(state, rotate, ROTATE);
  return sine;
}

/** Σ xᵢyᵢ over n entries of one vector of matrices. */
// @ts-ignore: decorator
@inline
function product<T>(n: i32, p: usize, q: usize): v128 {
  let sum = v128.mul<T>(v128.load(p), v128.load(q));
  if ((n & 1) == 0) {
    p += ENTRY;
    q += ENTRY;
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(p), v128.load(q)));
  }
  for (; n > 2; n -= 2, p += 2 * ENTRY, q += 2 * ENTRY) {
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(p, ENTRY), v128.load(q, ENTRY)));
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(p, 2 * ENTRY), v128.load(q, 2 * ENTRY)));
  }
  return sum;
}

/** Σ xᵢyᵢ of one vector of matrices, or, in every lane, of one matrix whose rows are the lanes. */
// @ts-ignore: decorator
@inline
function inner<T>(n: i32, p: usize, q: usize, alone: bool): v128 {
  const sum = product<T>(n, p, q);
  if (!alone) return sum;
  if (sizeof<T>() == 8) return v128.add<T>(sum, v128.shuffle<f64>(sum, sum, 1, 0));
  const half = v128.add<T>(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  return v128.add<T>(half, v128.shuffle<f32>(half, half, 1, 0, 3, 2));
}

/** Address of row i of one matrix whose rows are the lanes. */
// @ts-ignore: decorator
@inline
function cell<T>(p: usize, i: i32): usize {
  const group = sizeof<T>() == 8 ? 1 : 2;
  return p + <usize>(i >> group) * ENTRY + (<usize>(i & (lanes<T>() - 1)) << alignof<T>());
}

/** The largest lane in all of them; NaN where one is. */
// @ts-ignore: decorator
@inline
function largestLane<T>(v: v128): v128 {
  if (sizeof<T>() == 8) return v128.max<T>(v, v128.shuffle<f64>(v, v, 1, 0));
  const half = v128.max<T>(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return v128.max<T>(half, v128.shuffle<f32>(half, half, 1, 0, 3, 2));
}

/** −1 where the first of n rows whose magnitude is the largest to about six digits is negative, else 1. */
// @ts-ignore: decorator
@inline
function leadingUnit<T>(n: i32, p: usize): T {
  let most = <T>0, i = 0;
  for (let k = 0; k < n; k++) most = max(most, abs(load<T>(cell<T>(p, k))));
  most *= <T>(1 - 9.5367431640625e-7);
  while (i < n - 1 && abs(load<T>(cell<T>(p, i))) < most) i++;
  return load<T>(cell<T>(p, i)) < <T>0 ? <T>-1 : <T>1;
}

/** n rows times f to places with a stride; −0 becomes 0. */
// @ts-ignore: decorator
@inline
function storeRows<T>(f: T, n: i32, p: usize, to: usize, stride: usize): void {
  for (let i = 0; i < n; i++, to += stride) store<T>(to, load<T>(cell<T>(p, i)) * f + <T>0);
}

/** The a and b that make the m upper entries of columns p and q orthogonal; the squared norms and δ become the new ones. */
// @ts-ignore: decorator
@inline
function orthogonalRotation<T>(m: i32, p: usize, q: usize, state: usize, alone: bool): void {
  const gamma = inner<T>(m, p + BODY, q + BODY, alone);
  const alpha = v128.load(p, NORM), beta = v128.load(q, NORM), dp = v128.load(p, DELTA), dq = v128.load(q, DELTA), one = v128.splat<T>(1);
  const part = v128.mul<T>(v128.mul<T>(dp, dq), gamma), twice = v128.add<T>(gamma, gamma), square = v128.mul<T>(part, twice);
  const inverse = v128.div<T>(one, v128.mul<T>(alpha, beta)), cosine = v128.mul<T>(square, inverse);
  const difference = v128.sub<T>(alpha, beta);
  const root = v128.sqrt<T>(v128.add<T>(v128.mul<T>(difference, difference), v128.add<T>(square, square)));
  const quotient = v128.div<T>(twice, v128.add<T>(difference, v128.or(root, signs<T>(difference))));
  const h = v128.and(v128.gt<T>(cosine, v128.load(state, TOLERANCE)), quotient);
  const a = v128.mul<T>(dq, h), b = v128.mul<T>(dp, h), tangent = v128.mul<T>(a, b);
  v128.store(state, a, SINE);
  v128.store(state, b, TAU);
  const shift = v128.mul<T>(part, h), kept = v128.div<T>(one, v128.add<T>(one, tangent));
  v128.store(p, v128.add<T>(alpha, shift), NORM);
  v128.store(q, v128.sub<T>(beta, shift), NORM);
  v128.store(p, v128.mul<T>(dp, kept), DELTA);
  v128.store(q, v128.mul<T>(dq, kept), DELTA);
  const longer = v128.pmax<T>(alpha, beta);
  const effect = v128.mul<T>(v128.mul<T>(tangent, kept), v128.mul<T>(v128.mul<T>(longer, longer), inverse));
  v128.store(state, v128.pmax<T>(v128.load(state, MET), cosine), MET);
  v128.store(state, v128.pmax<T>(v128.load(state, TURN), effect), TURN);
}

/** x ← x + a·y, y ← y − b·x for n entries of one vector of matrices. */
// @ts-ignore: decorator
@inline
function combine<T>(a: v128, b: v128, n: i32, p: usize, q: usize): void {
  for (; n > 2; n -= 3, p += 3 * ENTRY, q += 3 * ENTRY) {
    const x = v128.load(p), y = v128.load(q), x2 = v128.load(p, ENTRY), y2 = v128.load(q, ENTRY), x3 = v128.load(p, 2 * ENTRY), y3 = v128.load(q, 2 * ENTRY);
    v128.store(p, v128.add<T>(x, v128.mul<T>(a, y)));
    v128.store(q, v128.sub<T>(y, v128.mul<T>(b, x)));
    v128.store(p, v128.add<T>(x2, v128.mul<T>(a, y2)), ENTRY);
    v128.store(q, v128.sub<T>(y2, v128.mul<T>(b, x2)), ENTRY);
    v128.store(p, v128.add<T>(x3, v128.mul<T>(a, y3)), 2 * ENTRY);
    v128.store(q, v128.sub<T>(y3, v128.mul<T>(b, x3)), 2 * ENTRY);
  }
  for (; n > 0; n--, p += ENTRY, q += ENTRY) {
    const x = v128.load(p), y = v128.load(q);
    v128.store(p, v128.add<T>(x, v128.mul<T>(a, y)));
    v128.store(q, v128.sub<T>(y, v128.mul<T>(b, x)));
  }
}

/** The numbers at p₀, p₁ …, one a lane; f64 has two. */
// @ts-ignore: decorator
@inline
function loadLanes<T>(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  if (sizeof<T>() == 8) return v128.load_lane<f64>(p1, v128.load64_splat(p0), 1);
  return v128.load_lane<f32>(p3, v128.load_lane<f32>(p2, v128.load_lane<f32>(p1, v128.load32_splat(p0), 1), 2), 3);
}

// @ts-ignore: decorator
@inline
function storeLanes<T>(v: v128, p0: usize, p1: usize, p2: usize, p3: usize): void {
  if (sizeof<T>() == 8) {
    v128.store_lane<f64>(p0, v, 0);
    v128.store_lane<f64>(p1, v, 1);
  } else {
    v128.store_lane<f32>(p0, v, 0);
    v128.store_lane<f32>(p1, v, 1);
    v128.store_lane<f32>(p2, v, 2);
    v128.store_lane<f32>(p3, v, 3);
  }
}

/** The counts plus 1 in the lanes of the mask. */
// @ts-ignore: decorator
@inline
function tally<T>(counts: v128, mask: v128): v128 {
  if (sizeof<T>() == 8) return i64x2.sub(counts, mask);
  return i32x4.sub(counts, mask);
}

/** One of the counts; f64 has two. */
// @ts-ignore: decorator
@inline
function lane<T>(counts: v128, index: u8): usize {
  if (sizeof<T>() == 8) return index == 0 ? <usize>i64x2.extract_lane(counts, 0) : <usize>i64x2.extract_lane(counts, 1);
  if (index == 0) return <usize>i32x4.extract_lane(counts, 0);
  if (index == 1) return <usize>i32x4.extract_lane(counts, 1);
  return index == 2 ? <usize>i32x4.extract_lane(counts, 2) : <usize>i32x4.extract_lane(counts, 3);
}

/** n entries of one vector of matrices times f to the places p₀ … and on with a stride; −0 becomes 0. */
// @ts-ignore: decorator
@inline
function storeScaled<T>(f: v128, n: i32, x: usize, p0: usize, p1: usize, p2: usize, p3: usize, stride: usize): void {
  for (let down: usize = 0; n > 0; n--, x += ENTRY, down += stride) {
    storeLanes<T>(v128.add<T>(v128.mul<T>(v128.load(x), f), v128.splat<T>(0)), p0 + down, p1 + down, p2 + down, p3 + down);
  }
}

/** Columns of one vector of matrices, `height` entries each, into the ascending order of their keys. */
// @ts-ignore: decorator
@inline
function sortColumns<T>(n: i32, height: i32, x: usize, keys: usize): void {
  const column = <usize>height * ENTRY;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const kp = keys + <usize>p * ENTRY, kq = keys + <usize>q * ENTRY;
      const swap = v128.lt<T>(v128.load(kq), v128.load(kp));
      if (!v128.any_true(swap)) continue;
      exchange(swap, 1, kp, kq, ENTRY);
      exchange(swap, height, x + <usize>p * column, x + <usize>q * column, ENTRY);
    }
  }
}

/** Copies matrix t of the group between the work array and memory: rows × cols entries with the given strides of T. */
// @ts-ignore: decorator
@inline
function gather<T>(rows: i32, cols: i32, from: usize, rowStride: i32, colStride: i32, to: usize, height: i32): void {
  for (let j = 0; j < cols; j++) {
    let p = from + ((<usize>(j * colStride)) << alignof<T>()), q = to + <usize>(j * height) * ENTRY;
    for (let i = 0; i < rows; i++, p += (<usize>rowStride) << alignof<T>(), q += ENTRY) store<T>(q, load<T>(p));
  }
}

// @ts-ignore: decorator
@inline
function scatter<T>(rows: i32, cols: i32, from: usize, height: i32, to: usize, rowStride: i32, colStride: i32): void {
  for (let j = 0; j < cols; j++) {
    let p = from + <usize>(j * height) * ENTRY, q = to + ((<usize>(j * colStride)) << alignof<T>());
    for (let i = 0; i < rows; i++, p += ENTRY, q += (<usize>rowStride) << alignof<T>()) store<T>(q, load<T>(p));
  }
}

// @ts-ignore: decorator
@inline
function batchSvd<T>(count: i32, rows: i32, cols: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, work: i32, left: i32, single: i32): i32 {
  const wide = rows < cols, alone = single != 0;
  const m = max(rows, cols), n = min(rows, cols), rounds = n - 1 | 1;
  // Vectors a column, of X and of V.
  const upper = alone ? (m + lanes<T>() - 1) / lanes<T>() : m, below = alone ? (n + lanes<T>() - 1) / lanes<T>() : n;
  const height = vectors ? upper + below : upper;
  const tol = <T>(sizeof<T>() == 8 ? 2.220446049250313e-16 : 1.1920928955078125e-7) * <T>max(2, m >> 1);
  const least = v128.splat<T>(<T>(sizeof<T>() == 8 ? 5.934729841099873e-67 : 0.00000762939453125)); // 2^-220, 2^-17
  const zero = v128.splat<T>(0), one = v128.splat<T>(1), infinite = v128.splat<T>(<T>Infinity);
  const column = <usize>(HEAD + height) * ENTRY, x = at<T>(work), shared = x + <usize>n * column, lower = BODY + <usize>upper * ENTRY;
  // Entry (i, j) of the tall matrix, of the left and of the right vectors, in arrays of rows.
  const input = at<T>(A), values = at<T>(s), leftVectors = at<T>(wide ? Vt : U), rightVectors = at<T>(wide ? U : Vt);
  const element = <usize>1 << alignof<T>(), size = <usize>(m * n) * element, square = <usize>(n * n) * element, line = <usize>n * element;
  const down = wide ? element : line, across = wide ? <usize>m * element : element;
  const rightDown = wide ? line : element, rightAcross = wide ? element : line;
  let leftOver = 0;

  for (let first = 0; first < count; first += groupSize<T>()) {
    const width = <usize>((min(groupSize<T>(), count - first) + lanes<T>() - 1) / lanes<T>()) * 16;
    for (let g: usize = 0; g < width; g += 16) {
      const state = shared + g, own = first + <i32>(g >> alignof<T>()), last = count - 1;
      const p0 = input + <usize>own * size, p1 = input + <usize>min(own + 1, last) * size;
      const p2 = input + <usize>min(own + 2, last) * size, p3 = input + <usize>min(own + 3, last) * size;
      let largest = zero;
      for (let j = 0, to = x + g + BODY; j < n; j++, to += column) {
        if (alone) {
          v128.store(to + <usize>(upper - 1) * ENTRY, zero);
          for (let i = 0, from = input + <usize>j * across; i < m; i++, from += down) store<T>(cell<T>(to, i), load<T>(from));
        }
        for (let i = 0, p = to, o = <usize>j * across; i < upper; i++, p += ENTRY, o += down) {
          const entry = alone ? v128.load(p) : loadLanes<T>(p0 + o, p1 + o, p2 + o, p3 + o);
          largest = v128.max<T>(largest, v128.abs<T>(entry));
          v128.store(p, entry);
        }
      }
      if (alone) largest = largestLane<T>(largest);
      const scale = scaleTo<T>(largest, sizeof<T>() == 8 ? 240 : 24, <T>(sizeof<T>() == 8 ? 1.90109156629516e-211 : 8.077935669463161e-28)); // 2^-700, 2^-90
      const finite = v128.le<T>(largest, mostFinite<T>());
      v128.store(state, finite, ACTIVE);
      v128.store(state, pick(finite, v128.splat<T>(<T>2 * tol * tol), infinite), TOLERANCE);
      v128.store(state, scale, SCALE);
      for (let j = 0, to = x + g; j < n; j++, to += column) {
        v128.store(to, one, DELTA);
        let p = to + BODY;
        for (let i = 0; i < upper; i++, p += ENTRY) v128.store(p, v128.mul<T>(v128.load(p), scale));
        for (let i = upper; i < height; i++, p += ENTRY) v128.store(p, !alone && i - upper == j ? one : zero);
        if (alone && vectors) store<T>(cell<T>(to + lower, j), <T>1);
      }
    }

    let iterating = true;
    for (let sweep = 0; sweep < SWEEPS && iterating; sweep++) {
      for (let g: usize = 0; g < width; g += 16) {
        v128.store(shared + g, zero, MET);
        v128.store(shared + g, zero, TURN);
        for (let j = 0, p = x + g; j < n; j++, p += column) {
          v128.store(p, v128.mul<T>(v128.load(p, DELTA), inner<T>(upper, p + BODY, p + BODY, alone)), NORM);
        }
      }
      for (let sum = 0; sum < rounds; sum++) {
        for (let p = 0; p < n - 1; p++) {
          let q = p > sum ? sum - p + rounds : sum - p;
          if (q == p) q = rounds;
          if (q < p || q >= n) continue;
          const xp = x + <usize>p * column, xq = x + <usize>q * column;
          for (let g: usize = 0; g < width; g += 16) orthogonalRotation<T>(upper, xp + g, xq + g, shared + g, alone);
          for (let g: usize = 0; g < width; g += 16) {
            const a = v128.load(shared + g, SINE);
            if (v128.any_true(a)) combine<T>(a, v128.load(shared + g, TAU), height, xp + g + BODY, xq + g + BODY);
          }
        }
      }
      iterating = false;
      for (let g: usize = 0; g < width; g += 16) {
        const state = shared + g;
        const rest = v128.mul<T>(v128.load(state, MET), v128.mul<T>(v128.load(state, TURN), v128.splat<T>(<T>2 * <T>n * <T>n)));
        const active = v128.and(v128.load(state, ACTIVE), v128.gt<T>(rest, v128.splat<T>(tol * tol)));
        v128.store(state, active, ACTIVE);
        v128.store(state, pick(active, v128.load(state, TOLERANCE), infinite), TOLERANCE);
        if (v128.any_true(active)) iterating = true;
      }
    }

    for (let g: usize = 0; g < width; g += 16) {
      const state = shared + g, own = first + <i32>(g >> alignof<T>());
      const back = inversePower<T>(v128.load(state, SCALE));
      let sound = v128.not(v128.load(state, ACTIVE));
      for (let j = 0, p = x + g; j < n; j++, p += column) {
        const length = v128.sqrt<T>(inner<T>(upper, p + BODY, p + BODY, alone));
        let factor = v128.sqrt<T>(v128.load(p, DELTA)), norm = v128.mul<T>(length, factor);
        if (vectors) {
          // The rounding errors of the square root turn up in s and in V, and cancel.
          const square = inner<T>(below, p + lower, p + lower, alone);
          factor = v128.div<T>(one, v128.sqrt<T>(square));
          norm = v128.div<T>(length, v128.mul<T>(square, factor));
        }
        sound = v128.and(sound, v128.and(v128.ge<T>(norm, least), v128.le<T>(norm, mostFinite<T>())));
        v128.store(p, v128.mul<T>(norm, back), NORM);
        v128.store(p, v128.div<T>(one, length), DELTA);
        v128.store(p, factor, LOWER);
      }
      leftOver += report<T>(sound, count - own, at<T>(left + own));
      const t0 = <usize>own, t1 = <usize>min(own + 1, count - 1), t2 = <usize>min(own + 2, count - 1), t3 = <usize>min(own + 3, count - 1);
      for (let p = x + g, end = p + <usize>n * column; p < end; p += column) {
        // Each lane's column goes to the place that its value has among those of its matrix.
        const key = v128.load(p, NORM);
        let place = zero;
        for (let q = x + g; q < end; q += column) {
          const other = v128.load(q, NORM);
          place = tally<T>(place, q < p ? v128.ge<T>(other, key) : v128.gt<T>(other, key));
        }
        if (alone) {
          const j = lane<T>(place, 0);
          store<T>(values + j * element, load<T>(p, NORM));
          if (!vectors) continue;
          const unit = wide ? leadingUnit<T>(m, p + BODY) : leadingUnit<T>(n, p + lower);
          storeRows<T>(load<T>(p, DELTA) * unit, m, p + BODY, leftVectors + j * across, down);
          storeRows<T>(load<T>(p, LOWER) * unit, n, p + lower, rightVectors + j * rightAcross, rightDown);
          continue;
        }
        const j0 = lane<T>(place, 0), j1 = lane<T>(place, 1), j2 = lane<T>(place, 2), j3 = lane<T>(place, 3);
        storeLanes<T>(key, values + t0 * line + j0 * element, values + t1 * line + j1 * element, values + t2 * line + j2 * element, values + t3 * line + j3 * element);
        if (!vectors) continue;
        const sign = wide ? leadingSign<T>(m, p + BODY, ENTRY) : leadingSign<T>(n, p + lower, ENTRY);
        const l0 = leftVectors + t0 * size + j0 * across, l1 = leftVectors + t1 * size + j1 * across;
        const l2 = leftVectors + t2 * size + j2 * across, l3 = leftVectors + t3 * size + j3 * across;
        storeScaled<T>(v128.xor(v128.load(p, DELTA), sign), m, p + BODY, l0, l1, l2, l3, down);
        const r0 = rightVectors + t0 * square + j0 * rightAcross, r1 = rightVectors + t1 * square + j1 * rightAcross;
        const r2 = rightVectors + t2 * square + j2 * rightAcross, r3 = rightVectors + t3 * square + j3 * rightAcross;
        storeScaled<T>(v128.xor(v128.load(p, LOWER), sign), n, p + lower, r0, r1, r2, r3, rightDown);
      }
    }
  }
  return leftOver;
}

/** The rotation that annihilates entry (p, q) of one vector of symmetric matrices, and what it makes of the diagonal. */
// @ts-ignore: decorator
@inline
function annihilatingRotation<T>(height: i32, x: usize, p: i32, q: i32, state: usize): void {
  const column = <usize>height * ENTRY;
  const xp = x + <usize>p * column, xq = x + <usize>q * column;
  const pp = xp + <usize>p * ENTRY, qq = xq + <usize>q * ENTRY, pq = xq + <usize>p * ENTRY, qp = xp + <usize>q * ENTRY;
  const gamma = v128.load(pq), size = v128.abs<T>(gamma);
  const rotate = v128.and(v128.load(state, ACTIVE), v128.gt<T>(size, v128.load(state, TOLERANCE)));
  const alpha = v128.load(pp), beta = v128.load(qq);
  const sine = setRotation<T>(state, rotate, v128.sub<T>(alpha, beta), gamma);
  const s = v128.load(state, SINE), cosine = v128.sub<T>(v128.splat<T>(1), v128.mul<T>(s, v128.load(state, TAU)));
  const shift = v128.and(rotate, v128.mul<T>(v128.div<T>(s, cosine), gamma));
  v128.store(pp, v128.add<T>(alpha, shift));
  v128.store(qq, v128.sub<T>(beta, shift));
  const rest = v128.andnot(gamma, rotate);
  v128.store(pq, rest);
  v128.store(qp, rest);
  v128.store(state, v128.pmax<T>(v128.load(state, MET), v128.and(rotate, size)), MET);
  v128.store(state, v128.pmax<T>(v128.load(state, TURN), sine), TURN);
}

/** Turns rows and columns p and q, but for their common entries, and the vectors below. */
// @ts-ignore: decorator
@inline
function turnBoth<T>(n: i32, height: i32, x: usize, p: i32, q: i32, state: usize): void {
  const s = v128.load(state, SINE), tau = v128.load(state, TAU), column = <usize>height * ENTRY;
  const xp = x + <usize>p * column, xq = x + <usize>q * column;
  for (let r = 0; r < n; r++) {
    if (r == p || r == q) continue;
    const down = <usize>r * ENTRY, row = x + <usize>r * column;
    turn<T>(s, tau, 1, xp + down, xq + down, ENTRY);
    v128.store(row + <usize>p * ENTRY, v128.load(xp + down));
    v128.store(row + <usize>q * ENTRY, v128.load(xq + down));
  }
  turn<T>(s, tau, height - n, xp + <usize>n * ENTRY, xq + <usize>n * ENTRY, ENTRY);
}

// @ts-ignore: decorator
@inline
function batchEigh<T>(count: i32, n: i32, S: i32, w: i32, V: i32, vectors: i32, work: i32, left: i32): i32 {
  const height = vectors ? 2 * n : n;
  const eps = <T>(sizeof<T>() == 8 ? 2.220446049250313e-16 : 1.1920928955078125e-7);
  const x = at<T>(work), keys = x + <usize>(n * height) * ENTRY, shared = keys + <usize>n * ENTRY;
  const column = <usize>height * ENTRY;
  let leftOver = 0;

  for (let first = 0; first < count; first += groupSize<T>()) {
    const matrices = min(groupSize<T>(), count - first);
    const width = <usize>((matrices + lanes<T>() - 1) / lanes<T>()) * 16;
    for (let t = 0; t < <i32>(width >> alignof<T>()); t++) {
      const matrix = first + min(t, matrices - 1);
      gather<T>(n, n, at<T>(S) + (<usize>(matrix * n * n) << alignof<T>()), n, 1, x + (<usize>t << alignof<T>()), height);
    }
    for (let g: usize = 0; g < width; g += 16) {
      const state = shared + g;
      let largest = v128.splat<T>(0), beside = largest, asymmetry = largest;
      for (let j = 0; j < n; j++) {
        largest = v128.max<T>(largest, v128.abs<T>(v128.load(x + g + <usize>(j * height + j) * ENTRY)));
        for (let i = j + 1; i < n; i++) {
          const lower = v128.load(x + g + <usize>(j * height + i) * ENTRY), upper = v128.load(x + g + <usize>(i * height + j) * ENTRY);
          beside = v128.max<T>(beside, v128.max<T>(v128.abs<T>(lower), v128.abs<T>(upper)));
          asymmetry = v128.pmax<T>(asymmetry, v128.abs<T>(v128.sub<T>(lower, upper)));
        }
      }
      largest = v128.max<T>(largest, beside);
      // A diagonal matrix keeps its numbers as they are.
      const dense = v128.gt<T>(beside, v128.splat<T>(0));
      const scale = pick(dense, scaleTo<T>(largest, sizeof<T>() == 8 ? 0 : 40, <T>(sizeof<T>() == 8 ? 9.332636185032189e-302 : 8.271806125530277e-25)), v128.splat<T>(1)); // 2^-1000, 2^-80
      const sound = v128.and(
        v128.le<T>(largest, mostFinite<T>()),
        v128.le<T>(asymmetry, v128.mul<T>(largest, v128.splat<T>(<T>64 * <T>n * eps))),
      );
      v128.store(state, v128.and(dense, sound), ACTIVE);
      v128.store(state, scale, SCALE);
      v128.store(state, sound, SOUND);
      v128.store(state, v128.mul<T>(v128.mul<T>(largest, scale), v128.splat<T>(eps / <T>16)), TOLERANCE);
      for (let j = 0; j < n; j++) {
        let p = x + g + <usize>j * column;
        for (let i = 0; i < n; i++, p += ENTRY) v128.store(p, v128.mul<T>(v128.load(p), scale));
        for (let i = n; i < height; i++, p += ENTRY) v128.store(p, v128.splat<T>(<T>(i - n == j ? 1 : 0)));
      }
      for (let j = 0; j < n; j++) {
        for (let i = j + 1; i < n; i++) {
          const lower = x + g + <usize>(j * height + i) * ENTRY, upper = x + g + <usize>(i * height + j) * ENTRY;
          const mean = v128.mul<T>(v128.splat<T>(0.5), v128.add<T>(v128.load(lower), v128.load(upper)));
          v128.store(lower, mean);
          v128.store(upper, mean);
        }
      }
    }

    let iterating = true;
    for (let sweep = 0; sweep < SWEEPS && iterating; sweep++) {
      for (let g: usize = 0; g < width; g += 16) {
        v128.store(shared + g, v128.splat<T>(0), MET);
        v128.store(shared + g, v128.splat<T>(0), TURN);
      }
      for (let p = 0; p < n - 1; p++) {
        for (let q = p + 1; q < n; q++) {
          for (let g: usize = 0; g < width; g += 16) annihilatingRotation<T>(height, x + g, p, q, shared + g);
          for (let g: usize = 0; g < width; g += 16) {
            if (v128.any_true(v128.load(shared + g, ROTATE))) turnBoth<T>(n, height, x + g, p, q, shared + g);
          }
        }
      }
      iterating = false;
      for (let g: usize = 0; g < width; g += 16) {
        const state = shared + g;
        const rest = v128.mul<T>(v128.load(state, MET), v128.mul<T>(v128.load(state, TURN), v128.splat<T>(<T>2 * <T>n)));
        const active = v128.and(v128.load(state, ACTIVE), v128.gt<T>(rest, v128.load(state, TOLERANCE)));
        v128.store(state, active, ACTIVE);
        if (v128.any_true(active)) iterating = true;
      }
    }

    for (let g: usize = 0; g < width; g += 16) {
      const state = shared + g, own = first + <i32>(g >> alignof<T>());
      const back = inversePower<T>(v128.load(state, SCALE));
      for (let j = 0; j < n; j++) v128.store(keys + g + <usize>j * ENTRY, v128.mul<T>(v128.load(x + g + <usize>(j * height + j) * ENTRY), back));
      sortColumns<T>(n, height, x + g, keys + g);
      if (vectors) {
        for (let j = 0; j < n; j++) {
          const p = x + g + <usize>j * column + <usize>n * ENTRY;
          applySign<T>(leadingSign<T>(n, p, ENTRY), n, p, ENTRY);
        }
      }
      const sound = v128.andnot(v128.load(state, SOUND), v128.load(state, ACTIVE));
      leftOver += report<T>(sound, count - own, at<T>(left + own));
    }
    for (let t = 0; t < matrices; t++) {
      const lane = <usize>t << alignof<T>(), matrix = first + t;
      scatter<T>(1, n, keys + lane, 1, at<T>(w + matrix * n), 0, 1);
      if (vectors) scatter<T>(n, n, x + lane + <usize>n * ENTRY, height, at<T>(V) + (<usize>(matrix * n * n) << alignof<T>()), n, 1);
    }
  }
  return leftOver;
}

export function batchSvdF64(count: i32, rows: i32, cols: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, work: i32, left: i32, single: i32): i32 {
  return batchSvd<f64>(count, rows, cols, A, U, s, Vt, vectors, work, left, single);
}
export function batchSvdF32(count: i32, rows: i32, cols: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, work: i32, left: i32, single: i32): i32 {
  return batchSvd<f32>(count, rows, cols, A, U, s, Vt, vectors, work, left, single);
}
export function batchEighF64(count: i32, n: i32, S: i32, w: i32, V: i32, vectors: i32, work: i32, left: i32): i32 {
  return batchEigh<f64>(count, n, S, w, V, vectors, work, left);
}
export function batchEighF32(count: i32, n: i32, S: i32, w: i32, V: i32, vectors: i32, work: i32, left: i32): i32 {
  return batchEigh<f32>(count, n, S, w, V, vectors, work, left);
}
