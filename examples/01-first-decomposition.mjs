// A matrix as a turn, a stretch and a turn: A = U · diag(s) · Vt.

import { accuracy, format, svd } from "eckart";

const A = [
  [3, 2, 2],
  [2, 3, -2],
];
const F = svd(A);

console.log(`U =\n${format(F.U)}`);
console.log(`s = ${format(F.s)}`);
console.log(`Vt =\n${format(F.Vt, { suppress: true })}`);
console.log(`‖A − U·diag(s)·Vt‖ / ‖A‖ = ${accuracy(A, F).backward.toExponential(1)}`);
