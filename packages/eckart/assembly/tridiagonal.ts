// The chase of implicit QR on a symmetric tridiagonal, in f64. Twin: src/kernels/ref/tridiagonal.ts, which explains it.
import { at } from "./lane";

export function tridiagonalSweep(
  n: i32, d: i32, e: i32, upward: i32, shift: f64, cosines: i32, sines: i32, keep: i32,
): void {
  const step: isize = upward ? -8 : 8;
  const last = <usize>(n - 1) << 3;
  let D = at<f64>(d) + (upward ? last : 0);
  let E = at<f64>(e) + (upward ? last - 8 : 0);
  let pc = at<f64>(cosines) + (upward ? last - 8 : 0);
  let ps = at<f64>(sines) + (upward ? last - 8 : 0);
  let c: f64 = 1, s: f64 = 1, p: f64 = 0;
  let g = load<f64>(D) - shift;
  for (let i = 0; i < n - 1; i++, D += step, E += step, pc += step, ps += step) {
    const f = s * load<f64>(E);
    const b = c * load<f64>(E);
    let r: f64;
    if (abs(g) > abs(f)) {
      const t = f / g;
      const u = sqrt(1 + t * t);
      c = 1 / u;
      s = t * c;
      r = g * u;
    } else if (f != 0) {
      const t = g / f;
      const u = sqrt(1 + t * t);
      s = 1 / u;
      c = t * s;
      r = f * u;
    } else {
      c = 1;
      s = 0;
      r = 0;
    }
    if (i > 0) store<f64>(E - step, r);
    g = load<f64>(D) - p;
    const q = (load<f64>(D + step) - g) * s + 2 * c * b;
    p = s * q;
    store<f64>(D, g + p);
    g = c * q - b;
    if (keep) {
      store<f64>(pc, c);
      store<f64>(ps, upward ? -s : s);
    }
  }
  store<f64>(D, load<f64>(D) - p);
  store<f64>(E - step, g);
}
