import { chooseRank, PCA, type FloatArray, type Matrix } from "eckart";
import { percent, spectrum, spectrumBars, toSvg, type Line } from "@eckart/views";
import type { NdArray } from "@eckart/formats";
import type { Answer, Command } from "../answer.ts";
import type { Options } from "../request.ts";
import { facts, table } from "../text.ts";
import { heading, operand, picture } from "./parts.ts";

/** Principal components of a table: scores, components, and how much of the variance they hold. */
export const pcaCommand: Command = {
  compute(context): Answer {
    const { options, terminal } = context;
    const { center = true, scale = false, whiten = false } = options;
    const input = operand(context);
    const { A } = input;
    const pca = new PCA({ center, scale, whiten }).fit(A);
    const k = count(pca, A, options);
    const cut = <T extends FloatArray>(values: T): T => values.slice(0, k) as T;
    const ratio = cut(pca.explainedVarianceRatio);
    const held = ratio.reduce((sum, share) => sum + share, 0);
    const features = input.array.columns ?? Array.from({ length: A.cols }, (_, j) => `column ${j + 1}`);
    const axes = Array.from({ length: k }, (_, i) => `PC${i + 1}`);
    const components = pca.components.slice(0, k);
    return {
      arrays: {
        scores: named(pca.transform(A).slice(0, A.rows, 0, k), axes),
        components: named(components, features),
        explainedVariance: cut(pca.explainedVariance),
        explainedVarianceRatio: ratio,
        singularValues: cut(pca.singularValues),
        mean: pca.mean,
        deviation: pca.deviation,
      },
      values: { components: k, of: pca.nComponents, explained: held },
      report: [
        ...heading(input),
        ...facts([
          ["components", `${k} of ${pca.nComponents}`],
          ["variance held", percent(Math.min(1, held))],
          ["columns", scale ? "centred and scaled to deviation 1" : center ? "centred" : "as they are"],
        ]),
        [],
        ...spectrumBars({ s: pca.singularValues, ...picture(terminal, options) }),
        [],
        ...loadings(components, features, terminal.columns),
      ],
      svg: () => toSvg(spectrum({ s: pca.singularValues, title: `Principal components of ${input.name}` })),
    };
  },
};

function count(pca: PCA, A: Matrix, { components }: Options): number {
  const { singularValues: s } = pca;
  if (components === undefined) return s.length;
  if (typeof components === "string") return chooseRank(s, { by: components, shape: A.shape });
  return components < 1 ? chooseRank(s, { by: "energy", energy: components }) : Math.min(components, s.length);
}

/** A matrix with names over its columns, which csv shows. */
function named({ data, shape, offset, rowStride, colStride, dtype }: Matrix, columns: readonly string[]): NdArray {
  const from = data.subarray(offset);
  return { data: from, shape, strides: [rowStride, colStride], dtype, columns, notes: [] } as unknown as NdArray;
}

/** Most features and components that a report shows. */
const FEATURES = 20;
const COMPONENTS = 6;

/** How much of each column is in each component; of many columns those that weigh most. */
function loadings(components: Matrix, features: readonly string[], width: number): Line[] {
  const weight = (j: number): number => Math.max(...Array.from(components.col(j), Math.abs));
  const chosen = features
    .map((_, j) => j)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, FEATURES)
    .sort((a, b) => a - b);
  const shown = Math.min(components.rows, COMPONENTS, Math.max(1, Math.floor((width - 30) / 9)));
  const rows = chosen.map((j) => [
    features[j]!.slice(0, 26),
    ...Array.from({ length: shown }, (_, i) => components.at(i, j).toFixed(3)),
  ]);
  const left = features.length - chosen.length;
  const head = ["loadings", ...Array.from({ length: shown }, (_, i) => `PC${i + 1}`)];
  return [...table(head, rows), ...(left > 0 ? facts([[`and ${left} columns of less weight`, ""]]) : [])];
}
