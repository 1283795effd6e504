import { ascending, eigenResidual, orthogonality, subnormalMatrices, symmetricGallery } from "@eckart/testing";
import { expect, test } from "vitest";
import {
  eigh,
  eigvalsh,
  format,
  Matrix,
  type NonFiniteError,
  OptionError,
  ShapeError,
  SymmetryError,
} from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { withTuning } from "../../src/linalg/tuning.ts";

// The gallery of symmetric matrices, every method and both twins, is in tests/gallery/eigh.test.ts. Here are the door,
// the closed forms and the promises that the gallery does not show.

const METHODS = ["auto", "ql", "divide-and-conquer"] as const;
const EPSILON = 2 ** -52;

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("EIG-1 prints as NumPy prints it: the symmetric matrix of the lesson", () => {
  const { w, V } = eigh([
    [4, 2],
    [2, 3],
  ]);
  expect(format(V)).toBe("[[ 0.61541221 -0.78820544]\n [-0.78820544 -0.61541221]]");
  expect([...w]).toEqual([1.4384471871911697, 5.561552812808831]);
});

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    test(`EIG-1 EIG-4 the smallest dense matrices by Jacobi rotations, others by QL: ${dtype}, ${backend}`, () => {
      const epsilon = dtype === "f64" ? EPSILON : 2 ** -23;
      const worst = { residual: 0, orthogonality: 0, values: 0 };
      for (let n = 3; n <= 9; n++) {
        for (const S of symmetricGallery(n, 11, dtype)) {
          const answer = withBackend(backend, () => eigh(S));
          const alone = withBackend(backend, () => eigvalsh(S));
          // f32 has the values of f64 for an oracle, f64 those of the other method.
          const oracle = eigh(Matrix.from(S, { dtype: "f64" }), { method: "ql" }).w;
          const size = Math.max(...oracle.map(Math.abs), Number.MIN_VALUE);
          worst.residual = Math.max(worst.residual, eigenResidual(S, answer.w, answer.V));
          worst.orthogonality = Math.max(worst.orthogonality, orthogonality(answer.V));
          for (let i = 0; i < n && !S.tags.includes("extreme"); i++) {
            const error = Math.max(Math.abs(answer.w[i] - oracle[i]), Math.abs(alone[i] - oracle[i]));
            worst.values = Math.max(worst.values, error / size / (n * epsilon));
          }
          if (S.family !== "gaussian") continue;
          expect(answer.info.method, `order ${n}`).toBe(n <= (dtype === "f32" ? 7 : 6) ? "jacobi" : "ql");
        }
      }
      console.log(`eigh 3 × 3 to 9 × 9, ${dtype}, ${backend}, in units of n·ε:`, worst);
      expect(worst.residual).toBeLessThan(dtype === "f32" ? 3.5 : 3);
      expect(worst.orthogonality).toBeLessThan(3.5);
      expect(worst.values).toBeLessThan(dtype === "f32" ? 1.5 : 3);
    });
  }
}

test("EIG-1 large matrices, blocks of the default sizes", () => {
  for (const n of [150, 257]) {
    const S = [...symmetricGallery(n, 3)].find(({ family }) => family === "gaussian")!;
    for (const method of METHODS) {
      const { w, V, info } = eigh(S, { method });
      expect(eigenResidual(S, w, V), `‖S − V·diag(w)·Vᵀ‖/(‖S‖·n·ε), n = ${n}, ${method}`).toBeLessThan(2);
      expect(orthogonality(V), `‖I − VᵀV‖/(n·ε), n = ${n}, ${method}`).toBeLessThan(3.5);
      expect(info).toMatchObject({ method: method === "auto" ? "divide-and-conquer" : method, converged: true });
    }
  }
});

test("EIG-3 the sum of the eigenvalues is the trace, the sum of their squares the square of the Frobenius norm", () => {
  for (const S of symmetricGallery(40, 5)) {
    if (S.tags.includes("extreme")) continue;
    const { w } = eigh(S);
    const largest = Math.max(...w.map(Math.abs));
    if (largest === 0) continue;
    let [trace, squares] = [0, 0];
    for (let i = 0; i < 40; i++) trace += S.data[i * 41] / largest;
    for (const x of S.data) squares += (x / largest) ** 2;
    const values = Array.from(w, (x) => x / largest);
    const sum = values.reduce((total, x) => total + x, 0);
    const sumOfSquares = values.reduce((total, x) => total + x * x, 0);
    expect(Math.abs(sum - trace) / (40 * EPSILON), `trace of ${S.name}`).toBeLessThan(20);
    expect(Math.abs(sumOfSquares - squares) / (40 * EPSILON * squares), `norm of ${S.name}`).toBeLessThan(20);
  }
});

test("EIG-3 a diagonal matrix is answered exactly, sorted", () => {
  for (const method of METHODS) {
    const { w, V, info } = eigh(Matrix.diagonal([3, -1, 0.1, 3, 1e-300, -7]), { method });
    expect([...w]).toEqual([-7, -1, 1e-300, 0.1, 3, 3]);
    expect(info).toMatchObject({ method: "closed-form", iterations: 0, residual: 0 });
    const where = [5, 1, 4, 2, 0, 3];
    expect(V.toArray()).toEqual(
      Matrix.identity(6)
        .toArray()
        .map((_, i) => where.map((row) => (row === i ? 1 : 0))),
    );
  }
  expect([...eigvalsh(Matrix.identity(4))]).toEqual([1, 1, 1, 1]);
});

test("EIG-3 a tridiagonal matrix stays tridiagonal: a block that is decoupled keeps its own scale", () => {
  // Eigenvalues 1 and 3 at three scales; a reduction would mix them.
  const n = 6;
  const S = Matrix.zeros(n, n);
  [1, 1e-40, 1e40].forEach((scale, block) => {
    const at = 2 * block * (n + 1);
    S.data[at] = S.data[at + n + 1] = 2 * scale;
    S.data[at + 1] = S.data[at + n] = scale;
  });
  const values = [1e-40, 3e-40, 1, 3, 1e40, 3e40];
  for (const w of [eigvalsh(S), eigh(S, { method: "ql" }).w]) {
    w.forEach((x, i) => expect(Math.abs(x / values[i] - 1) / EPSILON, `value ${i}`).toBeLessThan(4));
  }
});

/** The eigenvalues of [a b; b c] in exact arithmetic, (a + c ± √((a − c)² + 4b²))/2, in units of 2⁻⁴⁰⁷⁵. */
function exactValues(a: number, b: number, c: number): [bigint, bigint] {
  const [A, B, C] = [a, b, c].map(integer) as [bigint, bigint, bigint];
  const more = 3000n;
  const root = squareRoot(((A - C) ** 2n + 4n * B * B) << (2n * more));
  const sum = (A + C) << more;
  return [sum - root, sum + root];
}

/** ⌊√x⌋ by Newton's method from above. */
function squareRoot(x: bigint): bigint {
  let root = 1n << BigInt(2 * x.toString(16).length);
  for (let next = 0n; ; root = next) {
    next = (root + x / root) >> 1n;
    if (next >= root) return root;
  }
}

/** |λ − exact|/(ε·|exact|); 0 where they differ by no more than the smallest subnormal number. */
function relativeError(lambda: number, exact: bigint): number {
  const error = (integer(lambda) << 3001n) - exact;
  if (-(1n << 3001n) <= error && error <= 1n << 3001n) return 0;
  return Math.abs(Number((error << 100n) / exact)) * 2 ** -48;
}

/** x·2^1074. */
function integer(x: number): bigint {
  let power = 1074;
  for (; power > 0 && !Number.isInteger(x); power--) x *= 2;
  return BigInt(x) << BigInt(power);
}

test("EIG-3 2 × 2 in closed form: both eigenvalues to a few ulps, whatever cancels", () => {
  const entries = [0, 1, -1, 1 + EPSILON, 1 - EPSILON / 2, 3, -0.1, 1e-8, 1e-100, -1e-140, 1e100, 1e150, 2 ** -500];
  for (const a of entries) {
    for (const b of entries) {
      for (const c of entries) {
        if (b === 0) continue;
        const S = [
          [a, b],
          [b, c],
        ];
        const { w, V } = eigh(S);
        expect(ascending(w)).toBe(0);
        exactValues(a, b, c).forEach((exact, i) => {
          expect(relativeError(w[i], exact), `[${a} ${b}; ${b} ${c}]: ${w[i]}`).toBeLessThan(4);
        });
        const data = Float64Array.from(S.flat());
        expect(eigenResidual({ rows: 2, cols: 2, data }, w, V), `[${a} ${b}; ${b} ${c}]`).toBeLessThan(4);
        expect(orthogonality(V), `[${a} ${b}; ${b} ${c}]`).toBeLessThan(4);
        expect([...eigvalsh(S)]).toEqual([...w]);
      }
    }
  }
});

test("EIG-1 EIG-2 every symmetric 2 × 2 of zeros, ones and subnormals, by every method", () => {
  for (const dtype of ["f64", "f32"] as const) {
    for (const S of subnormalMatrices(dtype)) {
      if (S.data[1] !== S.data[2]) continue;
      for (const method of METHODS) {
        const { w, V } = eigh(S, { method });
        expect(ascending(w), `${S.name}, ${method}`).toBe(0);
        expect(eigenResidual(S, w, V), `${S.name}, ${method}`).toBeLessThan(4);
        expect(orthogonality(V), `${S.name}, ${method}`).toBeLessThan(4);
      }
    }
  }
});

test("EIG-6 the signs of 2 × 2 are those that LAPACK gives", () => {
  // [[a, b, c], signs of V by rows], as NumPy 2 answers [[a, b], [b, c]].
  const recorded: [[number, number, number], number[]][] = [
    [
      [4, 2, 3],
      [+1, -1, -1, -1],
    ],
    [
      [3, 2, 4],
      [-1, +1, +1, +1],
    ],
    [
      [4, -2, 3],
      [-1, -1, -1, +1],
    ],
    [
      [3, -2, 4],
      [-1, -1, -1, +1],
    ],
    [
      [-4, 2, -3],
      [-1, -1, +1, -1],
    ],
    [
      [-3, 2, -4],
      [-1, -1, +1, -1],
    ],
    [
      [-4, -2, -3],
      [-1, +1, -1, -1],
    ],
    [
      [-3, -2, -4],
      [+1, -1, +1, +1],
    ],
    [
      [2, 1, 2],
      [-1, +1, +1, +1],
    ],
    [
      [2, -1, 2],
      [-1, -1, -1, +1],
    ],
    [
      [1, -2, -1],
      [-1, -1, -1, +1],
    ],
    [
      [1, 2, -1],
      [+1, -1, -1, -1],
    ],
    [
      [-1, 2, 1],
      [-1, +1, +1, +1],
    ],
    [
      [0, 1, 0],
      [-1, +1, +1, +1],
    ],
    [
      [0, -1, 0],
      [-1, -1, -1, +1],
    ],
    [
      [-5, 1, 4],
      [-1, -1, +1, -1],
    ],
    [
      [0, 3, 8],
      [-1, +1, +1, +1],
    ],
    [
      [8, 3, 0],
      [+1, -1, -1, -1],
    ],
    [
      [1, 3, -2],
      [-1, -1, +1, -1],
    ],
  ];
  for (const [[a, b, c], signs] of recorded) {
    for (const method of METHODS) {
      const { V } = eigh(
        [
          [a, b],
          [b, c],
        ],
        { method },
      );
      expect([...V.data].map(Math.sign), `[${a} ${b}; ${b} ${c}], ${method}`).toEqual(signs);
    }
  }
});

test("EIG-6 from order three on the entry of largest magnitude is positive, whichever twin and method answers", () => {
  for (const S of symmetricGallery(7, 5)) {
    for (const twin of ["wasm", "typescript"] as const) {
      for (const method of METHODS) {
        const { V } = withBackend(twin, () => eigh(S, { method }));
        for (let j = 0; j < 7; j++) {
          const column = [...V.col(j)];
          const largest = Math.max(...column.map(Math.abs));
          const first = column.find((x) => Math.abs(x) > largest * (1 - 2 ** -20))!;
          expect(first, `${S.name}, ${method}, ${twin}, column ${j}`).toBeGreaterThan(0);
        }
      }
    }
  }
});

test("EIG-5 a matrix that is not symmetric is refused with the first entry that shows it, unless uplo is told", () => {
  const S = [
    [1, 2, 3],
    [2, 5, 6.5],
    [3, 6, 9],
  ];
  for (const decompose of [eigh, eigvalsh]) {
    const error = thrown(() => decompose(S)) as SymmetryError;
    expect(error).toBeInstanceOf(SymmetryError);
    expect(error).toMatchObject({ code: "symmetry", row: 1, col: 2, value: 6.5, mirrored: 6 });
    expect(error.message).toContain(decompose.name);
  }
  const lower = [
    [1, 2, 3],
    [2, 5, 6],
    [3, 6, 9],
  ];
  const upper = [
    [1, 2, 3],
    [2, 5, 6.5],
    [3, 6.5, 9],
  ];
  for (const method of METHODS) {
    expect(eigh(S, { method, uplo: "lower" })).toEqual(eigh(lower, { method }));
    expect(eigh(S, { method, uplo: "upper" })).toEqual(eigh(upper, { method }));
  }
});

test("EIG-5 with uplo the other triangle is not read at all", () => {
  for (const A of symmetricGallery(20, 9)) {
    const whole = eigh(A);
    for (const uplo of ["lower", "upper"] as const) {
      const S = Matrix.from(A);
      for (let i = 0; i < 20; i++) {
        for (let j = 0; j < 20; j++) if (uplo === "lower" ? j > i : j < i) S.data[i * 20 + j] = NaN;
      }
      expect(eigh(S, { uplo }), `${A.name}, ${uplo}`).toEqual(whole);
      expect(eigvalsh(S, { uplo })).toEqual(eigvalsh(A));
    }
  }
  const error = thrown(() =>
    eigh(
      [
        [1, 0],
        [Infinity, 1],
      ],
      { uplo: "lower" },
    ),
  ) as NonFiniteError;
  expect(error).toMatchObject({ code: "non-finite", row: 1, col: 0 });
});

test("EIG-5 a difference of the size of rounding is taken for rounding, and the mean counts", () => {
  for (const dtype of ["f64", "f32"] as const) {
    const eps = dtype === "f64" ? EPSILON : 2 ** -23;
    for (const n of [2, 3, 9]) {
      const A = [...symmetricGallery(n, 4, dtype)].find(({ family }) => family === "lehmer")!;
      const S = Matrix.from(A);
      S.data[1] *= 1 + 8 * eps;
      const { w, V } = eigh(S);
      const { w: wT, V: VT } = eigh(S.T);
      expect([w, V]).toEqual([wT, VT]);
      expect(eigenResidual(A, w, V)).toBeLessThan(6);
      S.data[1] *= 1 + 200 * n * eps;
      expect(thrown(() => eigh(S))).toBeInstanceOf(SymmetryError);
    }
  }
});

test("EIG-5 near overflow a difference is measured without overflow", () => {
  const error = thrown(() =>
    eigh([
      [0, 1.5e308],
      [-1.5e308, 0],
    ]),
  );
  expect(error).toBeInstanceOf(SymmetryError);
});

test("MAT-6 0 × 0 and 1 × 1", () => {
  const empty = eigh([]);
  expect([empty.w.length, ...empty.V.shape]).toEqual([0, 0, 0]);
  expect(eigvalsh(Matrix.zeros(0, 0, { dtype: "f32" }))).toEqual(new Float32Array(0));
  const { w, V } = eigh([[-3]]);
  expect([[...w], V.toArray()]).toEqual([[-3], [[1]]]);
});

test("MAT-7 wrong shapes, options and entries are refused", () => {
  for (const decompose of [eigh, eigvalsh]) {
    const shape = thrown(() =>
      decompose([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ) as ShapeError;
    expect(shape).toBeInstanceOf(ShapeError);
    expect(shape.got).toEqual([2, 3]);
    expect(thrown(() => decompose([[1]], { method: "jacobi" as never }))).toBeInstanceOf(OptionError);
    expect(thrown(() => decompose([[1]], { uplo: "both" as never }))).toBeInstanceOf(OptionError);
    expect(thrown(() => decompose([[1]], { full: true } as never))).toBeInstanceOf(OptionError);
    // The entry is what is wrong with it, and not that NaN differs from its mirror image.
    expect(
      thrown(() =>
        decompose([
          [1, NaN],
          [2, 1],
        ]),
      ),
    ).toMatchObject({ code: "non-finite", row: 0, col: 1 });
  }
});

test("MAT-5 the same input gives the same bits, and a power of two changes nothing but the exponents", () => {
  for (const A of symmetricGallery(30, 6)) {
    if (A.tags.includes("extreme") || A.tags.includes("subnormal") || A.tags.includes("graded")) continue;
    if (A.family === "tridiagonal log-uniform") continue;
    for (const method of METHODS) {
      const first = eigh(A, { method });
      expect(eigh(A, { method }), A.name).toEqual(first);
      for (const power of [-600, 400]) {
        const S = { ...A, data: A.data.map((x) => x * 2 ** power) };
        const { w, V } = eigh(S, { method });
        expect(w, `${A.name} · 2^${power}`).toEqual(first.w.map((x) => x * 2 ** power));
        expect(V, `${A.name} · 2^${power}`).toEqual(first.V);
      }
    }
  }
});

test("SVD-9 the twins agree to rounding", () => {
  for (const dtype of ["f64", "f32"] as const) {
    const eps = dtype === "f64" ? EPSILON : 2 ** -23;
    withTuning({ reflectorBlock: 4, tridiagonalRest: 5, divideLeaf: 3 }, () => {
      for (const A of symmetricGallery(23, 8, dtype)) {
        const [wasm, typescript] = (["wasm", "typescript"] as const).map((twin) => withBackend(twin, () => eigh(A)));
        const norm = Math.max(...wasm.w.map(Math.abs));
        wasm.w.forEach((x, i) => {
          const ratio = x === typescript.w[i] ? 0 : Math.abs(x - typescript.w[i]) / Math.max(norm * eps, 2 ** -1074);
          expect(ratio, `${A.name}, value ${i}`).toBeLessThan(60);
        });
      }
    });
  }
});
