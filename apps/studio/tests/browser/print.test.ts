import { expect, test } from "vitest";
import { openPage } from "./studio.ts";

test("STU-9 the lesson prints, unread as it is", async () => {
  const page = await openPage();
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.startsWith("%PDF-")).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(0);
});

test("STU-9 paper has no buttons and is light", async () => {
  const page = await openPage("index.html", { dark: true });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const buttons = await page.locator("button:visible").allTextContents();
  expect(buttons).toEqual([]);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
});
