import firstOutput from "./sources/first.txt?raw";
import firstNumpy from "./sources/first.py?code";
import first from "./sources/first.ts?code";
import loraOutput from "./sources/lora.txt?raw";
import loraNumpy from "./sources/lora.py?code";
import lora from "./sources/lora.ts?code";
import svdOutput from "./sources/svd.txt?raw";
import svdNumpy from "./sources/svd.py?code";
import svd from "./sources/svd.ts?code";
import type { Roles, Token } from "./Code.tsx";

/** A cell of the lesson. `output` is what NumPy 1.24 printed: python3 sources/<cell>.py > sources/<cell>.txt */
export interface Cell {
  readonly title: string;
  readonly code: readonly (readonly Token[])[];
  readonly numpy: readonly (readonly Token[])[];
  readonly output: string;
  readonly roles: Roles;
}

export const cells = {
  first: {
    title: "One product, one inverse, one rotation, one pair of eigenvectors",
    code: first,
    numpy: firstNumpy,
    output: firstOutput,
    roles: { w: "lambda", V: "lambda", v1: "lambda", lambda1v1: "lambda" },
  },
  svd: {
    title: "The decomposition of a 2 × 3 matrix",
    code: svd,
    numpy: svdNumpy,
    output: svdOutput,
    roles: { U: "u", s: "sigma", Sigma: "sigma", Vt: "v", sigma: "sigma", eigenvalues: "lambda", lambda: "lambda" },
  },
  lora: {
    title: "Rank, error and parameters of a random matrix",
    code: lora,
    numpy: loraNumpy,
    output: loraOutput,
    roles: { U: "u", s: "sigma", Vt: "v" },
  },
} satisfies Record<string, Cell>;
