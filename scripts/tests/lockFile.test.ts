import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

interface Entry {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const path = fileURLToPath(new URL("../../package-lock.json", import.meta.url));
const { packages } = JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, Entry> };

// A registry that carried a tool before its binaries for every platform once gave a lock file that `npm ci` refused.
test("the lock file names what every platform needs", () => {
  const known = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, "")));
  for (const [key, { optionalDependencies = {} }] of Object.entries(packages)) {
    const unknown = Object.keys(optionalDependencies).filter((name) => !known.has(name));
    expect(unknown, `optional dependencies of ${key} that the lock file does not have`).toEqual([]);
  }
});

test("the lock file names no registry", () => {
  const addresses = Object.values(packages).filter(({ resolved }) => resolved?.includes(":"));
  expect(addresses).toEqual([]);
});

test("every dependency of the repository has an exact version", () => {
  const manifest = fileURLToPath(new URL("../../package.json", import.meta.url));
  const { devDependencies } = JSON.parse(readFileSync(manifest, "utf8")) as { devDependencies: Record<string, string> };
  for (const [name, version] of Object.entries(devDependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
