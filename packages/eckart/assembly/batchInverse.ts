// Inverses of many small matrices, one a lane. Twin: src/kernels/ref/batchInverse.ts, which states the formulas.
// Bound by loads and stores of the rows under elimination.
import { at, lanes } from "./lane";
import { ENTRY, exchange, groupSize, report, scaleTo } from "./batchLanes";

/** Lanes in which 1/limit ≤ x ≤ limit. */
// @ts-ignore: decorator
@inline
function within<T>(x: v128, limit: T): v128 {
  return v128.and(v128.ge<T>(x, v128.splat<T>(<T>1 / limit)), v128.le<T>(x, v128.splat<T>(limit)));
}

// @ts-ignore: decorator
@inline
function batchInverse<T>(count: i32, n: i32, A: i32, X: i32, work: i32, left: i32): i32 {
  const eps = <T>(sizeof<T>() == 8 ? 2.220446049250313e-16 : 1.1920928955078125e-7);
  const limit = <T>(sizeof<T>() == 8 ? 2.037035976334486e90 : 1073741824); // 2^300, 2^30
  const smallest = <T>1 / limit;
  const x = at<T>(work), row = <usize>(2 * n) * ENTRY;
  const rowScales = x + <usize>n * row, colScales = rowScales + <usize>n * ENTRY, sums = colScales + <usize>n * ENTRY;
  let leftOver = 0;

  for (let first = 0; first < count; first += groupSize<T>()) {
    const matrices = min(groupSize<T>(), count - first);
    const width = <usize>((matrices + lanes<T>() - 1) / lanes<T>()) * 16;
    for (let t = 0; t < <i32>(width >> alignof<T>()); t++) {
      let from = at<T>(A + (first + min(t, matrices - 1)) * n * n), to = x + (<usize>t << alignof<T>());
      for (let i = 0; i < n; i++, to += <usize>n * ENTRY) {
        for (let j = 0; j < n; j++, from += sizeof<T>(), to += ENTRY) store<T>(to, load<T>(from));
      }
    }
    for (let g: usize = 0; g < width; g += 16) {
      const own = first + <i32>(g >> alignof<T>());
      let sound = v128.eq<T>(v128.splat<T>(0), v128.splat<T>(0));
      for (let i = 0; i < n; i++) {
        const p = x + g + <usize>i * row;
        let most = v128.splat<T>(0);
        for (let j = 0; j < n; j++) most = v128.max<T>(most, v128.abs<T>(v128.load(p + <usize>j * ENTRY)));
        sound = v128.and(sound, within<T>(most, limit));
        const scale = scaleTo<T>(most, 0, smallest);
        v128.store(rowScales + g + <usize>i * ENTRY, scale);
        for (let j = 0; j < n; j++) {
          const entry = p + <usize>j * ENTRY;
          v128.store(entry, v128.mul<T>(v128.load(entry), scale));
          v128.store(entry + <usize>n * ENTRY, v128.splat<T>(<T>(i == j ? 1 : 0)));
        }
      }
      let norm = v128.splat<T>(0);
      for (let j = 0; j < n; j++) {
        const p = x + g + <usize>j * ENTRY;
        let most = v128.splat<T>(0), sum = most;
        for (let i = 0; i < n; i++) most = v128.max<T>(most, v128.abs<T>(v128.load(p + <usize>i * row)));
        sound = v128.and(sound, within<T>(most, limit));
        const scale = scaleTo<T>(most, 0, smallest);
        v128.store(colScales + g + <usize>j * ENTRY, scale);
        for (let i = 0; i < n; i++) {
          const entry = p + <usize>i * row, scaled = v128.mul<T>(v128.load(entry), scale);
          v128.store(entry, scaled);
          sum = v128.add<T>(sum, v128.abs<T>(scaled));
        }
        norm = v128.pmax<T>(norm, sum);
      }

      let growth = v128.splat<T>(0);
      for (let k = 0; k < n; k++) {
        const pk = x + g + <usize>k * (row + ENTRY);
        for (let r = k + 1; r < n; r++) {
          const pr = pk + <usize>(r - k) * row;
          const larger = v128.gt<T>(v128.abs<T>(v128.load(pr)), v128.abs<T>(v128.load(pk)));
          if (v128.any_true(larger)) exchange(larger, 2 * n - k, pk, pr, ENTRY);
        }
        for (let j = k; j < n; j++) growth = v128.max<T>(growth, v128.abs<T>(v128.load(pk + <usize>(j - k) * ENTRY)));
        const inverse = v128.div<T>(v128.splat<T>(1), v128.load(pk));
        v128.store(pk, inverse);
        for (let r = k + 1; r < n; r++) {
          const pr = pk + <usize>(r - k) * row, factor = v128.mul<T>(v128.load(pr), inverse);
          for (let j: usize = 1; j < <usize>(2 * n - k); j++) {
            const to = pr + j * ENTRY;
            v128.store(to, v128.sub<T>(v128.load(to), v128.mul<T>(factor, v128.load(pk + j * ENTRY))));
          }
        }
      }

      for (let j = 0; j < n; j++) v128.store(sums + g + <usize>j * ENTRY, v128.splat<T>(0));
      for (let k = n - 1; k >= 0; k--) {
        const pk = x + g + <usize>k * row, inverse = v128.load(pk + <usize>k * ENTRY);
        for (let j = n; j < 2 * n; j++) {
          let value = v128.load(pk + <usize>j * ENTRY);
          for (let i = k + 1; i < n; i++) {
            value = v128.sub<T>(value, v128.mul<T>(v128.load(pk + <usize>i * ENTRY), v128.load(x + g + <usize>i * row + <usize>j * ENTRY)));
          }
          value = v128.mul<T>(value, inverse);
          v128.store(pk + <usize>j * ENTRY, value);
          const sum = sums + g + <usize>(j - n) * ENTRY;
          v128.store(sum, v128.add<T>(v128.load(sum), v128.abs<T>(value)));
        }
      }
      let inverseNorm = v128.splat<T>(0);
      for (let j = 0; j < n; j++) inverseNorm = v128.max<T>(inverseNorm, v128.load(sums + g + <usize>j * ENTRY));
      sound = v128.and(sound, v128.le<T>(growth, v128.splat<T>(16)));
      sound = v128.and(sound, v128.lt<T>(v128.mul<T>(norm, inverseNorm), v128.splat<T>(<T>0.5 / eps)));
      leftOver += report<T>(sound, count - own, at<T>(left + own));
    }
    for (let t = 0; t < matrices; t++) {
      const lane = <usize>t << alignof<T>();
      let to = at<T>(X + (first + t) * n * n);
      for (let i = 0; i < n; i++) {
        const c = load<T>(colScales + lane + <usize>i * ENTRY);
        let from = x + lane + <usize>i * row + <usize>n * ENTRY, r = rowScales + lane;
        for (let j = 0; j < n; j++, from += ENTRY, r += ENTRY, to += sizeof<T>()) store<T>(to, load<T>(from) * c * load<T>(r));
      }
    }
  }
  return leftOver;
}

export function batchInverseF64(count: i32, n: i32, A: i32, X: i32, work: i32, left: i32): i32 {
  return batchInverse<f64>(count, n, A, X, work, left);
}
export function batchInverseF32(count: i32, n: i32, A: i32, X: i32, work: i32, left: i32): i32 {
  return batchInverse<f32>(count, n, A, X, work, left);
}
