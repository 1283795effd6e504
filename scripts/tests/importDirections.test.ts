import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** [file, what it imports]: each breaks the layout that docs/decisions/0001 gives. */
const FORBIDDEN: [string, string][] = [
  ["packages/eckart/src/kernels/load.ts", "../matrix/matrix.ts"],
  ["packages/eckart/src/kernels/load.ts", "../linalg/svd/svd.ts"],
  ["packages/eckart/src/kernels/ref/rotation.ts", "../../errors.ts"],
  ["packages/eckart/src/matrix/matrix.ts", "../linalg/svd/svd.ts"],
  ["packages/eckart/src/matrix/matrix.ts", "../index.ts"],
  ["packages/eckart/src/linalg/parts/reflector.ts", "../svd/svd.ts"],
  ["packages/eckart/src/linalg/svd/svd.ts", "../../lowrank/truncate.ts"],
  ["packages/eckart/src/linalg/svd/svd.ts", "node:fs"],
  ["packages/eckart/src/index.ts", "fflate"],
  ["packages/eckart/src/index.ts", "@eckart/formats"],
  ["packages/formats/src/npy/read.ts", "eckart"],
  ["packages/formats/src/npy/read.ts", "node:fs"],
  ["packages/formats/src/file/open.ts", "eckart"],
  ["packages/formats/src/npy/read.ts", "@eckart/views"],
  ["packages/formats/src/npy/read.ts", "../../../eckart/src/index.ts"],
  ["packages/views/src/spectrum.ts", "eckart"],
  ["packages/views/src/spectrum.ts", "node:fs"],
  ["packages/cli/src/main.ts", "@eckart/studio"],
  ["packages/cli/src/main.ts", "../../eckart/src/linalg/svd/svd.ts"],
  ["packages/cli/src/main.ts", "@eckart/testing"],
  ["packages/cli/tests/main.test.ts", "../../eckart/src/index.ts"],
  ["testing/src/gallery.ts", "eckart"],
];

const ALLOWED: [string, string][] = [
  ["packages/eckart/src/kernels/load.ts", "./abi.ts"],
  ["packages/eckart/src/kernels/load.ts", "./ref/index.ts"],
  ["packages/eckart/src/kernels/ref/rotation.ts", "./vector.ts"],
  ["packages/eckart/src/kernels/ref/rotation.ts", "../abi.ts"],
  ["packages/eckart/src/matrix/matrix.ts", "../kernels/load.ts"],
  ["packages/eckart/src/linalg/parts/reflector.ts", "../../kernels/load.ts"],
  ["packages/eckart/src/linalg/svd/golubKahan.ts", "../parts/bidiagonal.ts"],
  ["packages/eckart/src/linalg/svd/golubKahan.ts", "../qr/qr.ts"],
  ["packages/eckart/src/lowrank/truncate.ts", "../linalg/svd/svd.ts"],
  ["packages/formats/src/npz/read.ts", "fflate"],
  ["packages/formats/src/file/open.ts", "node:fs"],
  ["packages/cli/src/main.ts", "eckart"],
  ["packages/cli/src/main.ts", "@eckart/formats"],
  ["packages/eckart/tests/svd.test.ts", "@eckart/testing"],
  ["packages/eckart/tests/svd.test.ts", "../src/linalg/parts/reflector.ts"],
];

/** Each statement form that imports, in a file of its own, so that none is forgotten. */
const FORMS: Record<string, (from: string) => string> = {
  import: (from) => `import { x } from "${from}";\nexport const y = x;\n`,
  "import type": (from) => `import type { X } from "${from}";\nexport type Y = X;\n`,
  "export from": (from) => `export * from "${from}";\n`,
  "import()": (from) => `export const load = (): Promise<unknown> => import("${from}");\n`,
};

const folder = mkdtempSync(join(tmpdir(), "directions-"));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));

const cases = [FORBIDDEN, ALLOWED].flatMap((pairs, kind) =>
  pairs.map(([file, from], index) => {
    const paths = Object.keys(FORMS).map((_, form) => file.replace(/(?=[^/]+$)/, `case${kind}${index}form${form}_`));
    return { file, from, paths, forbidden: kind === 0 };
  }),
);
for (const { from, paths } of cases) {
  for (const [index, write] of Object.values(FORMS).entries()) {
    const path = join(folder, paths[index] ?? "");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, write(from));
  }
}

const { stdout } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/oxlint/bin/oxlint"),
    "--format",
    "json",
    "--config",
    join(folder, ".oxlintrc.json"),
    folder,
  ],
  { cwd: root, encoding: "utf8", maxBuffer: 1e8 },
);
const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
const refused = diagnostics
  .filter(({ code }) => code.includes("no-restricted-imports"))
  .map(({ filename }) => filename);

for (const { file, from, paths, forbidden } of cases) {
  test(`${file} may ${forbidden ? "not " : ""}import ${from}`, () => {
    const found = paths.filter((path) => refused.some((filename) => filename.endsWith(path)));
    expect(found).toEqual(forbidden ? paths : []);
  });
}
