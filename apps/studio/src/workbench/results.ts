// The decompositions of a matrix as plain data: factors, facts in words, and what is proved. One function an answer.

import { EckartError, Matrix, type Certificate, type EigCertificate, type FloatArray } from "eckart";
import { engineFor, type Engine, type Watch } from "../engine/engine.ts";
import { flopsOf, shapeInWords, type Fact, type Proof, type Result } from "./result.ts";
import { bounded, complexNumber, figures } from "./words.ts";

const none = (missing: string): Result => ({ missing, parts: [], facts: [] });

/** Certificates of more flops, half a minute or so, are left to the command. */
const PROVED_FLOPS = 2e11;
const UNPROVED: Fact = {
  name: "certificate",
  value: "none",
  about: "so large a matrix is proved with the command: eckart svd --certify, eckart eig --certify",
};

/** Relative size of what is left, in units of rounding: the measure of LAPACK's tests. */
function measured(error: number, A: Matrix): string {
  const unit = Math.max(A.rows, A.cols, 1) * (A.dtype === "f32" ? 2 ** -23 : 2 ** -52);
  return `${figures(error, 2)} (${figures(error / unit, 2)} n·ε)`;
}

/** ‖A − B‖_F / ‖A‖_F; of a zero matrix the difference itself. */
async function distance(engine: Engine, A: Matrix, B: Matrix): Promise<number> {
  const size = await engine.norm(A);
  const left = await engine.norm(await engine.subtract(A, B));
  return size === 0 ? left : left / size;
}

/** A = U·diag(s)·Vᵀ. */
export async function singular(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  const F = await engine.svd(A);
  const { backward, orthogonalityU, orthogonalityV } = await engine.accuracy(A, F);
  const cost = 8 * A.rows * A.cols * F.s.length + 8 * (A.rows + A.cols) * F.s.length ** 2;
  const proof = cost <= PROVED_FLOPS ? inWords(await engine.certify(A, F), F.s) : undefined;
  return {
    parts: [
      { name: "U", about: "left singular vectors, the columns", mark: "U", value: F.U },
      { name: "s", label: "σ", about: "singular values, the diagonal of Σ", mark: "S", value: F.s },
      { name: "Vt", label: "Vᵀ", about: "right singular vectors, the rows", mark: "V", value: F.Vt },
    ],
    facts: [
      { name: "‖A − UΣVᵀ‖ / ‖A‖", value: measured(backward, A) },
      { name: "‖UᵀU − I‖", value: measured(orthogonalityU, A) },
      { name: "‖VᵀV − I‖", value: measured(orthogonalityV, A) },
      { name: "computed by", value: methodInWords(F.info) },
      ...(proof ? [] : [UNPROVED]),
    ],
    ...(proof && { proof }),
  };
}

const methodInWords = ({ method, backend }: { method: string; backend: string }): string =>
  `${method}, ${backend === "wasm" ? "WebAssembly" : "TypeScript"}`;

function inWords(
  { residual, orthogonalityU, orthogonalityV, values, rank, accepted }: Certificate,
  s: FloatArray,
): Proof {
  const radius = s.reduce((most, sigma, i) => Math.max(most, values.upper[i]! - sigma, sigma - values.lower[i]!), 0);
  return {
    accepted,
    sentences: [
      `The product of the factors misses A by at most ${bounded(residual.spectral)} in the spectral norm.`,
      `U and V have orthonormal columns to within ${bounded(orthogonalityU)} and ${bounded(orthogonalityV)}.`,
      ...(s.length > 0 ? [`Every singular value of A is within ${bounded(radius)} of the one printed.`] : []),
      `The rank of A is at least ${rank}.`,
    ],
  };
}

/** S = Q·Λ·Qᵀ where A is symmetric, A·V = V·Λ for any square one. */
export async function eigen(A: Matrix, watch: Watch): Promise<Result> {
  if (A.rows !== A.cols)
    return none(
      `A is ${shapeInWords(A)}. Only a square matrix has eigenvectors; AᵀA and AAᵀ have some, and they are its singular vectors.`,
    );
  const engine = await engineFor(2 * flopsOf(A), watch);
  const cost = 20 * A.rows ** 3;
  if (await engine.isSymmetric(A)) {
    const symmetric = await engine.eigh(A);
    const { w, V, info } = symmetric;
    const { backward, orthogonalityV } = await engine.accuracy(A, { w, V });
    const certificate = cost <= PROVED_FLOPS ? await engine.certify(A, { w, V }) : undefined;
    return {
      parts: [
        { name: "w", label: "λ", about: "eigenvalues, ascending", mark: "L", value: w },
        { name: "V", label: "Q", about: "orthonormal eigenvectors, the columns", mark: "Q", value: V },
      ],
      facts: [
        { name: "A is symmetric", value: "A = QΛQᵀ", about: definiteness(w) },
        { name: "‖A − QΛQᵀ‖ / ‖A‖", value: measured(backward, A) },
        { name: "‖QᵀQ − I‖", value: measured(orthogonalityV, A) },
        { name: "computed by", value: methodInWords(info) },
        ...(certificate ? [] : [UNPROVED]),
      ],
      ...(certificate && { proof: symmetricInWords(certificate, w) }),
    };
  }
  const { w, V, isReal, conditions, defect, info } = await engine.eig(A);
  const { backward } = await engine.accuracy(A, { w, V });
  const certificate = cost <= PROVED_FLOPS ? await engine.certify(A, { w, V }) : undefined;
  const worst = conditions.reduce((most, condition) => Math.max(most, condition), 0);
  return {
    parts: [
      { name: "w", label: "λ", about: "eigenvalues, by ascending real part", mark: "L", value: isReal ? w.re : w },
      {
        name: "V",
        about: "eigenvectors, the columns",
        value: isReal ? V.re : V,
      },
    ],
    facts: [
      {
        name: "eigenvectors",
        value: defect === 0 ? `${w.length}, independent` : `${w.length - defect} of ${w.length}`,
        about: defect === 0 ? "A can be diagonalised" : "A is defective: there is no basis of eigenvectors",
      },
      {
        name: "eigenvalues",
        value: isReal ? "all real" : "some complex",
        about: isReal ? "" : "a complex pair turns a plane and keeps no line of it",
      },
      ...(await smallStructure(engine, A)),
      { name: "worst condition", value: figures(worst, 3), about: "of an eigenvalue; 1 is perfect" },
      { name: "‖AV − VΛ‖ / ‖A‖", value: measured(backward, A) },
      { name: "computed by", value: methodInWords(info) },
      ...(certificate ? [] : [UNPROVED]),
    ],
    ...(certificate && { proof: generalInWords(certificate) }),
  };
}

function definiteness(w: FloatArray): string {
  const [least = 0, most = 0] = [w[0], w.at(-1)];
  if (least > 0) return "positive definite";
  if (most < 0) return "negative definite";
  if (least < 0 && most > 0) return "indefinite: eigenvalues of both signs";
  return "semidefinite";
}

async function smallStructure(engine: Engine, A: Matrix): Promise<Fact[]> {
  if (A.rows < 2 || A.rows > 3) return [];
  const { kind, spaces } = await engine.eigenStructure(A);
  const dimensions = ["line", "plane", "space"];
  const kept = spaces.map(({ value, geometric }) =>
    value.im > 0
      ? `${complexNumber(value.re, value.im)}: turns a plane`
      : `${figures(value.re)}: a ${dimensions[geometric - 1]}`,
  );
  return [{ name: "what is kept", value: kept.join("; "), about: kind }];
}

function symmetricInWords({ residual, orthogonalityV, values, accepted }: Certificate, w: FloatArray): Proof {
  const radius = w.reduce((most, x, i) => Math.max(most, values.upper[i]! - x, x - values.lower[i]!), 0);
  return {
    accepted,
    sentences: [
      `QΛQᵀ misses A by at most ${bounded(residual.spectral)} in the spectral norm.`,
      `Q has orthonormal columns to within ${bounded(orthogonalityV)}.`,
      `Every eigenvalue of A is within ${bounded(radius)} of the one printed.`,
    ],
  };
}

function generalInWords({ residual, radii, accepted }: EigCertificate): Proof {
  const radius = radii.reduce((most, x) => Math.max(most, x), 0);
  return {
    accepted,
    sentences: [
      `‖AV − VΛ‖₂ is at most ${bounded(residual.spectral)}.`,
      radius < Infinity
        ? `Every eigenvalue of A is within ${bounded(radius)} of the one printed.`
        : "No bound of the eigenvalues can be proved: the eigenvectors are not proved to be independent.",
    ],
  };
}

/** A = Q·R. */
export async function qrOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  const { Q, R } = await engine.qr(A);
  return {
    parts: [
      { name: "Q", about: "orthonormal columns", value: Q },
      { name: "R", about: "upper triangular", value: R },
    ],
    facts: [
      { name: "‖A − QR‖ / ‖A‖", value: measured(await distance(engine, A, await engine.multiply(Q, R)), A) },
      { name: "‖QᵀQ − I‖", value: measured(await orthogonality(engine, Q), A) },
    ],
  };
}

async function orthogonality(engine: Engine, Q: Matrix): Promise<number> {
  const gram = await engine.multiply(Q.T, Q);
  return engine.norm(await engine.subtract(gram, Matrix.identity(Q.cols)));
}

/** A = P·L·U. */
export async function luOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  const { P, L, U } = await engine.lu(A);
  const product = await engine.multiply(P, await engine.multiply(L, U));
  return {
    parts: [
      { name: "P", about: "permutation of the rows", value: P },
      { name: "L", about: "lower triangular, ones on the diagonal", value: L },
      { name: "U", about: "upper triangular", value: U },
    ],
    facts: [{ name: "‖A − PLU‖ / ‖A‖", value: measured(await distance(engine, A, product), A) }],
  };
}

/** A = L·Lᵀ. */
export async function choleskyOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  try {
    const L = await engine.cholesky(A);
    return {
      parts: [{ name: "L", about: "lower triangular, positive diagonal", value: L }],
      facts: [
        { name: "‖A − LLᵀ‖ / ‖A‖", value: measured(await distance(engine, A, await engine.multiply(L, L.T)), A) },
      ],
    };
  } catch (error) {
    if (!(error instanceof EckartError)) throw error;
    if (error.code === "shape") return none(`A is ${shapeInWords(A)}, and only a square matrix can be L·Lᵀ.`);
    if (error.code === "symmetry") return none("A is not symmetric, and L·Lᵀ always is.");
    if (error.code !== "singular") throw error;
    const { index } = error as EckartError & { index: number };
    return none(
      `A is not positive definite: its leading ${index + 1} × ${index + 1} part is not. xᵀLLᵀx is positive for every x ≠ 0.`,
    );
  }
}

/** A = U·P. */
export async function polarOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  const { U, P } = await engine.polar(A);
  return {
    parts: [
      { name: "U", about: A.rows < A.cols ? "orthonormal rows" : "orthonormal columns, nearest to A", value: U },
      { name: "P", about: "symmetric, the stretch √(AᵀA)", value: P },
    ],
    facts: [{ name: "‖A − UP‖ / ‖A‖", value: measured(await distance(engine, A, await engine.multiply(U, P)), A) }],
  };
}

/** A⁻¹. */
export async function inverseOf(A: Matrix, watch: Watch): Promise<Result> {
  if (A.rows !== A.cols)
    return none(`A is ${shapeInWords(A)}. Only a square matrix can have an inverse; its pseudoinverse is below.`);
  const engine = await engineFor(flopsOf(A), watch);
  try {
    const X = await engine.inv(A);
    const left = await engine.subtract(await engine.multiply(A, X), Matrix.identity(A.rows));
    return {
      parts: [{ name: "inv", label: "A⁻¹", about: "A·A⁻¹ = A⁻¹·A = I", value: X }],
      facts: [{ name: "‖AA⁻¹ − I‖", value: measured(await engine.norm(left), A) }],
    };
  } catch (error) {
    if (!(error instanceof EckartError) || error.code !== "singular") throw error;
    const rank = await engine.rank(A);
    return none(
      rank < A.rows
        ? `A has no inverse: its rank is ${rank} of ${A.rows}, so it sends some vectors to zero and none can be sent back.`
        : `A is singular to working precision, with condition ${figures(await engine.cond(A), 3)}: no digit of an inverse would be right.`,
    );
  }
}

/** A⁺. */
export async function pseudoinverseOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A), watch);
  const X = await engine.pinv(A);
  const back = await engine.multiply(await engine.multiply(A, X), A);
  return {
    parts: [{ name: "pinv", label: "A⁺", about: "VΣ⁺Uᵀ: the inverse as far as there is one", value: X }],
    facts: [{ name: "‖AA⁺A − A‖ / ‖A‖", value: measured(await distance(engine, A, back), A) }],
  };
}

/** The x of least norm among those with the least ‖b − A·x‖. */
export async function leastSquaresOf(A: Matrix, B: Matrix, watch: Watch): Promise<Result> {
  if (B.rows !== A.rows) return none(`b has ${B.rows} rows, and A has ${A.rows}: they must be as many.`);
  const engine = await engineFor(flopsOf(A), watch);
  const { x, residuals, rank } = await engine.lstsq(A, B);
  const exact = residuals.every((residual, j) => residual <= 1e-24 * B.col(j).reduce((sum, b) => sum + b * b, 0));
  return {
    parts: [{ name: "x", about: B.cols === 1 ? "the solution" : "the solutions, a column each", value: x }],
    facts: [
      {
        name: "‖b − Ax‖",
        value: Array.from(residuals.slice(0, 6), (residual) => figures(Math.sqrt(residual))).join(", "),
        about: exact ? "Ax = b, to rounding" : "no x is nearer",
      },
      {
        name: "rank",
        value: `${rank} of ${Math.min(A.rows, A.cols)}`,
        about: rank < A.cols ? "of many solutions the shortest" : "the only solution",
      },
    ],
  };
}

/** Orthonormal bases of the range and of the null space. */
export async function subspacesOf(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(2 * flopsOf(A), watch);
  const range = await engine.orth(A);
  const kernel = await engine.nullSpace(A);
  return {
    parts: [
      { name: "orth", label: "range", about: `all Ax: ${dimension(range.cols)} of ${A.rows}`, value: range },
      {
        name: "nullSpace",
        label: "null space",
        about: `Ax = 0: ${dimension(kernel.cols)} of ${A.cols}`,
        value: kernel,
      },
    ],
    facts: [
      {
        name: "rank + nullity",
        value: `${range.cols} + ${kernel.cols} = ${A.cols}`,
        about: kernel.cols === 0 ? "only 0 is sent to 0" : "",
      },
    ],
  };
}

const dimension = (n: number): string => (n === 1 ? "1 dimension" : `${n} dimensions`);
