import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const module = pathToFileURL(fileURLToPath(new URL("../stages.mjs", import.meta.url))).href;

function runStages(...commands: string[]): { status: number | null; lines: string[] } {
  const chosen = JSON.stringify(commands.map((command) => ({ name: command, command })));
  const program = `import { runStages } from ${JSON.stringify(module)}; runStages(${chosen});`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return { status, lines: stdout.trimEnd().split("\n") };
}

test("the sum stands alone on the last line", () => {
  const { status, lines } = runStages("exit 0", "exit 0");
  expect(lines.at(-1)).toBe("2 passed, 0 failed");
  expect(status).toBe(0);
});

test("a failed stage counts, shows its output, and does not hide the ones after it", () => {
  const { status, lines } = runStages("echo the reason && exit 3", "exit 0");
  expect(lines).toContain("the reason");
  expect(lines.filter((line) => line.startsWith("passed"))).toHaveLength(1);
  expect(lines.at(-1)).toBe("1 passed, 1 failed");
  expect(status).toBe(1);
});
