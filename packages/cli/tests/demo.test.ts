import { expect, test } from "vitest";
import { eckart } from "./eckart.ts";

const { code, stdout, stderr } = eckart(["demo"]);

test("the demo walks straight through on a pipe", () => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (let step = 1; step <= 9; step++) expect(stdout).toContain(`${step}/9  `);
  for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
});

test("the demo shows the values of the lesson", () => {
  const facts = [
    "[[2.  1.  0. ]", // L·X
    "[0.5 1.5 2.5]]",
    "[[ 0.6 -0.4]", // L⁻¹
    "rank of M: 1",
    "det Q = 1, a rotation      det F = -1, a reflection",
    "λ₁ = 1.438 = (7 − √17)/2      λ₂ = 5.562 = (7 + √17)/2",
    "A·(−2, 2, 1) = (0, 0)",
    "1.618, 0.618",
    "1.414, 1e-9",
    "[[2.5 2.5 0. ]", // A₁
    "‖A − A₁‖₂ = 3",
  ];
  for (const fact of facts) expect(stdout).toContain(fact);
});

test("without Unicode the demo is ASCII, every sign of it known", () => {
  const ascii = eckart(["demo"], { env: { LC_ALL: "C" } }).stdout;
  expect(ascii).toMatch(/^[\n -~]+$/);
  expect(ascii).not.toContain("?");
});

test("the table of low ranks is NumPy's, to the printed digit", () => {
  const table = stdout.split("\n").filter((line) => /^(1|2|4|8|16|32) +[\d.]+ % /.test(line));
  const errors = table
    .map((line) => line.split(/ {2,}/))
    .map(([, , random, energy, structured]) => [random, energy, structured]);
  expect(errors).toEqual([
    ["0.9706", "5.8 %", "0.7911"],
    ["0.9440", "10.9 %", "0.5799"],
    ["0.8928", "20.3 %", "0.0964"],
    ["0.7968", "36.5 %", "0.0851"],
    ["0.6206", "61.5 %", "0.0663"],
    ["0.3350", "88.8 %", "0.0363"],
  ]);
});
