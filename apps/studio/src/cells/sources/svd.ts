import { eigvalsh, format, Matrix, multiply, norm, rightGram, subtract, svd } from "eckart";

const A = Matrix.from([
  [3, 2, 2],
  [2, 3, -2],
]);

// All of U and V: whole bases of the plane and of space.
const { U, s, Vt } = svd(A, { full: true });
const six = { precision: 6 };
console.log("Singular values (sigma):", format(s, six));
const tuple = (shape: number[]) => `(${shape.join(", ")})`;
console.log("U shape:", tuple(U.shape), " Vt shape:", tuple(Vt.shape));

// Σ has the shape of A. The product of the three is A, but for rounding.
const Sigma = Matrix.diagonal(s, A.shape);
const rebuilt = multiply(multiply(U, Sigma), Vt);
console.log("\nMax reconstruction error:", norm(subtract(A, rebuilt), "max"));

// AᵀA is 3 × 3. Its third eigenvalue is zero: tiny against the largest.
const eigenvalues = eigvalsh(rightGram(A)).reverse();
const positive = eigenvalues.filter((lambda) => lambda > 1e-10 * eigenvalues[0]);
console.log("\nEigenvalues of A^T A: ", format(positive, six));
const squares = s.map((sigma) => sigma ** 2);
console.log("Sigma^2 (sigma_i^2): ", format(squares, six));
