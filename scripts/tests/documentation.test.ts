// Runs what the documentation shows: every @example of the libraries, and every ts block of the pages.
//
// A comment at the end of a line says what holds there, and is held to its word: `expression; // 2`,
// `expression; // ≈ [5, 3]`, or `statement; // s ≈ [5, 3], A = [[1, 2]]`. Other comments are prose.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const LIBRARIES: Record<string, string> = {
  eckart: join(root, "packages/eckart/src/index.ts"),
  "@eckart/formats": join(root, "packages/formats/src/index.ts"),
  "@eckart/views": join(root, "packages/views/src/index.ts"),
};

/** Numbers are shown rounded, so they may differ by this much, relative to numbers above 1. */
const SHOWN = 1e-3;

interface Check {
  text: string;
  actual: unknown;
  expected: unknown;
}

/** The line, and what its comment promises, as code. */
function withChecks(line: string): string {
  const [, code = "", comment = ""] = /^(.*\S)\s*\/\/\s(.*)$/.exec(line) ?? [];
  const named = [...comment.matchAll(/(?:^|,\s)([A-Za-z][\w.]*)\s[≈=]\s(.+?)(?=,\s[A-Za-z][\w.]*\s[≈=]\s|$)/g)];
  const literal = /^(?:≈\s)?([-[\d"].*|true|false)$/.exec(comment)?.[1];
  const promises =
    literal === undefined ? named.map(([, name, value]) => [name, value]) : [[code.replace(/;$/, ""), literal]];
  const checks = promises.map(
    ([actual, expected]) =>
      `checks.push({ text: ${JSON.stringify(line.trim())}, actual: ${actual}, expected: ${expected} });`,
  );
  return literal === undefined ? [line, ...checks].join("\n") : checks.join("\n");
}

/** Runs TypeScript, whose imports of the libraries are added where it has none. */
async function run(example: string, library: string): Promise<Check[]> {
  const names = Object.keys((await import(library)) as object).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(example),
  );
  const imports = /^import /m.test(example) ? "" : `import { ${names.join(", ")} } from "${library}";`;
  const contents = [imports, "export const checks = [];", ...example.split("\n").map(withChecks)].join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    alias: LIBRARIES,
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "silent",
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`;
  const { checks } = (await import(/* @vite-ignore */ url)) as { checks: Check[] };
  return checks;
}

/** Typed arrays and matrices as nested arrays. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Object && "toArray" in value ? (value as { toArray(): unknown }).toArray() : value;
}

function expectShown(actual: unknown, expected: unknown, text: string): void {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    expect(actual, text).toHaveLength(expected.length);
    expected.forEach((item, i) => expectShown(actual[i], item, text));
  } else if (typeof expected === "number" && typeof actual === "number") {
    expect(Math.abs(actual - expected), `${text} (found ${actual})`).toBeLessThanOrEqual(
      SHOWN * Math.max(1, Math.abs(expected)),
    );
  } else {
    expect(actual, text).toEqual(expected);
  }
}

function testExample(name: string, example: string, library: string): void {
  test(name, async () => {
    for (const { actual, expected, text } of await run(example, library)) expectShown(plain(actual), expected, text);
  });
}

for (const [library, entry] of Object.entries(LIBRARIES)) {
  describe(`the examples in the comments of ${library}`, () => {
    const folder = join(entry, "..");
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    )) {
      const source = readFileSync(join(folder, file), "utf8");
      for (const [, block = "", declaration] of source.matchAll(/@example\b(.*?)\*\/\s*(.*)/gs)) {
        const example = block.replace(/^\s*\* ?/gm, "").replace(/^```.*$/gm, "");
        testExample(`${file}: ${declaration?.split("\n")[0]}`, example, library);
      }
    }
  });
}

describe("the pages", () => {
  const guide = readdirSync(join(root, "docs/guide")).map((file) => `docs/guide/${file}`);
  const packages = ["eckart", "formats", "views", "cli"].map((name) => `packages/${name}/README.md`);
  for (const page of ["README.md", ...packages, ...guide]) {
    const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```ts\n(.*?)^```/gms);
    for (const [index, [, example = ""]] of [...blocks].entries())
      testExample(`${page} ${index + 1}`, example, "eckart");
  }
});
