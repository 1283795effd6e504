import { expect, test } from "vitest";
import { awaken, openPage } from "./studio.ts";

test("STU-9 the lesson prints, unread as it is", async () => {
  const page = await openPage();
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.startsWith("%PDF-")).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(0);
});

test("STU-9 paper is light, and has nothing to press but what is to be read", async () => {
  const page = await openPage("index.html", { dark: true });
  const entries = page.locator("button.entry:visible");
  const onScreen = await entries.count();
  expect(onScreen).toBeGreaterThan(0);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.locator("button:visible:not(.entry, .gram-cell, .factor button)").allTextContents()).toEqual([]);
  expect(await page.locator("select:visible, input[type=range]:visible").count()).toBe(0);
  expect(await entries.count()).toBe(onScreen);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
});

test("STU-9 a film is printed as its beginning and the end of each chapter", async () => {
  const page = await openPage();
  await awaken(page, "hero");
  expect(await page.locator("#hero .still").count()).toBe(0);
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => page.locator("#hero .still svg").count()).toBe(4);
  expect(await page.locator("#hero .player > svg.stage:visible").count()).toBe(0);
});
