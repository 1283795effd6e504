import { expect, test } from "vitest";
import {
  classify,
  det,
  eig,
  eigenStructure,
  eigh,
  eigvalsh,
  ellipseOutline,
  format,
  formatNumber,
  imageOfUnitSphere,
  inv,
  isOrthogonal,
  isSymmetric,
  leftGram,
  loraFactors,
  Matrix,
  type MatrixLike,
  multiply,
  norm,
  nullSpace,
  numpyRandomState,
  orth,
  rank,
  reconstruct,
  reflection,
  rightGram,
  rotateScaleRotate,
  rotation,
  scale,
  subtract,
  svd,
  svdvals,
  truncate,
} from "eckart";

// One test for every row of the lesson's checklist that computes something; the number of the row opens its name.

const L = Matrix.from([[2, 1], [0.5, 1.5]]); // oxfmt-ignore
const S = Matrix.from([[4, 2], [2, 3]]); // oxfmt-ignore
const R = Matrix.from([[3, 0], [4, 5], [0, 2]]); // oxfmt-ignore
const A = Matrix.from([[3, 2, 2], [2, 3, -2]]); // oxfmt-ignore
const FLIP = [[1, 2], [2, 1]]; // oxfmt-ignore
const SHEAR = [[1, 1], [0, 1]]; // oxfmt-ignore

const gap = (X: MatrixLike, Y: MatrixLike): number => norm(subtract(X, Y), "max");
const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => Array.from(x, (a, i) => a * y[i]).reduce((s, t) => s + t, 0); // oxfmt-ignore
const at = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)];
const direction = (v: ArrayLike<number>): number => Math.atan2(v[1], v[0]);
const rounded = (x: ArrayLike<number>, digits: number): string[] => Array.from(x, (v) => v.toFixed(digits));
/** The signed area of v and w: its sign is the orientation of the pair. */
const area = (v: ArrayLike<number>, w: ArrayLike<number>): number => v[0] * w[1] - v[1] * w[0];
/** The difference of two angles, taken to (−π, π]. */
const turn = (from: number, to: number): number => direction(at(to - from));

test("1.1 LIN-1 column j of L is the image of axis j", () => {
  expect([...multiply(L, [1, 0])]).toEqual([...L.col(0)]);
  expect([...multiply(L, [0, 1])]).toEqual([...L.col(1)]);
});

test("1.2 LIN-1 L·R acts on every column of R at once", () => {
  expect(multiply(L, [[1, 0, -1], [0, 1, 2]]).toArray()).toEqual([[2, 1, 0], [0.5, 1.5, 2.5]]); // oxfmt-ignore
});

test("1.3 MAT-9 LR = (RᵀLᵀ)ᵀ, difference 0", () => {
  const random = numpyRandomState(7);
  for (const [m, k, n] of [[2, 2, 3], [4, 3, 5], [17, 30, 9]] as const) {
    const [X, Y] = [random.randn(m, k), random.randn(k, n)];
    expect(gap(multiply(X, Y), multiply(Y.T, X.T).T)).toBe(0);
  } // oxfmt-ignore
});

test("2.3 LIN-2 there and back: M⁻¹ undoes M from both sides, and a singular matrix has no way back", () => {
  const M = [[1, 1], [1, 2]]; // oxfmt-ignore
  expect(gap(inv(M), [[2, -1], [-1, 1]])).toBeLessThan(1e-15); // oxfmt-ignore
  expect(gap(multiply(M, inv(M)), Matrix.identity(2))).toBeLessThan(1e-15);
  expect(gap(multiply(inv(M), M), Matrix.identity(2))).toBeLessThan(1e-15);
  const flat = [[1, 2], [2, 4]]; // oxfmt-ignore
  expect(() => inv(flat)).toThrow(/inv/);
  expect(rank(flat)).toBe(1);
  expect(Math.abs(area(orth(flat).col(0), [1, 2]))).toBeLessThan(1e-15);
});

test("3.1 EIG-3 the symmetric example: mirrored entries, eigenvalues of both signs", () => {
  const M = [[1, 7, 3], [7, 4, 5], [3, 5, 6]]; // oxfmt-ignore
  expect(isSymmetric(M)).toBe(true);
  expect(rounded(eigvalsh(M), 8)).toEqual(["-4.73690041", "1.83783012", "13.89907029"]);
});

test("4.1 4.2 GEO-2 the table of dot products of an orthogonal matrix is I, and its inverse is its transpose", () => {
  const O = rotation(0.7, [1, 2, 2]);
  expect(isOrthogonal(O)).toBe(true);
  expect(gap(multiply(O.T, O), Matrix.identity(3))).toBeLessThan(1e-15);
  expect(gap(multiply(O, O.T), Matrix.identity(3))).toBeLessThan(1e-15);
  expect(gap(inv(O), O.T)).toBeLessThan(1e-15);
});

test("4.3 LIN-9 the determinant is ad − bc, the signed area of the unit square", () => {
  expect(det(L)).toBe(2.5);
  expect(area(L.col(0), L.col(1))).toBe(2.5);
  expect(det(FLIP)).toBe(-3);
});

test("4.4 4.5 GEO-1 lengths and unsigned angles are kept; a reflection reverses the signed one", () => {
  const [v, w] = [[3, 1], [-1, 2]]; // oxfmt-ignore
  for (const [Q, sign] of [[rotation(0.4), 1], [reflection(0.4), -1]] as const) {
    const [Qv, Qw] = [multiply(Q, v), multiply(Q, w)];
    expect(norm(Qv)).toBeCloseTo(norm(v), 14);
    expect(dot(Qv, Qw)).toBeCloseTo(dot(v, w), 14);
    expect(area(Qv, Qw)).toBeCloseTo(sign * area(v, w), 14);
  } // oxfmt-ignore
});

test("4.6 GEO-2 a tall matrix may have orthonormal columns, never rows: QQᵀ is a projection of rank 2", () => {
  const Q = Matrix.from(rotation(0.3, [1, 1, 0]).slice(0, 3, 0, 2));
  expect(classify(Q)).toEqual({ kind: "column-orthonormal" });
  expect(classify(Q.T)).toEqual({ kind: "row-orthonormal" });
  expect(gap(multiply(Q.T, Q), Matrix.identity(2))).toBeLessThan(1e-15);
  const P = multiply(Q, Q.T);
  expect(gap(multiply(P, P), P)).toBeLessThan(1e-15);
  expect(rank(P)).toBe(2);
});

test("5.1 5.2 GEO-1 R_α takes θ to θ + α and keeps orientation, not the order of angles", () => {
  const alpha = (20 * Math.PI) / 180;
  const R20 = rotation(alpha);
  for (const theta of [0.2, 3, -2.9])
    expect(turn(theta + alpha, direction(multiply(R20, at(theta))))).toBeCloseTo(0, 14);
  const images = [10, 350].map((degrees) => direction(multiply(R20, at((degrees * Math.PI) / 180))) * (180 / Math.PI));
  expect(rounded(images, 9)).toEqual(["30.000000000", "10.000000000"]);
});

test("5.3 GEO-1 F_φ takes θ to 2φ − θ: both arcs to the mirror are equal, orientation flips", () => {
  const phi = Math.PI / 6;
  const F = reflection(phi);
  for (const theta of [0.2, 3, -2.9]) {
    const image = direction(multiply(F, at(theta)));
    expect(turn(2 * phi - theta, image)).toBeCloseTo(0, 14);
    expect(turn(theta, phi)).toBeCloseTo(turn(phi, image), 14);
  }
  const images = [10, 100].map((degrees) => direction(multiply(F, at((degrees * Math.PI) / 180))) * (180 / Math.PI));
  expect(rounded(images.map((x) => (x + 360) % 360), 9)).toEqual(["50.000000000", "320.000000000"]); // oxfmt-ignore
});

test("5.5 5.6 GEO-2 det R_α = 1, det F_φ = −1; in space −1 may be a roto-reflection", () => {
  expect(det(rotation(1.1))).toBeCloseTo(1, 15);
  expect(det(reflection(1.1))).toBeCloseTo(-1, 15);
  expect(classify(rotation(1.1)).kind).toBe("rotation");
  expect(classify(reflection(1.1)).kind).toBe("reflection");
  const both = multiply(rotation(1, [0, 0, 1]), reflection([0, 0, 1]));
  expect(det(both)).toBeCloseTo(-1, 14);
  expect(classify(both).kind).toBe("roto-reflection");
  expect(classify(scale(Matrix.identity(3), -1)).kind).toBe("inversion");
});

test("6.1 6.3 6.4 GEN-1 A·v = λ·v, each eigenvector with its own eigenvalue", () => {
  const { w, V } = eig(L);
  expect([...w.re]).toEqual([1, 2.5]);
  for (const j of [0, 1]) {
    const v = V.re.col(j);
    expect(gap([multiply(L, v)], [v.map((x) => w.re[j] * x)])).toBeLessThan(1e-15);
  }
});

test("6.5 GEN-1 a negative eigenvalue keeps the line and reverses the vector", () => {
  const { w, V } = eig(FLIP);
  expect(w.re[0]).toBeCloseTo(-1, 15);
  const v = V.re.col(0);
  expect(dot(multiply(FLIP, v), v)).toBeCloseTo(-1, 14);
});

test("6.6 GEN-9 the four classes: two lines, all lines, one line, none", () => {
  const kinds = (matrices: number[][][]): string[] => matrices.map((M) => eigenStructure(M).kind);
  expect(kinds([FLIP, [[2, 1], [0.5, 1.5]]])).toEqual(["distinct", "distinct"]); // oxfmt-ignore
  expect(kinds([[[1, 0], [0, 1]], [[-1, 0], [0, -1]]])).toEqual(["repeated", "repeated"]); // oxfmt-ignore
  expect(kinds([SHEAR, [[3, 1], [-1, 1]], [[0, 1], [0, 0]]])).toEqual(["defective", "defective", "defective"]); // oxfmt-ignore
  expect(kinds([[[0, -4], [1, 0]], [[3, -2], [4, -1]], rotation(0.5).toArray()])).toEqual(["complex", "complex", "complex"]); // oxfmt-ignore
  const inSpace = eigenStructure(rotation(1, [0, 0, 1]));
  expect(inSpace.kind).toBe("complex");
  expect(inSpace.spaces.map(({ value }) => [value.re.toFixed(3), value.im.toFixed(3)])).toEqual([["1.000", "0.000"], ["0.540", "0.841"]]); // oxfmt-ignore
  expect(gap(inSpace.spaces[0].basis, [[0], [0], [1]])).toBeLessThan(1e-15);
});

test("6.7 EIG-1 a symmetric matrix shears the standard grid but not the grid of its eigenvectors", () => {
  const angle = (v: ArrayLike<number>, w: ArrayLike<number>): number =>
    (Math.acos(dot(v, w) / (norm(v) * norm(w))) * 180) / Math.PI;
  expect(angle(S.col(0), S.col(1))).toBeCloseTo(29.74, 2);
  const { V } = eigh(S);
  expect(angle(multiply(S, V.col(0)), multiply(S, V.col(1)))).toBeCloseTo(90, 12);
});

test("7.1 EIG-1 the first code cell, as NumPy prints it", () => {
  expect(`L @ R =\n ${format(multiply(L, [[1, 0, -1], [0, 1, 2]])).replaceAll("\n", "\n ").replaceAll("\n  [", "\n [")}`).toContain("[0.5 1.5 2.5]"); // oxfmt-ignore
  const round = (M: Matrix): Matrix =>
    Matrix.from(M.toArray().map((row) => row.map((x) => Math.round(x * 1e10) / 1e10)));
  expect(format(round(multiply(L, inv(L))))).toMatch(/^\[\[ ?1\. +0\. *\]\n \[ ?-?0\. +1\. *\]\]$/);
  const Q = rotation(Math.PI / 6);
  expect(format(round(multiply(Q.T, Q)))).toBe("[[1. 0.]\n [0. 1.]]");
  const { w, V } = eigh(S);
  expect(format(w)).toBe("[1.43844719 5.56155281]");
  expect(format(V)).toBe("[[ 0.61541221 -0.78820544]\n [-0.78820544 -0.61541221]]");
  const v1 = V.col(0);
  expect(format(multiply(S, v1))).toBe("[ 0.88523796 -1.1337919 ]");
  expect(norm(subtract([multiply(S, v1)], [v1.map((x) => w[0] * x)]), "max")).toBeLessThan(1e-15);
});

test("8.1 8.2 EIG-2 eigenvectors of a symmetric matrix stand at right angles and have length 1; ‖(4, 3)‖ = 5", () => {
  const { V } = eigh(S);
  expect(dot(V.col(0), V.col(1))).toBeCloseTo(0, 15);
  expect(dot([4, 3], [4, 3])).toBe(25);
  expect(norm([4, 3])).toBe(5);
});

test("8.3 EIG-2 diagonal and off-diagonal entries of QᵀQ for a 3 × 3 matrix", () => {
  const { V } = eigh([[1, 7, 3], [7, 4, 5], [3, 5, 6]]); // oxfmt-ignore
  expect(gap(multiply(V.T, V), Matrix.identity(3))).toBeLessThan(2e-15);
});

test("8.4 EIG-1 S = QΛQᵀ, rebuilt to 1e-15·‖S‖", () => {
  const { w, V } = eigh(S);
  expect(norm(subtract(S, multiply(multiply(V, Matrix.diagonal(w)), V.T))) / norm(S)).toBeLessThan(1e-15);
});

test("9.2 9.3 GEO-6 the Gram matrices of a 3 × 2 matrix are 3 × 3 and 2 × 2; their eigenvectors are left and right", () => {
  expect(leftGram(R).shape).toEqual([3, 3]);
  expect(rightGram(R).shape).toEqual([2, 2]);
  const { U, s, V } = svd(R, { full: true });
  expect([U.shape, V.shape]).toEqual([[3, 3], [2, 2]]); // oxfmt-ignore
  for (const j of [0, 1]) {
    const square = s[j] ** 2;
    expect(gap([multiply(leftGram(R), U.col(j))], [U.col(j).map((x) => square * x)])).toBeLessThan(1e-13);
    expect(gap([multiply(rightGram(R), V.col(j))], [V.col(j).map((x) => square * x)])).toBeLessThan(1e-13);
  }
});

test("9.4 GEO-6 xᵀRᵀRx = ‖Rx‖² ≥ 0", () => {
  for (const x of [[1, 2], [-3, 0.5]]) expect(dot(x, multiply(rightGram(R), x))).toBeCloseTo(norm(multiply(R, x)) ** 2, 11); // oxfmt-ignore
});

test("9.5 9.6 GEO-6 equal spectra but for zeros; their number of nonzeros is the rank", () => {
  expect(rounded(eigvalsh(rightGram(R)), 4)).toEqual(["6.9002", "47.0998"]);
  expect(rounded(eigvalsh(leftGram(R)).map(Math.abs), 4)).toEqual(["0.0000", "6.9002", "47.0998"]);
  expect(rank(R)).toBe(2);
  expect(eigvalsh(rightGram(L))[0]).toBeGreaterThan(0.9);
});

test("10.1 10.2 SVD-1 R = UΣVᵀ, and R·X step by step", () => {
  const { U, s, Vt } = svd(A, { full: true });
  const X = numpyRandomState(1).randn(3, 4);
  const steps = multiply(U, multiply(Matrix.diagonal(s, [2, 3]), multiply(Vt, X)));
  expect(gap(steps, multiply(A, X))).toBeLessThan(1e-14);
});

test("10.3 10.4 10.6 SVD-2 Vᵀ lays v₁, v₂ … on the axes, U the axes on u₁, u₂ …", () => {
  const { U, V, Vt } = svd(A, { full: true });
  expect(gap(multiply(Vt, V), Matrix.identity(3))).toBeLessThan(1e-15);
  expect(gap([multiply(U, [1, 0])], [U.col(0)])).toBe(0);
});

test("10.5 GEO-5 Σ erases dimensions: a plane into space, a ball onto an ellipse", () => {
  expect(imageOfUnitSphere(R).dimension).toBe(2);
  expect(imageOfUnitSphere(A).dimension).toBe(2);
  expect(imageOfUnitSphere([[1, 2], [2, 4]]).dimension).toBe(1); // oxfmt-ignore
  const v3 = nullSpace(A).col(0);
  expect(norm(multiply(A, v3))).toBeLessThan(1e-15);
  expect(Math.abs(dot(v3, [-2, 2, 1])) / 3).toBeCloseTo(1, 14);
});

test("10.7 GEO-3 every map is rotate, scale, rotate, and a reflection is told", () => {
  for (const M of [L, S, R, A, Matrix.from(FLIP), Matrix.from(SHEAR)]) {
    const { U, s, V, reflects } = rotateScaleRotate(M);
    expect(gap(reconstruct({ U, s, Vt: V.T }), M)).toBeLessThan(1e-14);
    expect(det(V)).toBeCloseTo(1, 14);
    expect(reflects).toBe(M.rows === M.cols && det(M) < 0);
  }
});

test("10.8 SVD-1 Rvᵢ = σᵢuᵢ, and v₁ is where ‖Rx‖ is largest", () => {
  const { U, s, V } = svd(R);
  for (const i of [0, 1]) expect(gap([multiply(R, V.col(i))], [U.col(i).map((x) => s[i] * x)])).toBeLessThan(2e-15);
  const lengths = Array.from({ length: 720 }, (_, i) => norm(ellipseOutline(R, 720).col(i)));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(s[0] * (1 + 1e-15));
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(s[1] * (1 - 1e-15));
  const best = at((lengths.indexOf(Math.max(...lengths)) * 2 * Math.PI) / 720);
  expect(Math.abs(dot(best, V.col(0)))).toBeGreaterThan(0.9999);
});

test("11.1 11.2 SVD-3 σ = √λ of the Gram matrices, and |λ| of a symmetric one", () => {
  expect(gap([svdvals(R)], [eigvalsh(rightGram(R)).reverse().map(Math.sqrt)])).toBeLessThan(1e-14);
  const M = [[1, 7, 3], [7, 4, 5], [3, 5, 6]]; // oxfmt-ignore
  const magnitudes = eigvalsh(M).map(Math.abs).sort().reverse();
  expect(gap([svdvals(M)], [magnitudes])).toBeLessThan(1e-14);
  expect(rounded(svdvals(SHEAR), 9)).toEqual(["1.618033989", "0.618033989"]);
});

test("12.1 12.2 SVD-1 the second code cell", () => {
  const { U, s, Vt } = svd(A, { full: true });
  expect(format(s.map((x) => Math.round(x * 1e6) / 1e6))).toBe("[5. 3.]");
  expect([U.shape, Vt.shape]).toEqual([[2, 2], [3, 3]]); // oxfmt-ignore
  const eigenvalues = eigvalsh(rightGram(A)).reverse().filter((x) => x > 1e-10); // oxfmt-ignore
  expect(format(eigenvalues.map((x) => Math.round(x * 1e6) / 1e6))).toBe("[25.  9.]");
});

test("13.1 LIN-8 Eckart–Young: both errors of the best rank-1 approximation are 3", () => {
  const best = truncate(A, { rank: 1 });
  expect(gap(reconstruct(best), [[2.5, 2.5, 0], [2.5, 2.5, 0]])).toBeLessThan(2e-15); // oxfmt-ignore
  expect(norm(subtract(A, reconstruct(best)), 2)).toBeCloseTo(best.spectralError, 14);
  expect(norm(subtract(A, reconstruct(best)))).toBeCloseTo(best.frobeniusError, 14);
});

test("13.3 LIN-8 LoRA: ΔW = B·A with r(d + k) parameters", () => {
  const { loraB, loraA, relativeError } = loraFactors(numpyRandomState(3).randn(12, 20), 4);
  expect([loraB.shape, loraA.shape]).toEqual([[12, 4], [4, 20]]); // oxfmt-ignore
  expect(loraB.data.length + loraA.data.length).toBe(4 * (12 + 20));
  expect(relativeError).toBeGreaterThan(0);
});

test("13.4 13.5 RND-2 the table of rank, error and parameters for seed 42, and what it leaves out: the energy", () => {
  const deltaW = scale(numpyRandomState(42).randn(64, 64), 0.01);
  const rows = [1, 2, 4, 8, 16, 32].map((r) => {
    const { relativeError, energy } = truncate(deltaW, { rank: r });
    return [r, relativeError.toFixed(4), `${(100 * energy).toFixed(1)} %`, 2 * 64 * r];
  });
  expect(rows).toEqual([
    [1, "0.9706", "5.8 %", 128],
    [2, "0.9440", "10.9 %", 256],
    [4, "0.8928", "20.3 %", 512],
    [8, "0.7968", "36.5 %", 1024],
    [16, "0.6206", "61.5 %", 2048],
    [32, "0.3350", "88.8 %", 4096],
  ]);
  // An update that is nearly of rank 4: the error drops where the noise begins.
  const random = numpyRandomState(42);
  const [B, D, noise] = [random.randn(64, 4), random.randn(4, 64), random.randn(64, 64)];
  const low = subtract(scale(multiply(B, D), 0.005), scale(noise, -0.001));
  expect([1, 2, 4, 8].map((r) => truncate(low, { rank: r }).relativeError.toFixed(4))).toEqual(["0.7911", "0.5799", "0.0964", "0.0851"]); // oxfmt-ignore
  expect(formatNumber(truncate(low, { energy: 0.99 }).rank)).toMatch(/^4/);
});
