// Runs what the documentation shows: every @example of the libraries, and every ts block and every command of the pages
// about eckart.
//
// A comment at the end of a line says what holds there, and is held to its word: `expression; // 2`,
// `expression; // ≈ [5, 3]`, `expression; // s ≈ [5, 3]` for a part of it, or `const …; // s ≈ [5, 3], A = [[1, 2]]`.
// Other comments are prose.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";

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

/** The lines of each statement: as many as it takes to close what it opens. */
function statements(example: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const line of example.split("\n")) {
    if (depth === 0) found.push(line);
    else found[found.length - 1] += `\n${line}`;
    for (const c of line.replace(/\/\/ .*$/, "")) depth += "([{".includes(c) ? 1 : ")]}".includes(c) ? -1 : 0;
  }
  return found;
}

/** The statement, and what the comment at its end promises, as code. */
function withChecks(statement: string): string {
  const [, code = "", comment = ""] = /^([^]*\S)\s*\/\/\s(.*)$/.exec(statement) ?? [];
  const check = (actual = "", expected = ""): string =>
    `checks.push({ text: ${JSON.stringify(statement.trim())}, actual: ${actual}, expected: ${expected} });`;
  const value = comment.replace(/^≈ /, "");
  const isExpression = !/^(const|let|import|export|try) /.test(code);
  if (isExpression && isJson(value)) return check(code.replace(/;$/, ""), value);
  const named = comment.matchAll(/(?:^|,\s)([A-Za-z][\w.]*)\s[≈=]\s(.+?)(?=,\s[A-Za-z][\w.]*\s[≈=]\s|$)/g);
  const promises = [...named].filter(([, , expected = ""]) => isJson(expected));
  if (promises.length === 0) return statement;
  const checks = promises.map(([, name, expected]) => check(isExpression ? `result.${name}` : name, expected));
  return isExpression ? `{ const result = ${code}\n${checks.join("\n")} }` : [statement, ...checks].join("\n");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), "examples-"));
let examples = 0;
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs TypeScript, whose imports of the libraries are added where it has none. */
async function run(example: string, library: string): Promise<Check[]> {
  const names = Object.keys((await import(library)) as object).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(example),
  );
  const imports = /^import /m.test(example) ? "" : `import { ${names.join(", ")} } from "${library}";`;
  const contents = [imports, "export const checks = [];", ...statements(example).map(withChecks)].join("\n");
  const outfile = join(folder, `${++examples}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    alias: {
      ...LIBRARIES,
      "eckart/worker": join(root, "packages/eckart/src/worker.ts"),
      "@eckart/formats/node": join(root, "packages/formats/src/node.ts"),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "silent",
  });
  const { checks } = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { checks: Check[] };
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
    const sources = join(entry, "..");
    for (const file of readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    )) {
      const source = readFileSync(join(sources, file), "utf8");
      for (const [, block = "", declaration] of source.matchAll(/@example\b(.*?)\*\/\s*([^\n]*)/gs)) {
        const example = block.replace(/^\s*\* ?/gm, "").replace(/^```.*$/gm, "");
        testExample(`${file}: ${declaration}`, example, library);
      }
    }
  });
}

const guide = readdirSync(join(root, "docs/guide")).map((file) => `docs/guide/${file}`);
const pages = ["README.md", "packages/eckart/README.md", ...guide];

/** The blocks of a page in one language. */
function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block = ""]) => block);
}

describe("the pages", () => {
  for (const page of pages)
    for (const [index, example] of blocksOf(page, "ts").entries())
      testExample(`${page} ${index + 1}`, example, "eckart");
});

const commandsOf = (page: string): string[] =>
  blocksOf(page, "sh").flatMap((block) => block.split("\n").filter((line) => line.startsWith("npx eckart ")));

describe("the commands of the pages", () => {
  test.each(pages.filter((page) => commandsOf(page).length > 0))("%s", (page) => {
    // One folder a page: a command may read what one before it wrote.
    const cwd = mkdtempSync(join(folder, "commands-"));
    symlinkSync(join(root, "examples"), join(cwd, "examples"));
    const command = [process.execPath, join(root, "packages/cli/dist/main.js")].map((word) => `'${word}'`).join(" ");
    for (const line of commandsOf(page)) {
      const { status, stderr } = spawnSync("sh", ["-c", line.replace("npx eckart", command)], {
        cwd,
        encoding: "utf8",
      });
      expect(status, `${line}\n${stderr}`).toBe(0);
    }
  });
});
