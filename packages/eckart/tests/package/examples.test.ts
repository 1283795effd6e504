import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

const run = (example: string): string =>
  execFileSync(process.execPath, [`${root}/examples/${example}`], { encoding: "utf8", stdio: ["ignore", "pipe", 2] });

for (const example of readdirSync(`${root}/examples`).filter((file) => file.endsWith(".mjs"))) {
  test(`the example ${example} runs`, () => {
    expect(run(example)).not.toBe("");
  });
}

test("a hard regression agrees with the certified values", () => {
  const digits = [...run("03-a-hard-regression.mjs").matchAll(/([\d.]+) digits agree/g)].map(([, count]) =>
    Number(count),
  );
  expect(digits).toHaveLength(7);
  for (const count of digits) expect(count).toBeGreaterThanOrEqual(10);
});

test.each([
  ["04-draw-a-spectrum.mjs", "iris-spectrum.svg"],
  ["06-which-motion.mjs", "shear-film.svg"],
])("the picture of the readme is the one that %s draws", (example, picture) => {
  expect(run(example)).toBe(readFileSync(`${root}/docs/assets/${picture}`, "utf8"));
});
