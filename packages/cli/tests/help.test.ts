import { dirname } from "node:path";
import { expect, test } from "vitest";
import { eckart, IRIS } from "./eckart.ts";

const COMMANDS =
  "svd svds eigh eig lowrank pca stream rank cond classify certify det solve lstsq inv pinv info convert demo completion".split(
    " ",
  );

test("help lists every command in groups, examples and the exit codes, in 80 columns", () => {
  const { code, stdout, stderr } = eckart(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
  for (const group of ["Decompose:", "Measure:", "Solve:", "Files:", "Learn:"]) expect(stdout).toContain(group);
  expect(stdout).toContain("0 done · 1 failed · 2 bad usage · 3 input unreadable or not finite");
  expect(stdout).toContain("4 tolerance or convergence not reached · 130 interrupted");
  for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  expect(eckart([]).stdout).toBe(stdout);
});

test.each(COMMANDS.filter((name) => name !== "demo" && name !== "completion"))("help of %s has examples", (name) => {
  const { code, stdout } = eckart([name, "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\n  eckart ${name} `));
});

test("the version is the package's", () => {
  expect(eckart(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  ["a command", ["lowrnk", "1 2; 3 4"], "did you mean lowrank?"],
  ["an option", ["svd", "1 2; 3 4", "--jsom"], "did you mean --json?"],
])("a misspelt %s is guessed", (_, args, guess) => {
  const { code, stdout, stderr } = eckart(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.toLowerCase()).toContain(guess);
});

test("a matrix without a command brings the command that was meant", () => {
  expect(eckart(["1 2; 3 4"]).stderr).toContain('eckart svd "1 2; 3 4"');
  expect(eckart(["data.npy"]).stderr).toContain('eckart svd "data.npy"');
});

test.each(["bash", "zsh", "fish", "powershell"])("completion for %s is a script that asks the command", (name) => {
  const { code, stdout, stderr } = eckart(["completion", name]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("eckart");
  expect(stdout.split("\n").length).toBeGreaterThan(20);
});

test("completion knows commands, options and their values", () => {
  const complete = (...words: string[]) => eckart(["complete", "--", ...words]).stdout;
  expect(complete("lo")).toMatch(/^lowrank/m);
  expect(complete("svd", "--me")).toMatch(/^--method/m);
  expect(complete("svd", "--method", "")).toMatch(/^jacobi/m);
  const data = dirname(IRIS);
  expect(complete("svd", `${data}/ir`)).toMatch(/iris\.csv\tcsv$/m);
  expect(complete("svd", "-o", `${dirname(data)}/`)).toContain(`${IRIS}\tcsv`);
  expect(eckart(["completion", "tcsh"]).code).toBe(2);
});
