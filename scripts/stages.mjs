// What `npm test` and `npm run check` run, in this order. A stage is a command, which passes or fails as one check,
// or a Vitest project, each of whose tests counts.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environment, root } from "./setUp.mjs";

/** @typedef {{ name: string, command?: string, tests?: string, quick?: boolean }} Stage */
/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Stage[]} */
export const stages = [
  { name: "kernels and worker", command: "npm run --silent build:inlined", quick: true },
  { name: "types", command: "tsc -b", quick: true },
  { name: "lint and import directions", command: "oxlint --deny-warnings", quick: true },
  { name: "format", command: "oxfmt --check" },
  { name: "public surface", command: "node scripts/apiReport.mjs" },
  { name: "unused code", command: "knip" },
  { name: "published packages", command: "node scripts/lintPackages.mjs" },
  { name: "unit tests", tests: "unit", quick: true },
  { name: "package tests", tests: "package" },
  { name: "studio tests", tests: "studio" },
];

/**
 * Runs the stages to the end whatever fails, prints the sum alone on the last line, and sets the exit code.
 * @param {Stage[]} chosen
 */
export function runStages(chosen) {
  /** @type {Count} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of chosen) {
    const start = performance.now();
    const count = stage.tests ? runTests(stage.tests) : runCommand(stage.command ?? "");
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${count.failed === 0 ? "passed" : "FAILED"}  ${stage.name}  (${seconds} s)`);
  }
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/**
 * The output of a command is shown where it fails.
 * @param {string} command @returns {Count}
 */
function runCommand(command) {
  const { status, stdout, stderr } = spawnSync(command, { cwd: root, env: environment, shell: true, encoding: "utf8" });
  if (status === 0) return { passed: 1, failed: 0, skipped: 0 };
  console.log(`$ ${command}\n${stdout}${stderr}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A test file that could not be loaded, and a run that broke off, count as one failure each.
 * @param {string} project @returns {Count}
 */
function runTests(project) {
  const report = join(root, ".cache", `${project}-tests.json`);
  mkdirSync(join(root, ".cache"), { recursive: true });
  rmSync(report, { force: true });
  const command = `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json="${report}"`;
  const { status } = spawnSync(command, { cwd: root, env: environment, shell: true, stdio: "inherit" });
  const { passed, failed, skipped } = countTests(report);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1), skipped };
}

/** @param {string} report @returns {Count} */
function countTests(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    const unloaded = testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
        file.status === "failed" && file.assertionResults.length === 0,
    );
    return {
      passed: numPassedTests,
      failed: numFailedTests + unloaded.length,
      skipped: numPendingTests + numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
