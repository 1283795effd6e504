// How certain is a singular value? Bounds that hold in exact arithmetic, for Hilbert's matrix, whose condition number
// is beyond the reach of doubles.

import { certify, svd } from "eckart";

const n = 12;
const H = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => 1 / (i + j + 1)));
const F = svd(H);
const { values, rank, accepted, residual } = certify(H, F);

console.log(`accepted: ${accepted}; ‖H − U·diag(s)·Vt‖ ≤ ${residual.spectral.toExponential(1)}; rank at least ${rank}`);
for (let k = 0; k < n; k++) {
  const [low, high] = [values.lower[k], values.upper[k]];
  const digits = high > low ? Math.max(0, -Math.log10((high - low) / high)) : 16;
  console.log(`σ${k + 1} in [${low.toExponential(6)}, ${high.toExponential(6)}]  ${digits.toFixed(1)} digits certain`);
}
