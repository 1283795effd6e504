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
    let r = sqrt(g * g + f * f);
    if (r > 1e-140) {
      c = g / r;
      s = f / r;
    } else {
      const largest = max(abs(g), abs(f));
      c = largest > 0 ? g / largest : 1;
      s = largest > 0 ? f / largest : 0;
      const length = sqrt(c * c + s * s);
      c /= length;
      s /= length;
      r = length * largest;
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
