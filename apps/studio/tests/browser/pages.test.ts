import { expect, test } from "vitest";
import { awakenAll, axeFaults, openPage, overflowing } from "./studio.ts";

const PAGES = ["index.html", "workbench.html"];

for (const name of PAGES) {
  test(`${name} comes alive as a whole without a fault`, async () => {
    const page = await openPage(name);
    await awakenAll(page);
    expect(await page.locator("h1").count()).toBe(1);
  });

  test.each([320, 390, 1280, 3840])(`STU-6 ${name} fits a window %i pixels wide`, async (width) => {
    const page = await openPage(name, { width });
    await awakenAll(page);
    expect(await overflowing(page)).toEqual([]);
  });

  test.each([false, true])(`STU-4 ${name} satisfies axe, dark: %s`, async (dark) => {
    const page = await openPage(name, { dark });
    await awakenAll(page);
    expect(await axeFaults(page)).toEqual([]);
  });
}
