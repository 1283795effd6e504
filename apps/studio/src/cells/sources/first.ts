import { eigh, format, inv, Matrix, multiply, rank, rotation } from "eckart";

// L acts on all three columns of R at once.
const L = Matrix.from([
  [2, 1],
  [0.5, 1.5],
]);
const R = Matrix.from([
  [1, 0, -1],
  [0, 1, 2],
]);
console.log("L @ R =\n", multiply(L, R));

// Where no direction is lost there is a way back: L⁻¹ undoes L.
const rounded = { precision: 10, suppress: true };
if (rank(L) === 2) {
  console.log("\nL @ L^{-1} =\n", format(multiply(L, inv(L)), rounded));
}

// A rotation by 30°: its columns are orthonormal.
const Q = rotation(Math.PI / 6);
console.log("\nQ^T Q =\n", format(multiply(Q.T, Q), rounded));

// A symmetric matrix; the smallest eigenvalue comes first.
const S = Matrix.from([
  [4, 2],
  [2, 3],
]);
const { w, V } = eigh(S);
console.log("\nEigenvalues of S:", w);
console.log("Eigenvectors (columns):\n", V);

// S only stretches v1: S·v1 − λ1·v1 is zero, but for rounding.
const v1 = V.col(0);
const Sv1 = multiply(S, v1);
const lambda1v1 = v1.map((x) => w[0] * x);
console.log("\nS @ v1 =", Sv1);
console.log("lambda1 * v1 =", lambda1v1);
const gaps = Sv1.map((x, i) => Math.abs(x - lambda1v1[i]));
console.log("Residual:", Math.max(...gaps));
