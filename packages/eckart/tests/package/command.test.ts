import { execSync, spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, test } from "vitest";
import { nodes } from "./nodes.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = inject("command");
const iris = join(root, "examples/data/iris.csv");

for (const { version, path = "", missing } of nodes) {
  describe.skipIf(missing)(`PKG-7 the installed command on Node ${version}${missing ? `: ${missing}` : ""}`, () => {
    const run = (args: string[], input = ""): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(path, [join(folder, "node_modules/@eckart/cli/bin/eckart.js"), ...args], {
        cwd: folder,
        input,
        encoding: "utf8",
      });

    test("a literal", () => {
      const { status, stdout, stderr } = run(["svd", "3 2 2; 2 3 -2", "--format", "csv", "--quiet"]);
      expect(stderr).toBe("");
      const [first, second, ...rest] = stdout.trim().split(/\s+/).map(Number);
      expect(first).toBeCloseTo(5, 14);
      expect(second).toBeCloseTo(3, 14);
      expect(rest).toEqual([]);
      expect(status).toBe(0);
    });

    test("a file", () => {
      const { status, stdout } = run(["rank", iris]);
      expect(stdout.trim()).toBe("4");
      expect(status).toBe(0);
    });

    test("standard input", () => {
      const { status, stdout } = run(["rank", "-"], "1,2\n2,4\n");
      expect(stdout.trim()).toBe("1");
      expect(status).toBe(0);
    });

    test("JSON", () => {
      const { status, stdout } = run(["svd", "3 2 2; 2 3 -2", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ command: "svd" });
      expect(status).toBe(0);
    });

    test("an error", () => {
      const { status, stdout, stderr } = run(["svd", "nowhere.csv"]);
      expect(stdout).toBe("");
      expect(stderr).toContain("nowhere.csv");
      expect(status).toBe(3);
    });
  });
}

describe("PKG-7 the commands of the readme", () => {
  symlinkSync(join(root, "examples"), join(folder, "examples"), "junction");
  const shown = readFileSync(join(root, "README.md"), "utf8").match(/^npx eckart .*$/gm) ?? [];

  test("are there", () => {
    expect(shown.length).toBeGreaterThan(5);
  });

  test.each(shown)("%s", (command) => {
    expect(() => execSync(command, { cwd: folder, stdio: ["ignore", "ignore", 2] })).not.toThrow();
  });
});
