// Decompositions and products of some sizes, and how far they are from what they should be, in units of ε·m,
// of ε·m·‖A‖ or of ε·m·‖A‖².
import { eigh, Matrix, multiply, Random, setThreads, svd, svdvals } from "eckart";

const EPS = { f64: 2 ** -52, f32: 2 ** -23 };

/** The largest entry of |X·Y − Z|, whose entries come from functions of row and column. */
function distance(rows, inner, cols, X, Y, Z) {
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += X(i, k) * Y(k, j);
      worst = Math.max(worst, Math.abs(sum - Z(i, j)));
    }
  }
  return worst;
}

const identity = (i, j) => (i === j ? 1 : 0);
const answers = [];
for (const dtype of ["f64", "f32"]) {
  for (const [m, n] of [
    [9, 9],
    [37, 20],
    [90, 90],
    [211, 203],
  ]) {
    const random = new Random(m);
    const A = Matrix.zeros(m, n, { dtype });
    for (let i = 0; i < m * n; i++) A.data[i] = random.normal();
    setThreads(1);
    const { U, s, Vt } = svd(A);
    const G = multiply(A.T, A);
    const { w, V } = eigh(G);
    const unit = EPS[dtype] * m;
    const a = (i, j) => A.at(i, j);
    const at = (i, j) => A.at(j, i);
    const us = (i, k) => U.at(i, k) * s[k];
    const u = (i, k) => U.at(i, k);
    const ut = (k, i) => U.at(i, k);
    const vt = (k, j) => Vt.at(k, j);
    const v = (j, k) => Vt.at(k, j);
    const g = (i, j) => G.at(i, j);
    const x = (i, k) => V.at(i, k);
    const xw = (i, k) => V.at(i, k) * w[k];
    const errors = {
      svd: distance(m, n, n, us, vt, a) / (unit * s[0]),
      U: distance(n, m, n, ut, u, identity) / unit,
      V: distance(n, n, n, vt, v, identity) / unit,
      svdvals: Math.max(...svdvals(A).map((sigma, k) => Math.abs(sigma - s[k]))) / (unit * s[0]),
      product: distance(n, m, n, at, a, g) / (unit * s[0] ** 2),
      eigh: distance(n, n, n, g, x, xw) / (unit * s[0] ** 2),
    };
    setThreads(2);
    for (let again = 0; again < 20; again++) multiply(G, G);
    const shared = svd(A);
    const exact = [U, Vt].every((factor, i) =>
      factor.data.every((entry, k) => entry === [shared.U, shared.Vt][i].data[k]),
    );
    answers.push({ name: `${m} × ${n}, ${dtype}`, errors, exact, s: Array.from(s) });
  }
}
console.log(JSON.stringify(answers));
