/**
 * The one list of kernels: what each computes, its arguments and preconditions.
 *
 * Two twins implement it: `assembly/` (WebAssembly) and `kernels/ref/` (TypeScript, the oracle and the fallback). Both
 * work on one linear memory seen as an array of the dtype. Every matrix and vector argument is an offset into that
 * array, every `ld…` the distance between columns (matrices are column-major), every `d…` the stride of a vector; all
 * count elements. Sizes are ≥ 0. Arguments that are written never overlap the others. Kernels check nothing, allocate
 * nothing and throw nothing.
 */
export interface Kernels {
  /** xᵀy. */
  dot(n: number, x: number, dx: number, y: number, dy: number): number;
  /** y ← y + α·x. */
  axpy(n: number, alpha: number, x: number, dx: number, y: number, dy: number): void;
  /** x ← α·x. */
  scal(n: number, alpha: number, x: number, dx: number): void;
  /** x ↔ y. */
  swap(n: number, x: number, dx: number, y: number, dy: number): void;
  /** First index of the largest |xᵢ|; −1 when n = 0 or every entry is NaN. */
  iamax(n: number, x: number, dx: number): number;
  /** ‖x‖₂ without overflow or harmful underflow. */
  nrm2(n: number, x: number, dx: number): number;

  /** y ← y + α·A·x, A m × n; y has unit stride. */
  gemv(m: number, n: number, alpha: number, A: number, lda: number, x: number, dx: number, y: number): void;
  /** y ← y + α·Aᵀ·x, A m × n; x has unit stride. */
  gemvT(m: number, n: number, alpha: number, A: number, lda: number, x: number, y: number, dy: number): void;
  /** A ← A + α·x·yᵀ, A m × n; x has unit stride. */
  ger(m: number, n: number, alpha: number, x: number, y: number, dy: number, A: number, lda: number): void;
  /**
   * y ← y + α·A·x for symmetric A, n × n, of which only the lower triangle is read, and counts, in its first `columns`
   * columns: all of it where they are n. Unit strides.
   */
  symv(n: number, columns: number, alpha: number, A: number, lda: number, x: number, y: number): void;
  /** y ← y + α·A·x, A m × n, everything complex in split storage (real and imaginary parts apart); unit strides. */
  cgemv(
    m: number,
    n: number,
    alpha: number,
    Are: number,
    Aim: number,
    lda: number,
    xre: number,
    xim: number,
    yre: number,
    yim: number,
  ): void;
  /** y ← y + α·Aᴴ·x, A m × n, everything complex in split storage; unit strides. */
  cgemvH(
    m: number,
    n: number,
    alpha: number,
    Are: number,
    Aim: number,
    lda: number,
    xre: number,
    xim: number,
    yre: number,
    yim: number,
  ): void;
  /**
   * y ← y + α·A·x for Hermitian A, n × n, in split storage: of each part only the lower triangle is read, and the
   * diagonal counts as real; unit strides.
   */
  hemv(
    n: number,
    alpha: number,
    Are: number,
    Aim: number,
    lda: number,
    xre: number,
    xim: number,
    yre: number,
    yim: number,
  ): void;
  /**
   * The fused pass of bidiagonalisation over A, m × n, reading each column once (Howell et al., TOMS 34, 2008):
   * yⱼ ← τ·(Aⱼᵀu − correctionⱼ), wⱼ ← rowⱼ − yⱼ, z ← z + wⱼ·Aⱼ for j = 0 … n−1. `row` has stride drow, all else 1;
   * y may lie where w does, and is then lost.
   */
  bidiagonalPass(
    m: number,
    n: number,
    A: number,
    lda: number,
    u: number,
    tau: number,
    correction: number,
    row: number,
    drow: number,
    y: number,
    w: number,
    z: number,
  ): void;
  /**
   * A small A = Q·B·Pᵀ, m × n, m ≥ n, for B upper bidiagonal: A becomes B with the reflectors of Q below the diagonal and
   * those of P right of the superdiagonal, n scalars of them each go to tauQ and tauP, and `work` has m + 2n + 2 places;
   * m ≤ 10⁵.
   */
  bidiagonalize(m: number, n: number, A: number, lda: number, tauQ: number, tauP: number, work: number): void;
  /**
   * A small A = Q·T·Qᵀ, symmetric, n × n, for T tridiagonal, from its lower triangle: A becomes T on and below the diagonal,
   * with the reflectors of Q below that and anything above it; n − 1 scalars of them go to tau, and `work` has 2n + 2 places;
   * n ≤ 10⁵.
   */
  tridiagonalize(n: number, A: number, lda: number, tau: number, work: number): void;

  /**
   * C ← α·op(A)·op(B) + β·C, C m × n, common length k; op(X) = Xᵀ where its flag is 1. β = 0 never reads C. Every entry is
   * a sum of k products in some order, fused or not: the bounds of `certify` rest on that, so no fast multiplication. The
   * order depends on k alone: an entry has the same bits in any part of C, which is what lets threads share it.
   */
  gemm(
    transA: 0 | 1,
    transB: 0 | 1,
    m: number,
    n: number,
    k: number,
    alpha: number,
    A: number,
    lda: number,
    B: number,
    ldb: number,
    beta: number,
    C: number,
    ldc: number,
  ): void;
  /**
   * B ← op(T)⁻¹·B, or B·op(T)⁻¹ where `right` is 1: B is m × n, T triangular of order m or n. Only the named triangle
   * of T is read, and its diagonal counts as ones where `unit` is 1.
   */
  trsm(
    right: 0 | 1,
    upper: 0 | 1,
    trans: 0 | 1,
    unit: 0 | 1,
    m: number,
    n: number,
    T: number,
    ldt: number,
    B: number,
    ldb: number,
  ): void;

  /**
   * The reflector H = I − τ·v·vᵀ, v₀ = 1, with H·[α; x] = [β; 0] for the n ≥ 1 elements from `x` on. Writes β over α and the
   * tail of v behind it, and returns τ, which is 0 (H = I) when x is zero already.
   */
  reflector(n: number, x: number): number;
  /**
   * C ← H₀·H₁ ⋯ H_{k−1}·C, or H_{k−1} ⋯ H₀·C where `ascending` is 1, C m × n: Hⱼ = I − τⱼ·vⱼvⱼᵀ, where element j of vⱼ is
   * one, and those below it lie in column j of V; m ≤ 10⁵.
   */
  reflect(
    ascending: 0 | 1,
    m: number,
    n: number,
    k: number,
    V: number,
    ldv: number,
    tau: number,
    C: number,
    ldc: number,
  ): void;
  /**
   * The k × k triangle T of the compact WY form I − V·T·Vᵀ of k reflectors, upper, zeros below it, from their scalars τ
   * and the Gram matrix VᵀV, of which only the part above the diagonal is read.
   */
  wyTriangle(k: number, tau: number, gram: number, ldg: number, T: number, ldt: number): void;
  /** B ← Aᵀ, A m × n. */
  transpose(m: number, n: number, A: number, lda: number, B: number, ldb: number): void;

  /**
   * The vectors of a solved secular equation in the place of the differences: of X, n × n, column j becomes wᵢ/xᵢⱼ over its
   * length with w = ẑ, component i in the row that element i of `rows` names, and element j of `inverses` one over that
   * length. Called again with `left` = 1 and w = d, it turns them into the left vectors of the arrow: −1 for i = 0, else
   * dᵢẑᵢ/(pᵢ − λⱼ), over their length. The differences, w, rows and inverses are f64, all offsets count f64, ldx counts
   * elements of either: in f32 the vectors fill the first half of the memory.
   */
  secularVectors(n: number, left: 0 | 1, w: number, X: number, ldx: number, rows: number, inverses: number): void;

  /** [xᵢ yᵢ] ← [xᵢ yᵢ]·[c −s; s c]. */
  rot(n: number, x: number, dx: number, y: number, dy: number, c: number, s: number): void;
  /**
   * n − 1 rotations of neighbouring columns of A, m × n: rotation i, (cᵢ, sᵢ) in the arrays c and s, turns columns i and
   * i + 1 as `rot` does, for i = 0 … n−2, or downward from n−2 where `backward` is 1.
   */
  rotSweep(m: number, n: number, A: number, lda: number, c: number, s: number, backward: 0 | 1): void;

  /**
   * Implicit zero-shift QR on the n × n upper bidiagonal, n ≥ 1, diagonal at d, superdiagonal at e: at most `limit` sweeps, or
   * until every superdiagonal entry is zero. The columns of U and V, n of them with so many rows, which may be 0, are
   * multiplied by the same rotations. d, e and the 5n places at `work` are f64, their offsets count f64. Returns the number of
   * sweeps; called again, it goes on.
   */
  implicitQr(
    n: number,
    d: number,
    e: number,
    U: number,
    ldu: number,
    rowsU: number,
    V: number,
    ldv: number,
    rowsV: number,
    work: number,
    limit: number,
  ): number;
  /**
   * Implicit QL and QR iteration on the n × n symmetric tridiagonal, diagonal at d, the entries beside it at e: at most `limit`
   * sweeps, or until blocks of one and of two are left, between zeros of e. The columns of V, n of them with so many rows, which may be 0, are multiplied
   * by the same rotations. d, e and the 3n places at `work` are f64, their offsets count f64. Returns the number of sweeps;
   * called again, it goes on.
   */
  implicitQl(
    n: number,
    d: number,
    e: number,
    V: number,
    ldv: number,
    rows: number,
    work: number,
    limit: number,
  ): number;
  /**
   * The chase of implicit QR: H ← QᵀHQ and Z ← Z·Q, H an upper Hessenberg block whose last row is `last`, Z of `rows`
   * rows (which may be 0). Reflector k = from … to−1 turns rows and columns k … min(k + 2, last), and zeroes column k−1
   * below its row k. Only columns up to `columns`−1 and rows from `top` on are turned. Where `start` is not 0, reflector
   * `from` is that of the vector (x, y, z) instead, the first column of the shifted polynomial, and column from−1 is left
   * alone (1), or has its one entry multiplied by 1 − τ (2).
   */
  francisChase(
    H: number,
    ldh: number,
    from: number,
    to: number,
    last: number,
    top: number,
    columns: number,
    start: 0 | 1 | 2,
    x: number,
    y: number,
    z: number,
    Z: number,
    ldz: number,
    rows: number,
  ): void;

  /** normsⱼ ← ‖Xⱼ‖₂, X m × n, as `jacobiTile` keeps them. */
  jacobiNorms(m: number, n: number, X: number, ldx: number, norms: number): void;
  /**
   * One-sided Jacobi on the pairs of columns (i, j) of X, m rows, i = p … p+np−1, j = q … q+nq−1, two ranges apart from
   * each other: a pair whose cosine exceeds `tol` in magnitude is turned until it is orthogonal, columns i and j of V
   * (`rows` rows, which may be 0) with it, and their norms in the array `norms` follow. The two elements at `worst`
   * grow to the largest |cosine| met and the largest |tangent| of a rotation. Columns with a norm below the smallest
   * normal number count as zero.
   */
  jacobiTile(
    m: number,
    np: number,
    nq: number,
    p: number,
    q: number,
    X: number,
    ldx: number,
    rows: number,
    V: number,
    ldv: number,
    norms: number,
    tol: number,
    worst: number,
  ): void;

  /**
   * Many small matrices, one after the other by rows, count·rows·cols elements from A on: Aₜ = Uₜ·diag(sₜ)·Vtₜ, thin, with
   * the library's order and signs, to U, s and Vt in the same layout. U and Vt are untouched where `vectors` is 0.
   *
   * Element t of `left` becomes 1 where matrix t is left to another method, its results undefined: an entry that is not
   * finite, no convergence, or numbers too far apart for the kernel, zero columns included; else 0. Returns how many.
   * `left` has room for count + 4 elements, `work` for what `batchScratch` says. rows, cols ≥ 1. Where `single` is 1, count is
   * 1 too, and the kernel may use what it has for many matrices on the one.
   */
  batchSvd(
    count: number,
    rows: number,
    cols: number,
    A: number,
    U: number,
    s: number,
    Vt: number,
    vectors: 0 | 1,
    work: number,
    left: number,
    single: 0 | 1,
  ): number;
  /** `batchSvd` for 2 × 2 in closed form: every finite matrix is answered. */
  batchSvd2x2(count: number, A: number, U: number, s: number, Vt: number, vectors: 0 | 1, left: number): number;
  /**
   * Sₜ = Vₜ·diag(wₜ)·Vₜᵀ for symmetric matrices of order n, as `batchSvd`; w ascends. Both triangles count, and their mean
   * where they differ by rounding; a matrix in which they differ by more is left.
   */
  batchEigh(
    count: number,
    n: number,
    S: number,
    w: number,
    V: number,
    vectors: 0 | 1,
    work: number,
    left: number,
  ): number;
  /** Xₜ = Aₜ⁻¹ for matrices of order n, as `batchSvd`; a matrix that is singular or nearly so is left. */
  batchInverse(count: number, n: number, A: number, X: number, work: number, left: number): number;
}

/** Every kernel by name; a WebAssembly export is the name with the dtype behind it: `gemmF64`, `gemmF32`. */
export const KERNEL_NAMES: readonly (keyof Kernels)[] = [
  "dot",
  "axpy",
  "scal",
  "swap",
  "iamax",
  "nrm2",
  "gemv",
  "gemvT",
  "ger",
  "symv",
  "cgemv",
  "cgemvH",
  "hemv",
  "bidiagonalPass",
  "bidiagonalize",
  "tridiagonalize",
  "gemm",
  "trsm",
  "secularVectors",
  "reflector",
  "reflect",
  "wyTriangle",
  "transpose",
  "rot",
  "rotSweep",
  "implicitQr",
  "implicitQl",
  "francisChase",
  "jacobiNorms",
  "jacobiTile",
  "batchSvd",
  "batchSvd2x2",
  "batchEigh",
  "batchInverse",
];

/** Kernels that exist in f64 alone: scalar recurrences of order n² a call, kept in double whatever the dtype. */
export interface ScalarKernels {
  /**
   * One sweep of implicit QR over an n × n upper bidiagonal block, n ≥ 2, diagonal at d, superdiagonal at e; the
   * zero-shift step when shift = 0. Downward, or from the last entry upward where `upward` is 1. With `keep`, the n − 1
   * rotations of each of the two sequences are written, as `rotSweep` takes them (backward where upward): the first
   * turns right vectors on the way down and left vectors on the way up, the second the others.
   */
  bidiagonalSweep(
    n: number,
    d: number,
    e: number,
    upward: 0 | 1,
    shift: number,
    c1: number,
    s1: number,
    c2: number,
    s2: number,
    keep: 0 | 1,
  ): void;

  /**
   * The n eigenvalues of BᵀB, n ≥ 1, for the upper bidiagonal B with squared diagonal q and squared superdiagonal e: 4n + 7
   * places at Z, which begin q₀ e₀ q₁ e₁ … qₙ₋₁, each zero or positive. They are left at Z, Z + 2, Z + 4 …, in no order,
   * each to full relative accuracy as long as it is a normal number. Returns the number of quotient-difference steps, or
   * −1 where `limit` of them were not enough.
   */
  dqds(n: number, Z: number, limit: number): number;

  /**
   * The eigenvalues of the n × n symmetric tridiagonal with diagonal d and the squares e² of the entries beside it, all near
   * 1 in magnitude or below, in place of d, in no order, each to a few ε of the largest; e² is destroyed. Returns the number
   * of sweeps, or −1 where `limit` of them were not enough.
   */
  rootFreeQl(n: number, d: number, e2: number, limit: number): number;

  /**
   * Root j of the secular equation 1/ρ + Σ zᵢ²/(pᵢ − λ) = 0, ρ > 0, whose poles p₀ < p₁ < … < pₙ₋₁ are dᵢ or, where
   * `squared` is 1, dᵢ² of dᵢ ≥ 0: the eigenvalue λⱼ of diag(d) + ρ·zzᵀ, between pⱼ and the next pole (the last below
   * pₙ₋₁ + ρ‖z‖²), or the singular value σⱼ of [√ρ·zᵀ; diag(d)], λⱼ = σⱼ². Every zᵢ², and the product of any
   * two pole differences, is a normal number.
   *
   * Writes n elements pᵢ − λⱼ to `delta`, each accurate to a few ε relatively, and three to `root`: λⱼ or σⱼ; its
   * offset τ = λⱼ − p_K; and K, the nearest pole. So λⱼ = d_K + τ, and σⱼ − d_K = τ/(d_K + σⱼ) without cancellation.
   * Returns 0, or 1 when the iteration limit was met.
   */
  secularRoot(
    n: number,
    j: number,
    d: number,
    z: number,
    rho: number,
    squared: 0 | 1,
    delta: number,
    root: number,
  ): number;
  /** `secularRoot` for every j: to column j of Delta, and to three elements from roots + 3j on. Returns how many failed. */
  secularRoots(
    n: number,
    d: number,
    z: number,
    rho: number,
    squared: 0 | 1,
    Delta: number,
    ldDelta: number,
    roots: number,
  ): number;
  /**
   * The weights ẑ for which the n computed roots are exact, by Löwner's formula
   * ẑᵢ² = Πⱼ (λⱼ − pᵢ) / Πⱼ≠ᵢ (pⱼ − pᵢ), with the signs of z. They include √ρ: 1 + Σ ẑᵢ²/(pᵢ − λⱼ) = 0 for every j.
   * Column j of Delta, n × n, is what `secularRoot` wrote for root j. Vectors ẑᵢ/(pᵢ − λⱼ), normalised, are orthogonal to
   * working precision.
   */
  secularWeights(n: number, d: number, z: number, Delta: number, ldDelta: number, squared: 0 | 1, zhat: number): void;
  /**
   * One sweep of implicit QR over an n × n symmetric tridiagonal block T, n ≥ 2, diagonal at d, the entries beside it at
   * e: T ← QᵀTQ with the given shift. Downward, which draws the last entry of e to zero, or from the last entry upward
   * where `upward` is 1, which draws the first. With `keep`, the n − 1 rotations that make Q are written to c and s, as
   * `rotSweep` takes them (backward where upward).
   */
  tridiagonalSweep(
    n: number,
    d: number,
    e: number,
    upward: 0 | 1,
    shift: number,
    c: number,
    s: number,
    keep: 0 | 1,
  ): void;
}

/** Every scalar kernel by name; exported under the plain name, but for `secularRoots`, which is made of `secularRoot`. */
export const SCALAR_KERNEL_NAMES: readonly Exclude<keyof ScalarKernels, "secularRoots">[] = [
  "bidiagonalSweep",
  "dqds",
  "rootFreeQl",
  "secularRoot",
  "secularWeights",
  "tridiagonalSweep",
];

/** Linear memory seen as an array of one dtype. */
export type Mem = Float64Array | Float32Array;

/** Element type of a matrix. */
export type DType = "f64" | "f32";

/** The TypeScript twin of a kernel: the same arguments after the memory they point into. */
export type Twin<F, M = Mem> = F extends (...args: infer A) => infer R ? (mem: M, ...args: A) => R : never;
