import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awaken, openPage } from "./studio.ts";

const cells = (page: Page, selector: string): Promise<string[][]> =>
  page
    .locator(`${selector} tbody tr`)
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent)));

const caption = (page: Page, id: string): Promise<string> => page.locator(`#${id} .caption`).innerText();

test("9.2, 9.3, 9.5 both Gram matrices of a 3 × 2 matrix, their spectra aligned, the leftover 0", async () => {
  const page = await openPage();
  await awaken(page, "gram-matrices");
  const grams = page.locator("#gram-matrices .gram");
  expect(await grams.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual([
    "AAᵀ, 3 × 3",
    "AᵀA, 2 × 2",
  ]);
  const table = await cells(page, "#gram-matrices .spectra");
  expect(table.map((row) => row.slice(1, 3))).toEqual([
    ["47.0998", "47.0998"],
    ["6.90025", "6.90025"],
    ["0", ""],
  ]);
  await grams.first().locator("button").nth(1).focus();
  expect(await caption(page, "gram-matrices")).toContain("Row 1 · row 2 = 3·4 + 0·5 = 12");
  expect(await page.locator("#gram-matrices .gram-input .number.on").count()).toBe(4);
});

test("9.4 xᵀAᵀAx is ‖Ax‖² for the x that is typed", async () => {
  const page = await openPage();
  await awaken(page, "gram-matrices");
  await page.locator("#gram-matrices").getByLabel("x, row 1, column 1").fill("2");
  await page.locator("#gram-matrices").getByLabel("x, row 2, column 1").fill("-1");
  // A x = (6, 3, -2)
  expect(await page.locator("#gram-matrices .never-negative").innerText()).toContain("= 49 = ‖Ax‖² = 7");
});

test("9.6 a square invertible matrix has no eigenvalue 0, a singular one has", async () => {
  const page = await openPage();
  await awaken(page, "gram-matrices");
  const spectrum = async (preset: string): Promise<string[]> => {
    await page.locator("#gram-matrices").getByLabel(preset, { exact: true }).check();
    return (await cells(page, "#gram-matrices .spectra")).map((row) => row[1]!);
  };
  expect(await spectrum("invertible")).toEqual(["45", "5"].map((text) => expect.stringMatching(`^${text}(\\.0+)?$`)));
  expect((await spectrum("singular"))[1]).toBe("0");
});

test("11.2 σ = |λ| by size, and the sign in U", async () => {
  const page = await openPage();
  await awaken(page, "two-decompositions");
  await page.locator("#two-decompositions").getByLabel("three rows").check();
  const rows = await cells(page, "#two-decompositions table");
  expect(rows.map((row) => row[1])).toEqual(["13.899", "−4.7369", "1.8378"]);
  expect(rows.map((row) => row[3])).toEqual(["13.899", "4.7369", "1.8378"]);
  expect(rows.map((row) => row[5])).toEqual(["+", "−", "+"]);
});

test("13.1 the error of rank r is the next singular value, and the root of the squares left out", async () => {
  const page = await openPage();
  await awaken(page, "rank-one-layers");
  for (const name of ["letter", "hills", "ramp", "disc", "diagonal"]) {
    await page.locator("#rank-one-layers").getByLabel(name, { exact: true }).check();
    for (const r of ["0", "1", "3"]) {
      await page.locator("#rank-one-layers-rank").fill(r);
      const text = await caption(page, "rank-one-layers");
      const [, spectral, sigma] = /‖₂ = (\S+), which is σ\S+ = ([^\s,]+),/.exec(text) ?? [];
      const [, frobenius, tail] =
        /‖F = ([^\s,]+), the root of the sum of the squares left out, (\S+)\.$/.exec(text) ?? [];
      expect([name, r, spectral, frobenius]).toEqual([name, r, sigma, tail]);
    }
  }
});

test("13.3 the factors beside the update, with what they cost", async () => {
  const page = await openPage();
  await awaken(page, "lora-factors");
  expect(await caption(page, "lora-factors")).toMatch(/hold 1.024 numbers, ΔW 4.096: a share of 25 %\. From rank 32/);
  for (const name of ["d", "k"]) await page.locator(`input[name="lora-factors-${name}"][value="4096"]`).check();
  expect(await caption(page, "lora-factors")).toContain("a share of 0.391 %");
});

test("13.4, 13.5 the table of the random update with its energy, and three spectra in one plot", async () => {
  const page = await openPage();
  await awaken(page, "update-spectra");
  const table = await cells(page, "#update-spectra table");
  expect(table.map(([rank, error, energy]) => [rank, error, energy])).toEqual([
    ["1", "0.9706", "5.8 %"],
    ["2", "0.9440", "10.9 %"],
    ["4", "0.8928", "20.3 %"],
    ["8", "0.7968", "36.5 %"],
    ["16", "0.6206", "61.5 %"],
    ["32", "0.3350", "88.8 %"],
  ]);
  await page.locator("#update-spectra").getByLabel("rank 4, with noise").check();
  expect((await cells(page, "#update-spectra table")).map((row) => row[1])).toEqual([
    "0.7911",
    "0.5799",
    "0.0964",
    "0.0851",
    "0.0663",
    "0.0363",
  ]);
  await page.locator("#update-spectra summary").click();
  const own = page.locator("#update-spectra-own");
  await own.fill("1 2\n3 <b>");
  await own.blur();
  await expect.poll(() => page.locator("#update-spectra-fault").textContent()).toContain("Row 2, column 2");
  await own.fill("3 0\n4 5\n0 2");
  await own.blur();
  await expect.poll(() => page.locator("#update-spectra .stage text").allTextContents()).toContain("your matrix");
  expect((await cells(page, "#update-spectra table"))[0]!.slice(0, 3)).toEqual(["1", "0.3575", "87.2 %"]);
});
