import { Random } from "@eckart/testing";
import { type Complex, ComplexMatrix, type DType, Matrix } from "eckart";

/** A complex matrix with a name. */
export interface Named {
  readonly name: string;
  readonly A: ComplexMatrix;
}

/** The m × n matrix with the given entries. */
export function complexMatrix(
  m: number,
  n: number,
  entry: (i: number, j: number) => Complex,
  dtype: DType = "f64",
): ComplexMatrix {
  const re = Matrix.zeros(m, n, { dtype });
  const im = Matrix.zeros(m, n, { dtype });
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const z = entry(i, j);
      re.data[i * n + j] = z.re;
      im.data[i * n + j] = z.im;
    }
  return ComplexMatrix.wrap(re, im);
}

/** e^{iφ}·r. */
export const polar = (r: number, phi: number): Complex => ({ re: r * Math.cos(phi), im: r * Math.sin(phi) });

export const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

/** The discrete Fourier transform of order n, whose singular values are all √n. */
export function fourier(n: number, dtype: DType = "f64"): ComplexMatrix {
  return complexMatrix(n, n, (i, j) => polar(1, (-2 * Math.PI * ((i * j) % n)) / n), dtype);
}

export function gaussian(m: number, n: number, seed: number, dtype: DType = "f64"): ComplexMatrix {
  const random = new Random(seed, "complex");
  return complexMatrix(m, n, () => ({ re: random.gaussian(), im: random.gaussian() }), dtype);
}

/** Matrices of one shape that stand for what complex input can be like. */
export function gallery(m: number, n: number, dtype: DType): Named[] {
  const [least, most] = dtype === "f64" ? [2 ** -1060, 2 ** 1021] : [2 ** -140, 2 ** 125];
  const step = dtype === "f64" ? 2 ** -510 : 2 ** -63;
  const G = gaussian(m, n, m + 100 * n, dtype);
  const make = (name: string, entry: (i: number, j: number) => Complex): Named => ({
    name: `${name} ${m}×${n} ${dtype}`,
    A: complexMatrix(m, n, entry, dtype),
  });
  const scaled = (size: (i: number, j: number) => number) => (i: number, j: number) => {
    const { re, im } = G.at(i, j);
    return { re: re * size(i, j), im: im * size(i, j) };
  };
  return [
    { name: `gaussian ${m}×${n} ${dtype}`, A: G },
    make("zero", () => ({ re: 0, im: 0 })),
    make("ones", () => ({ re: 1, im: 0 })),
    make("imaginary", (i, j) => ({ re: 0, im: G.at(i, j).im })),
    make("phases on the diagonal", (i, j) => (i === j ? polar(1 + i, 1 + i) : { re: 0, im: 0 })),
    make("rank one", (i, j) => times(polar(1 + i, 3 * i), polar(1 / (1 + j), j * j))),
    make("rank two", (i, j) => {
      const [a, b] = [times(polar(1, i), polar(1, 2 * j)), times(polar(2, i * i), polar(1, j))];
      return { re: a.re + b.re, im: a.im - b.im };
    }),
    make(
      "graded",
      scaled((i, j) => 2 ** (-2 * (i + j))),
    ),
    make(
      "graded upward",
      scaled((i, j) => 2 ** (2 * (i + j) - 2 * (m + n))),
    ),
    // Beside columns near 1, later ones whose reflectors would underflow.
    make(
      "columns out of reach",
      scaled((_, j) => step ** j),
    ),
    make(
      "rows out of reach",
      scaled((i) => step ** i),
    ),
    make(
      "near underflow",
      scaled(() => least),
    ),
    make(
      "near overflow",
      scaled(() => most / 8),
    ),
    make("a zero column", (i, j) => (j === 0 ? { re: 0, im: 0 } : G.at(i, j))),
  ];
}

/** S = Q·diag(w)·Qᴴ, Q the Fourier matrix over √n, entry by entry in double, exactly Hermitian. */
export function withSpectrum(w: readonly number[], dtype: DType = "f64"): ComplexMatrix {
  const n = w.length;
  const entry = (i: number, j: number): Complex => {
    let [re, im] = [0, 0];
    w.forEach((value, k) => {
      const z = polar(value / n, (2 * Math.PI * ((((j - i) * k) % n) + n)) / n);
      re += z.re;
      im += z.im;
    });
    return { re, im: i === j ? 0 : im };
  };
  return complexMatrix(
    n,
    n,
    (i, j) => {
      if (i <= j) return entry(i, j);
      const { re, im } = entry(j, i);
      return { re, im: 0 - im };
    },
    dtype,
  );
}

/** (G + Gᴴ)/2 of every square matrix of the gallery. */
export function hermitianGallery(n: number, dtype: DType): Named[] {
  return gallery(n, n, dtype).map(({ name, A }) => ({
    name: `Hermitian part of ${name}`,
    A: complexMatrix(
      n,
      n,
      (i, j) => {
        const [a, b] = [A.at(i, j), A.at(j, i)];
        return { re: a.re / 2 + b.re / 2, im: a.im / 2 - b.im / 2 };
      },
      dtype,
    ),
  }));
}
