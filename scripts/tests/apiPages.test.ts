// The reference for readers, as `npm run docs` writes it: every function and class, with what its source says of it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "reference-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Pages, and the libraries that they are about. */
const PAGES: [page: string, specifier: string, sources: string][] = [
  ["eckart", "eckart", "packages/eckart/src"],
  ["eckart-worker", "eckart/worker", "packages/eckart/src/worker"],
  ["formats", "@eckart/formats", "packages/formats/src"],
  ["formats-node", "@eckart/formats/node", "packages/formats/src"],
  ["views", "@eckart/views", "packages/views/src"],
];

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "scripts/apiPages.mjs"), "--to", folder]);
}, 300_000);

/** What a reader sees: no marks, and the signs that they stand for. */
function visible(html: string): string {
  const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => signs[name]!)
    .replace(/\s+/g, "");
}

/** The first paragraphs above the exported functions and classes of a folder, by name: files may share one. */
function leads(sources: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(join(root, sources), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(join(root, sources, file), "utf8");
    const declared =
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\n(?:\/\/.*\n)*export (?:abstract )?(?:async )?(?:function\*?|class|const) (\w+)/g;
    for (const [, comment = "", name = ""] of text.matchAll(declared)) {
      const [lead = ""] = comment
        .replace(/^\s*\* ?/gm, "")
        .trim()
        .split(/\n\n|\n(?=@|Cost: )/);
      found.set(name, [...(found.get(name) ?? []), lead.replace(/[`\s]+/g, "")]);
    }
  }
  return found;
}

describe.each(PAGES)("the page %s", (page, specifier, sources) => {
  test("has every function and class, with its own words", async () => {
    const html = readFileSync(join(folder, `${page}.html`), "utf8");
    const words = leads(sources);
    const library = (await import(specifier)) as Record<string, unknown>;
    const names = Object.keys(library).filter((name) => typeof library[name] === "function");
    expect(names.length).toBeGreaterThan(0);
    const missing = names.filter((name) => {
      const [, article] = html.split(`<article id="${name}">`);
      const possible = words.get(name);
      if (article === undefined) return true;
      const shown = visible(article.split("</article>")[0]!);
      return possible !== undefined && !possible.some((lead) => shown.includes(lead));
    });
    expect(missing).toEqual([]);
    expect(names.filter((name) => words.has(name)).length, "functions whose words were found").toBeGreaterThan(0);
  });

  test("every link leads to where something is", () => {
    const html = readFileSync(join(folder, `${page}.html`), "utf8");
    const broken = [...html.matchAll(/href="([^"#]*)(?:#([^"]*))?"/g)].filter(([, file, id]) => {
      const target = readFileSync(join(folder, file || `${page}.html`), "utf8");
      return id !== undefined && !target.includes(`id="${id}"`);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

test("the first page lists all of them", () => {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  for (const [page, specifier] of PAGES) expect(html).toContain(`<a href="${page}.html">${specifier}</a>`);
  expect(html).toContain('<a href="eckart.html#svd">svd</a>');
});
