import {
  add,
  det,
  eigh,
  eigvalsh,
  format,
  inv,
  Matrix,
  multiply,
  norm,
  numpyRandomState,
  rank,
  reconstruct,
  reflection,
  rotation,
  scale,
  subtract,
  svd,
  svdvals,
  truncate,
  type MatrixLike,
} from "eckart";
import {
  beside,
  cumulativeEnergy,
  imageOfCircle,
  plainLine,
  plane,
  significant,
  spectrumBars,
  type Line,
  type Mark,
  type Point,
  type Role,
} from "@eckart/views";
import type { Terminal } from "../request.ts";
import { brief, ink, muted, table } from "../text.ts";

/** One step of the walk: a heading, and what it shows on a given terminal. */
export interface Step {
  readonly title: string;
  readonly show: (terminal: Terminal) => Line[];
}

const L = Matrix.from([
  [2, 1],
  [0.5, 1.5],
]);
const S = Matrix.from([
  [4, 2],
  [2, 3],
]);
const A = Matrix.from([
  [3, 2, 2],
  [2, 3, -2],
]);

/** The worked examples, in the order in which each rests on the ones before. */
export const STEPS: readonly Step[] = [
  { title: "A matrix moves the plane", show: linearMap },
  { title: "There and back: the inverse", show: inverse },
  { title: "Turning without stretching: orthogonal matrices", show: orthogonal },
  { title: "Directions that stay: eigenvectors", show: eigenvectors },
  { title: "Turn, stretch, turn back: the spectral decomposition", show: spectral },
  { title: "For every matrix: the singular value decomposition", show: singular },
  { title: "Singular values are not eigenvalues", show: notEigenvalues },
  { title: "Keeping the most: the best approximation of rank 1", show: bestRankOne },
  { title: "What a low rank can hold: updates of a network", show: lowRankUpdates },
];

function linearMap(terminal: Terminal): Line[] {
  const X = Matrix.from([
    [1, 0, -1],
    [0, 1, 2],
  ]);
  return [
    ...text(`L·v stretches, turns or shears a vector v. A product with a matrix does so to every column at once: the
      columns of L·X are the images of the columns of X. The first two columns of X below are the axes, so the first
      two of L·X are the columns of L itself.`),
    ...matrices(terminal, { L, X, L·X: multiply(L, X) }),
    ...planes(
      terminal,
      3,
      [circle("v"), arrow([1, 0], "v", "e₁"), arrow([0, 1], "v", "e₂")],
      [...image(L), arrow([2, 0.5], "u", "L·e₁"), arrow([1, 1.5], "u", "L·e₂")],
    ),
  ];
}

function inverse(terminal: Terminal): Line[] {
  const flat = Matrix.from([
    [0.1, 0.3],
    [0.3, 0.9],
  ]);
  return [
    ...text(`A square matrix is invertible if some N undoes it from both sides, L·N = N·L = I. The round trip ends where
      it began, up to rounding.`),
    ...matrices(terminal, { "N = L⁻¹": inv(L), L·N: multiply(L, inv(L)) }),
    ...text(`Ask the rank, not the determinant, whether there is a way back. This matrix sends the whole plane to one
      line, and its rank says so; its computed determinant is ${significant(det(flat), 2)}, which is not zero.`),
    ...matrices(terminal, { M: flat }),
    [ink(`rank of M: ${rank(flat)}`)],
  ];
}

function orthogonal(terminal: Terminal): Line[] {
  const Q = rotation(Math.PI / 6);
  const F = reflection(Math.PI / 12);
  const column = (M: Matrix, j: number): Point => [M.at(0, j), M.at(1, j)];
  return [
    ...text(`The columns of an orthogonal matrix have length 1 and stand at right angles, so QᵀQ = I and the transpose is
      the inverse. It keeps every length and every angle. In the plane there are two kinds: Q turns by 30°, F mirrors in
      the line at 15°.`),
    ...matrices(terminal, { Q, QᵀQ: multiply(Q.T, Q), F }),
    [ink(`det Q = ${brief(det(Q), 4)}, a rotation      det F = ${brief(det(F), 4)}, a reflection`)],
    [],
    ...planes(
      terminal,
      1.6,
      [circle("muted"), arrow(column(Q, 0), "u", "Q·e₁"), arrow(column(Q, 1), "u", "Q·e₂")],
      [circle("muted"), arrow(column(F, 0), "reversed", "F·e₁"), arrow(column(F, 1), "reversed", "F·e₂")],
    ),
    ...text(`The determinant tells them apart: counterclockwise from e₁ to e₂ stays counterclockwise under Q and becomes
      clockwise under F.`),
  ];
}

function eigenvectors(terminal: Terminal): Line[] {
  const { w, V } = eigh(S);
  const [x, y] = [V.at(0, 1), V.at(1, 1)];
  const flip = eigh([
    [1, 2],
    [2, 1],
  ]).w;
  return [
    ...text(`Most vectors leave their line when a matrix acts on them. The eigenvectors keep it: S·v = λ·v. This
      symmetric S has two such lines; on them it only stretches. The smallest eigenvalue comes first.`),
    ...matrices(terminal, { S, "w (eigenvalues)": [Array.from(w)], "V (eigenvectors)": V }),
    [ink(`λ₁ = ${significant(w[0]!)} = (7 − √17)/2      λ₂ = ${significant(w[1]!)} = (7 + √17)/2`)],
    [
      ink(
        `largest entry of S·V − V·diag(w): ${significant(norm(subtract(multiply(S, V), multiply(V, diagonal(w))), "max"), 2)}`,
      ),
    ],
    [],
    ...planes(
      terminal,
      6,
      [circle("v"), line(V, 0), line(V, 1), arrow([x, y], "v", "v₂")],
      [...image(S), line(V, 0), line(V, 1), arrow([w[1]! * x, w[1]! * y], "u", "S·v₂")],
    ),
    ...text(`A negative eigenvalue keeps the line and reverses the vector: [[1, 2], [2, 1]] has ${significant(flip[0]!)} and
      ${significant(flip[1]!)}. And a matrix that is not symmetric may run short of lines: the shear [[1, 1], [0, 1]] has one,
      a turn by 30° none.`),
  ];
}

function spectral(terminal: Terminal): Line[] {
  const { w, V } = eigh(S);
  const rebuilt = multiply(multiply(V, diagonal(w)), V.T);
  return [
    ...text(`Eigenvectors of a symmetric matrix to different eigenvalues stand at right angles; to equal ones they can be
      chosen so. Put side by side they make an orthogonal V, and S = V·Λ·Vᵀ. Read it from the right: Vᵀ lays the
      eigenvectors on the axes, Λ stretches along the axes, V puts them back.`),
    ...matrices(terminal, { V, Λ: diagonal(w), V·Λ·Vᵀ: rebuilt }),
    [
      ink(
        `‖S − V·Λ·Vᵀ‖ / ‖S‖ = ${significant(norm(subtract(S, rebuilt)) / norm(S), 2)}      det V = ${brief(det(V), 4)}`,
      ),
    ],
    [],
    ...text(`V need not be a rotation: where its determinant is −1, turning one column round makes it one, and the product
      stays the same. The sign of an eigenvector is a free choice.`),
  ];
}

function singular(terminal: Terminal): Line[] {
  const { U, s, Vt } = svd(A, { full: true });
  const lost = Matrix.from([[-2], [2], [1]]);
  const axis = (i: number): Point => [s[i]! * U.at(0, i), s[i]! * U.at(1, i)];
  return [
    ...text(`Symmetric matrices are special; this one is not even square. Still every matrix, of any shape and rank, is
      A = U·Σ·Vᵀ with orthogonal U and V: turn (or mirror) the input, stretch along the axes by σ₁ ≥ σ₂ ≥ … ≥ 0, turn
      (or mirror) the output. The columns pair up: A·vᵢ = σᵢ·uᵢ, and v₁ is where ‖A·x‖ is largest among all x of length 1.`),
    ...matrices(terminal, { A, U, "s (singular values)": [Array.from(s)], Vt }),
    ...plane(
      [
        curve(imageOfCircle(rowsOf(multiply(U, diagonal(s)))), "u"),
        arrow(axis(0), "u", "σ₁u₁"),
        arrow(axis(1), "u", "σ₂u₂"),
      ],
      { extent: 6.5, unicode: terminal.unicode },
    ),
    [],
    ...text(`A sends the unit ball of space onto this filled ellipse with half-axes 5 and 3. No singular value is zero, yet
      a direction is lost, because three dimensions go to two: A·(−2, 2, 1) = (${multiply(A, lost)
        .toArray()
        .map(([x]) => significant(x!))
        .join(", ")}).`),
  ];
}

function notEigenvalues(terminal: Terminal): Line[] {
  const shear = [
    [1, 1],
    [0, 1],
  ];
  const thin = Matrix.from([
    [1, 1],
    [1e-9, 0],
    [0, 1e-9],
  ]);
  return [
    ...text(`σ² are the eigenvalues of AᵀA and, apart from zeros, of AAᵀ. They are not the squares of the eigenvalues of A:
      the shear [[1, 1], [0, 1]] has the eigenvalue 1 twice, and the singular values ${list(svdvals(shear))} (the golden ratio
      and its inverse). For a symmetric matrix σ = |λ|.`),
    ...matrices(terminal, { A, AᵀA: multiply(A.T, A) }),
    [
      ink(
        `eigenvalues of AᵀA: ${list(eigvalsh(multiply(A.T, A)).reverse())}      σ²: ${list(svdvals(A).map((x) => x * x))}`,
      ),
    ],
    [],
    ...text(`On paper that is a way to compute them. In floating point it loses half of the digits: for the matrix T below the
      decomposition finds ${list(svdvals(thin))}; the roots of the eigenvalues of TᵀT are
      ${list(
        eigvalsh(multiply(thin.T, thin))
          .reverse()
          .map((x) => Math.sqrt(Math.max(x, 0))),
      )}.`),
    ...matrices(terminal, { T: thin }, false),
  ];
}

function bestRankOne(terminal: Terminal): Line[] {
  const best = reconstruct(truncate(A, { rank: 1 }));
  const rest = subtract(A, best);
  return [
    ...text(`A is a sum of layers σᵢ·uᵢ·vᵢᵀ, the strongest first. Stopping after r of them gives an approximation of rank r,
      and no matrix of rank r is closer, in the spectral and in the Frobenius norm (Eckart and Young). What is lost is what
      was left out: σᵣ₊₁ in the one, the root of the sum of the remaining σ² in the other. Here both are σ₂ = 3.`),
    ...matrices(terminal, { A, "A₁": best, "A − A₁": rest }),
    [ink(`‖A − A₁‖₂ = ${brief(norm(rest, 2), 4)}      ‖A − A₁‖F = ${brief(norm(rest), 4)}`)],
  ];
}

function lowRankUpdates(terminal: Terminal): Line[] {
  const d = 64;
  const random = numpyRandomState(42).randn(d, d);
  const state = numpyRandomState(42);
  const product = multiply(state.randn(d, 4), state.randn(4, d));
  const structured = add(scale(product, 0.005), scale(state.randn(d, d), 0.001));
  const kept = [random, structured].map((W) => cumulativeEnergy(svdvals(W)));
  const rows = [1, 2, 4, 8, 16, 32].map((r) => [
    String(r),
    `${(100 * r * 2) / d} %`,
    ...kept.flatMap((energy) => [Math.sqrt(1 - energy[r - 1]!).toFixed(4), `${(100 * energy[r - 1]!).toFixed(1)} %`]),
  ]);
  return [
    ...text(`LoRA trains a change ΔW of a d × k matrix as a product B·C with r·(d + k) parameters. It learns B and C by
      descent and computes no decomposition; the decomposition tells how good any product of rank r could be. Two changes
      of 64 × 64: one of independent normal numbers, one of rank 4 plus a tenth of noise.`),
    ...table(["rank r", "parameters", "random: error", "energy", "rank 4 + noise: error", "energy"], rows),
    [],
    ...text(`A random change cannot be compressed: rank 8 spends a quarter of the parameters, keeps 36.5 % of the energy and
      leaves an error of 0.7968; at rank 32 the factors are as large as the matrix. Where there is structure, its rank is
      enough. Whether a network's changes have it is a question to ask of their spectrum:`),
    ...spectrumBars({
      s: svdvals(structured),
      columns: terminal.columns,
      unicode: terminal.unicode,
      limit: 12,
      digits: 4,
      scale: "linear",
    }),
  ];
}

const list = (values: ArrayLike<number>): string => Array.from(values, (x) => brief(x, 4)).join(", ");

/** Authored text as lines of at most 78 characters; where lines break in the source means nothing. */
function text(paragraph: string): Line[] {
  const lines = [""];
  for (const word of paragraph.trim().split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last.length + word.length < 78) lines[lines.length - 1] = last ? `${last} ${word}` : word;
    else lines.push(word);
  }
  return [...lines.map((line): Line => [ink(line)]), []];
}

/** Named matrices side by side, as many as fit into the terminal. */
function matrices({ columns }: Terminal, named: Readonly<Record<string, MatrixLike>>, suppress = true): Line[] {
  const blocks = Object.entries(named).map(([name, M]) => [
    [muted(name)],
    ...format(M, { precision: 4, suppress })
      .split("\n")
      .map((row): Line => [ink(row)]),
  ]);
  const width = (block: readonly Line[]): number => Math.max(...block.map((row) => plainLine(row).length)) + 4;
  const lines: Line[] = [];
  let row: readonly Line[] = [];
  let used = 0;
  for (const block of blocks) {
    if (used > 0 && used + width(block) > columns) {
      lines.push(...row, []);
      [row, used] = [[], 0];
    }
    row = beside(row, block, used);
    used += width(block);
  }
  return [...lines, ...row, []];
}

/** The plane before and after, in the same scale. */
function planes({ unicode }: Terminal, extent: number, before: readonly Mark[], after: readonly Mark[]): Line[] {
  const [left, right] = [before, after].map((marks) => plane(marks, { extent, unicode }));
  return [...beside(left!, right!, 36), []];
}

const diagonal = (values: ArrayLike<number>): Matrix => Matrix.diagonal(values);
const curve = (points: readonly Point[], role: Role): Mark => ({ kind: "curve", points, role });
const arrow = (tip: Point, role: Role, label: string): Mark => ({ kind: "arrow", tip, role, label });
const circle = (role: Role): Mark =>
  curve(
    imageOfCircle([
      [1, 0],
      [0, 1],
    ]),
    role,
  );
const image = (M: Matrix): Mark[] => [circle("muted"), curve(imageOfCircle(rowsOf(M)), "u")];

const rowsOf = (M: Matrix): [Point, Point] => [
  [M.at(0, 0), M.at(0, 1)],
  [M.at(1, 0), M.at(1, 1)],
];

/** The line through the origin along a column of V. */
function line(V: Matrix, j: number): Mark {
  const [x, y] = [V.at(0, j), V.at(1, j)];
  return curve(
    [
      [-20 * x, -20 * y],
      [20 * x, 20 * y],
    ],
    "lambda",
  );
}
