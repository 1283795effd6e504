// Builds, packs and installs as a user gets it. Two empty projects are made in a temporary folder: one with the library
// alone, installed without the network, and the programs of consumer/; one with the command and what it depends on.

import { execSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The project that has installed eckart. */
    library: string;
    /** The project that has installed @eckart/cli. */
    command: string;
  }
}

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export default function setUp(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "eckart-"));
  const run = (command: string, cwd: string): void => {
    execSync(command, { cwd, stdio: ["ignore", 2, 2] });
  };
  const install = (name: string, tarballs: string[], options: string): string => {
    const target = join(folder, name);
    mkdirSync(target);
    writeFileSync(join(target, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
    run(
      `npm install --silent --no-audit --no-fund ${options} ${tarballs.map((file) => `"../${file}"`).join(" ")}`,
      target,
    );
    return target;
  };

  const packages = ["eckart", "formats", "views", "cli"].map((name) => `./packages/${name}`).join(" ");
  run("npm run --silent build:inlined", root);
  run(`npx tsc -b ${packages}`, root);
  run(`npm pack --silent --pack-destination "${folder}" ${packages}`, root);
  const tarballs = readdirSync(folder).filter((file) => file.endsWith(".tgz"));

  const library = install(
    "library",
    tarballs.filter((file) => /^eckart-\d/.test(file)),
    "--offline",
  );
  const command = install("command", tarballs, "--prefer-offline");
  for (const target of [library, command]) {
    cpSync(fileURLToPath(new URL("consumer", import.meta.url)), target, { recursive: true });
  }
  project.provide("library", library);
  project.provide("command", command);
  return () => rmSync(folder, { recursive: true, force: true });
}
