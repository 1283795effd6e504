import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";

const tsc = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

const PROGRAM = `
import { Matrix, svd, svdvals, type EckartError, type PivotedQr } from "eckart";
import * as worker from "eckart/worker";

const { U, s, Vt, info } = svd([[3, 2, 2], [2, 3, -2]]);
export const shapes: readonly number[][] = [[U.rows, U.cols], [Vt.rows, Vt.cols]];
export const first: number | undefined = s[0];
export const backend: "wasm" | "typescript" = info.backend;
export const single = svdvals(Matrix.from([new Float32Array(2)]));
export const codeOf = (error: EckartError): string => error.code;

export const later: Promise<PivotedQr> = worker.qr([[1]], { pivot: true, onProgress: ({ elapsedMs }) => elapsedMs });
export const inverse: Promise<Matrix> = worker.inv([[1]], { transfer: true });

// @ts-expect-error: a matrix is not a number
svd(3);
// @ts-expect-error: no such option
svd([[1]], { fullMatrices: true });
// @ts-expect-error: no such option
void worker.svd([[1]], { fullMatrices: true });
`;

test.each(["nodenext", "bundler"])(
  "PKG-1 the types of the tarball are right under moduleResolution %s",
  (resolution) => {
    const folder = inject("library");
    const options = {
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: "es2022",
      lib: ["es2022"],
      types: [],
      module: resolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution: resolution,
    };
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  },
);
