import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const spec = readFileSync(join(root, "docs/SPEC.md"), "utf8");
const promises = [...spec.matchAll(/^- \*\*([A-Z]+-\d+)\*\* /gm)].map(([, number = ""]) => number);
const areas = [...new Set(promises.map((number) => number.replace(/-\d+$/, "")))];

const files = [
  "packages/eckart",
  "packages/formats",
  "packages/views",
  "packages/cli",
  "apps/studio",
  "testing",
  "scripts",
]
  .map((folder) => join(root, folder, "tests"))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith(".test.ts"));
const tests = files.map((file) => readFileSync(file, "utf8")).join("\n");
const tested = new Set(tests.match(new RegExp(`\\b(${areas.join("|")})-\\d+\\b`, "g")));

test("no promise has the number of another", () => {
  expect(promises).toEqual([...new Set(promises)]);
});

test("every promise has a test that quotes it", () => {
  expect(promises.filter((number) => !tested.has(number))).toEqual([]);
});

test("every number that a test quotes is a promise", () => {
  expect([...tested].filter((number) => !promises.includes(number))).toEqual([]);
});
