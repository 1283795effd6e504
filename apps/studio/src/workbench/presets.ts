import iris from "../../../../examples/data/iris.csv?raw";
import longley from "../../../../examples/data/longley.csv?raw";
import employed from "../../../../examples/data/longley-employed.csv?raw";

/** A matrix worth looking at. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly rows?: readonly (readonly number[])[];
  /** A table as a file would have it. */
  readonly csv?: string;
  /** A right-hand side for least squares. */
  readonly b?: string;
  /** The picture that ships. */
  readonly picture?: true;
}

const half = Math.sqrt(3) / 2;
const square = (n: number, at: (i: number, j: number) => number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i, j)));

/** Fisher's irises come in three blocks of fifty; the file of the examples leaves their names to its page. */
function irises(): string {
  const species = ["setosa", "versicolor", "virginica"];
  const [head, ...lines] = iris.trim().split(/\r?\n/);
  return [`${head},species`, ...lines.map((line, i) => `${line},${species[Math.floor(i / 50)]}`)].join("\n");
}

/** The presets in groups. */
export const PRESETS: readonly (readonly [group: string, presets: readonly Preset[]])[] = [
  [
    "Maps of the plane",
    [
      { id: "stretch", name: "Turned and stretched", rows: [[2, 1], [0.5, 1.5]] }, // oxfmt-ignore
      { id: "shear", name: "Shear", rows: [[1, 1], [0, 1]] }, // oxfmt-ignore
      { id: "rotation", name: "Rotation by 30°", rows: [[half, -0.5], [0.5, half]] }, // oxfmt-ignore
      { id: "reflection", name: "Reflection", rows: [[0.6, 0.8], [0.8, -0.6]] }, // oxfmt-ignore
      { id: "projection", name: "Projection onto a line", rows: [[0.8, 0.4], [0.4, 0.2]] }, // oxfmt-ignore
      { id: "defective", name: "Defective", rows: [[3, 1], [-1, 1]] }, // oxfmt-ignore
    ],
  ],
  [
    "Other shapes",
    [
      { id: "wide", name: "Ball onto an ellipse, 2 × 3", rows: [[3, 2, 2], [2, 3, -2]] }, // oxfmt-ignore
      { id: "tall", name: "Plane into space, 3 × 2", rows: [[3, 0], [4, 5], [0, 2]] }, // oxfmt-ignore
      { id: "symmetric", name: "Symmetric, 3 × 3", rows: [[1, 7, 3], [7, 4, 5], [3, 5, 6]] }, // oxfmt-ignore
      { id: "repeated", name: "Repeated values, 3 × 3", rows: [[1.5, 0.5, 0.5], [0.5, 1.5, 0.5], [0.5, 0.5, 1.5]] }, // oxfmt-ignore
    ],
  ],
  [
    "Hard cases",
    [
      { id: "hilbert", name: "Ill-conditioned: Hilbert, 8 × 8", rows: square(8, (i, j) => 1 / (i + j + 1)) },
      { id: "rank-one", name: "Rank one, 6 × 6", rows: square(6, (i, j) => (i + 1) * (6 - j)) },
      { id: "magic", name: "Magic square, rank 3 of 4", rows: [[16, 3, 2, 13], [5, 10, 11, 8], [9, 6, 7, 12], [4, 15, 14, 1]] }, // oxfmt-ignore
    ],
  ],
  [
    "Data",
    [
      { id: "iris", name: "Irises: a table of 150 flowers", csv: irises() },
      {
        id: "longley",
        name: "Longley: a hard regression",
        csv: longley,
        b: employed.trim().split(/\r?\n/).slice(1).join("\n"),
      },
      { id: "dusk", name: "Hills at dusk: a picture", picture: true },
    ],
  ],
];

/** The preset of that name. */
export const presetOf = (id: string | undefined): Preset | undefined =>
  PRESETS.flatMap(([, presets]) => presets).find((preset) => preset.id === id);
