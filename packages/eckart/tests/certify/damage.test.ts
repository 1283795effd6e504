// Decompositions that were right, damaged in every way from one unit in the last place upward.
import { expect, describe, test } from "vitest";
import { certify, eigh, Matrix, Random, svd, truncate, type FloatArray, type MatrixLike } from "../../src/index.ts";
import { falsehoods } from "./judge.ts";

interface Factors {
  U: Matrix;
  s: FloatArray;
  Vt: Matrix;
}

/** What a damage makes worse. */
type Bound = "residual" | "U" | "V";

interface Damage {
  readonly name: string;
  readonly apply: (F: Factors) => void;
  /** The bounds that grow from 0 on a decomposition that is exact; the others stay. */
  readonly grows: readonly Bound[];
  /** More than rounding could do: it must be refused. */
  readonly gross: boolean;
}

/** Moves entry `at` by units in its last place, away from 0. */
function ulps(data: FloatArray, at: number, count: number): void {
  const view = new DataView(data.buffer, data.byteOffset + at * data.BYTES_PER_ELEMENT);
  if (data instanceof Float64Array) view.setBigInt64(0, view.getBigInt64(0, true) + BigInt(count), true);
  else view.setInt32(0, view.getInt32(0, true) + count, true);
}

const swap = (A: Matrix, change: (i: number, j: number) => [number, number]): void => {
  const before = Matrix.from(A);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) A.data[i * A.cols + j] = before.at(...change(i, j));
};
const exchanged = (k: number): number => (k < 2 ? 1 - k : k);

/** Damages of one factor, U or Vt, whose singular vectors are columns or rows. */
function ofVectors(side: "U" | "Vt"): Damage[] {
  const own: Bound = side === "U" ? "U" : "V";
  const vector = (i: number, j: number): number => (side === "U" ? j : i);
  const within = (i: number, j: number): number => (side === "U" ? i : j);
  const edit = (change: (x: number, i: number, j: number, last: number) => number) => (F: Factors) => {
    const A = F[side];
    const last = (side === "U" ? A.cols : A.rows) - 1;
    for (let i = 0, at = 0; i < A.rows; i++)
      for (let j = 0; j < A.cols; j++, at++) A.data[at] = change(A.data[at], i, j, last);
  };
  const both: readonly Bound[] = ["residual", own];
  const damages: readonly Damage[] = [
    { name: "one ulp in an entry", apply: (F) => ulps(F[side].data, 1, 1), grows: both, gross: false },
    { name: "two ulps in an entry", apply: (F) => ulps(F[side].data, 1, 2), grows: both, gross: false },
    {
      name: "one ulp in the last entry",
      apply: (F) => ulps(F[side].data, F[side].data.length - 1, 1),
      grows: both,
      gross: false,
    },
    {
      name: "one ulp everywhere",
      apply: (F) => F[side].data.forEach((_: number, at: number) => ulps(F[side].data, at, 1)),
      grows: both,
      gross: false,
    },
    {
      name: "vectors exchanged",
      apply: (F) => swap(F[side], (i, j) => (side === "U" ? [i, exchanged(j)] : [exchanged(i), j])),
      grows: ["residual"],
      gross: true,
    },
    {
      name: "entries of the vectors exchanged",
      apply: (F) => swap(F[side], (i, j) => (side === "U" ? [exchanged(i), j] : [i, exchanged(j)])),
      grows: ["residual"],
      gross: true,
    },
    {
      name: "sign of the first vector flipped",
      apply: edit((x, i, j) => (vector(i, j) === 0 ? -x : x)),
      grows: ["residual"],
      gross: true,
    },
    {
      name: "sign of an entry flipped",
      apply: edit((x, i, j) => (vector(i, j) === 0 && within(i, j) === 1 ? -x : x)),
      grows: both,
      gross: true,
    },
    { name: "an entry zeroed", apply: edit((x, i, j) => (i === 1 && j === 0 ? 0 : x)), grows: both, gross: true },
    { name: "a vector zeroed", apply: edit((x, i, j) => (vector(i, j) === 0 ? 0 : x)), grows: both, gross: true },
    { name: "scaled by 1 + 1e-8", apply: edit((x) => x * (1 + 1e-8)), grows: both, gross: true },
    { name: "scaled by 2", apply: edit((x) => x * 2), grows: both, gross: true },
    {
      name: "the last vector replaced by the first",
      apply: (F) => {
        const { rows, cols } = F[side];
        swap(F[side], (i, j) => (side === "U" ? [i, j === cols - 1 ? 0 : j] : [i === rows - 1 ? 0 : i, j]));
      },
      grows: both,
      gross: true,
    },
    {
      name: "the last vector replaced by another",
      apply: edit((x, i, j, last) => (vector(i, j) === last ? (within(i, j) === 0 ? 1 : 0) : x)),
      grows: both,
      gross: true,
    },
  ];
  return damages.map((damage) => ({ ...damage, name: `${side}: ${damage.name}` }));
}

const ofValues = (
  [
    { name: "s: one ulp in the first", apply: ({ s }) => ulps(s, 0, 1), gross: false },
    { name: "s: two ulps in the first", apply: ({ s }) => ulps(s, 0, 2), gross: false },
    { name: "s: one ulp in the last", apply: ({ s }) => ulps(s, s.length - 1, 1), gross: false },
    { name: "s: one zeroed", apply: ({ s }) => void (s[1] = 0), gross: true },
    { name: "s: one negated", apply: ({ s }) => void (s[0] *= -1), gross: true },
    { name: "s: order turned round", apply: ({ s }) => void s.reverse(), gross: true },
    { name: "s: all equal", apply: ({ s }) => void s.fill(s[0]), gross: true },
    {
      name: "s: scaled by 1 + 1e-8",
      apply: ({ s }) => s.forEach((x: number, i: number) => (s[i] = x * (1 + 1e-8))),
      gross: true,
    },
  ] as readonly Omit<Damage, "grows">[]
).map((damage): Damage => ({ ...damage, grows: ["residual"] }));

const DAMAGES = [...ofVectors("U"), ...ofVectors("Vt"), ...ofValues];

const copy = ({ U, s, Vt }: Factors): Factors => ({ U: Matrix.from(U), s: s.slice(), Vt: Matrix.from(Vt) });

function damaged(F: Factors, damage: Damage): Factors {
  const broken = copy(F);
  damage.apply(broken);
  return broken;
}

/** Bounds by the names used above. */
function bounds(A: MatrixLike, F: Factors): Record<Bound, number> {
  const { residual, orthogonalityU, orthogonalityV } = certify(A, F);
  return { residual: residual.spectral, U: orthogonalityU, V: orthogonalityV };
}

/** A = U·diag(8, 4, 2, 1)·Vt without any rounding: U = H/2 for Hadamard's H, Vt the same with its rows in another order. */
const exactCase = (): { A: Matrix; F: Factors } => {
  const H = [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1].map((x) => x / 2);
  const U = Matrix.wrap(Float64Array.from(H), [4, 4]);
  const Vt = Matrix.from([3, 0, 2, 1].map((i) => U.row(i)));
  const s = Float64Array.of(8, 4, 2, 1);
  const A = Matrix.zeros(4, 4);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++) for (let p = 0; p < 4; p++) A.data[4 * i + j] += U.at(i, p) * s[p] * Vt.at(p, j);
  return { A, F: { U, s, Vt } };
};

describe("CRT-7 an exact decomposition has bounds of 0, and each damage moves the bounds that it should", () => {
  const { A, F } = exactCase();
  test("undamaged", () => expect(bounds(A, F)).toEqual({ residual: 0, U: 0, V: 0 }));

  test.each(DAMAGES)("$name", (damage) => {
    const broken = damaged(F, damage);
    const certificate = certify(A, broken);
    expect(falsehoods(A, broken, certificate)).toEqual([]);
    for (const [bound, size] of Object.entries(bounds(A, broken))) {
      if (damage.grows.includes(bound as Bound)) expect(size, bound).toBeGreaterThan(2 ** -54);
      else expect(size, bound).toBe(0);
    }
    expect(certificate.accepted).toBe(!damage.gross);
  });

  test("one unit in the last place of A moves the residual", () => {
    const B = Matrix.from(A);
    ulps(B.data, 5, 1);
    const ulp = Math.abs(B.data[5] - A.data[5]);
    const { residual, U, V } = bounds(B, F);
    expect([U, V]).toEqual([0, 0]);
    expect(residual).toBeGreaterThanOrEqual(ulp);
    expect(residual).toBeLessThan(ulp * (1 + 1e-14));
  });

  test("triplets in another order are no damage", () => {
    const order = [2, 0, 3, 1];
    const turned = {
      U: Matrix.from(Matrix.from(order.map((j) => F.U.col(j))).T),
      s: Float64Array.from(order, (j) => F.s[j]),
      Vt: Matrix.from(order.map((i) => F.Vt.row(i))),
    };
    const { values, accepted } = certify(A, turned);
    expect(accepted).toBe(true);
    expect(values).toEqual({ lower: F.s, upper: F.s });
  });
});

describe.each([
  ["f64", 5, 5],
  ["f64", 6, 4],
  ["f64", 3, 6],
  ["f32", 5, 4],
] as const)("CRT-7 a computed decomposition, %s %i × %i", (dtype, m, n) => {
  const A = Matrix.from(new Random(21).normalMatrix(m, n), { dtype });
  const F = svd(A);
  // 1 + 1e-8 is 1 in f32.
  const cases = DAMAGES.filter(({ name }) => dtype === "f64" || !name.includes("1e-8"));

  test.each(cases)("$name", (damage) => {
    const broken = damaged(F, damage);
    const certificate = certify(A, broken);
    expect(falsehoods(A, broken, certificate)).toEqual([]);
    expect(certificate.accepted, `defect ${certificate.defect}`).toBe(!damage.gross);
  });
});

test("CRT-7 every single entry, set to 0, is noticed", () => {
  const A = new Random(8).normalMatrix(9, 7);
  const F = svd(A);
  for (const factor of ["U", "Vt"] as const)
    for (let at = 0; at < F[factor].data.length; at++) {
      const broken = copy(F);
      broken[factor].data[at] = 0;
      expect(certify(A, broken).accepted, `${factor} ${at}: ${F[factor].data[at]}`).toBe(false);
    }
});

test("CRT-7 a damaged column of a full U that no singular value uses is noticed", () => {
  const A = new Random(8).normalMatrix(7, 3);
  const { U, s, Vt } = svd(A, { full: true });
  U.data[6] *= 1 + 1e-9;
  const { orthogonalityU, residual, accepted } = certify(A, { U, s, Vt });
  expect(residual.spectral).toBeLessThan(1e-14);
  expect(orthogonalityU).toBeGreaterThan(1e-12);
  expect(accepted).toBe(false);
});

describe("CRT-7 a damaged truncation", () => {
  const A = new Random(13).normalMatrix(6, 5);
  const F = truncate(A, { rank: 3 });

  test.each(DAMAGES)("$name", (damage) => {
    const broken = damaged(F, damage);
    const certificate = certify(A, broken);
    expect(falsehoods(A, broken, certificate)).toEqual([]);
    expect(certificate.accepted, `defect ${certificate.defect}`).toBe(!damage.gross);
  });
});

describe("CRT-7 a damaged spectral decomposition", () => {
  const G = new Random(17).normalMatrix(5, 5);
  const S = Matrix.from(G);
  for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) S.data[5 * i + j] = G.at(i, j) + G.at(j, i);
  const { w, V } = eigh(S);
  // Negating a whole vector is no damage here: it stands on both sides.
  const cases = [...ofVectors("U"), ...ofValues].filter(({ name }) => !name.endsWith("first vector flipped"));

  test.each(cases)("$name", (damage) => {
    const broken = damaged({ U: V, s: w, Vt: V.T }, damage);
    const certificate = certify(S, { w: broken.s, V: broken.U });
    expect(falsehoods(S, { ...broken, Vt: broken.U.T }, certificate, true)).toEqual([]);
    expect(certificate.accepted, `defect ${certificate.defect}`).toBe(!damage.gross);
  });
});
