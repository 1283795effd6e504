import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { questions } from "../../src/quiz/questions.tsx";
import { awakenAll, openPage } from "./studio.ts";

/** The form of a question, and the place of its right answer. */
function asked(page: Page, section: string, name: string): { form: Locator; right: number } {
  const question = questions[section]!.find((one) => one.name === name)!;
  const form = page.locator(`#ask-${section} form:has(input[name="ask-${section}-${name}"])`);
  return { form, right: question.options.findIndex((option) => option.right) };
}

test("every question has one right answer, other answers, a name of its own, and words for each choice", () => {
  const names = Object.values(questions).flatMap((all) => all.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  for (const { options } of Object.values(questions).flat()) {
    expect(options.filter(({ right }) => right)).toHaveLength(1);
    expect(options.length).toBeGreaterThan(2);
    for (const { feedback, text } of options) expect([feedback, text].every(Boolean)).toBe(true);
  }
});

test("14.1–3 three questions close the lesson, each section asks its own", async () => {
  const page = await openPage();
  await awakenAll(page);
  expect(await page.locator("#quiz form").count()).toBe(3);
  const sections = await page.locator("main section[id]").evaluateAll((all) => all.map(({ id }) => id));
  const asking = Object.keys(questions);
  expect(asking.filter((section) => !sections.includes(section))).toEqual([]);
  for (const section of asking)
    expect(await page.locator(`#ask-${section} form`).count()).toBe(questions[section]!.length);
});

test("a wrong answer is answered by name, may be tried again, and the right one is kept on the device", async () => {
  const page = await openPage();
  await awakenAll(page);
  const { form, right } = asked(page, "quiz", "input-space");
  const wrong = right === 0 ? 1 : 0;
  await form.locator("input").nth(wrong).check();
  await form.getByRole("button", { name: "Check" }).click();
  const status = form.getByRole("status");
  expect(await status.textContent()).toMatch(/^Not so\./);
  expect(await status.locator("p").evaluate((element) => element === document.activeElement)).toBe(true);
  await form.getByRole("button", { name: "Try again" }).click();
  expect(await form.locator("input:checked").count()).toBe(0);
  await form.locator("input").nth(right).check();
  await form.getByRole("button", { name: "Check" }).click();
  expect(await status.textContent()).toMatch(/^Yes\./);
  expect(await page.locator("#ask-quiz .score").textContent()).toContain("1 of 3");
  await page.reload();
  await awakenAll(page);
  expect(await page.locator("#ask-quiz .score").textContent()).toContain("1 of 3");
  await page.getByRole("button", { name: "Begin again" }).click();
  expect(await page.locator("#ask-quiz .score").textContent()).toContain("0 of 3");
});

test("questions are answered by keyboard alone", async () => {
  const page = await openPage();
  await awakenAll(page);
  const { form, right } = asked(page, "quiz", "advantage");
  await form.locator("input").first().focus();
  await page.keyboard.press("Space");
  for (let i = 0; i < right; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await form.getByRole("status").textContent()).toMatch(/^Yes\./);
});

test("every link to a figure opens it in that state", async () => {
  const page = await openPage();
  await awakenAll(page);
  const sights = Object.values(questions).flatMap((all) =>
    all.flatMap(({ options }) => options.flatMap(({ see }) => see ?? [])),
  );
  for (const { figure, fields } of sights) {
    await page.evaluate(() => (location.hash = ""));
    const { linkTo } = await import("../../src/address/address.ts");
    await page.evaluate((hash) => (location.hash = hash), linkTo(figure, fields));
    await page.waitForTimeout(100);
    const inputs = await page
      .locator(`#${figure} .matrix-field input`)
      .evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value.replaceAll("−", "-")));
    if (fields.A) expect(inputs.slice(0, fields.A.split(/[,;]/).length).join()).toBe(fields.A.split(/[,;]/).join());
    else expect(await page.locator(`#${figure}`).count()).toBe(1);
  }
});
