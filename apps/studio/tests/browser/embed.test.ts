import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { linkTo } from "../../src/address/address.ts";
import { axeFaults, openPage, openProfile, overflowing, studio } from "./studio.ts";

const MATRIX = "3,1;-0.5,2";

/** A page of somebody else's site with the element in it. */
async function openHost(body: string, expected = /^$/): Promise<Page> {
  const html = `<!doctype html><html lang="en"><title>A class</title><script type="module" src="${studio}/eckart-figure.js"></script><h1>A class</h1>${body}`;
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(html));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const page = await (await openProfile({ expected: new RegExp(`^other host: ${url}|${expected.source}`) })).newPage();
  await page.goto(url);
  return page;
}

/** The numbers that stand in the fields of the matrix. */
const entries = async (page: Pick<Page, "locator">): Promise<string[]> => {
  const fields = page.locator(".matrix-field").first().locator("input");
  await fields.first().waitFor();
  return Promise.all((await fields.all()).map((field) => field.inputValue()));
};
const plain = (texts: string[]): number[] => texts.map((text) => Number(text.replace("−", "-")));

test("STU-7 an address shows one figure in its state, and a new address another", async () => {
  const page = await openPage(linkTo("plane", { A: MATRIX }, "embed.html"));
  await expect.poll(async () => plain(await entries(page))).toEqual([3, 1, -0.5, 2]);
  expect(await page.locator("figure").count()).toBe(1);
  await page.evaluate(() => {
    location.hash = "#plane:v=1&A=1,0;0,1";
  });
  await expect.poll(async () => plain(await entries(page))).toEqual([1, 0, 0, 1]);
});

test.each([320, 800])("STU-4 a figure alone fits %i pixels and satisfies axe", async (width) => {
  const page = await openPage("embed.html#plane", { width });
  await page.locator("figure").waitFor();
  expect(await overflowing(page)).toEqual([]);
  // What an embedding page says above the figure is its own.
  expect((await axeFaults(page)).filter((fault) => !fault.startsWith("page-has-heading-one"))).toEqual([]);
});

test("STU-8 every figure of the lesson shows alone, and the guide names it", async () => {
  const guide = readFileSync(new URL("../../../../docs/guide/embed.md", import.meta.url), "utf8");
  const named = [...guide.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name!);
  const lesson = await openPage();
  const inLesson = await lesson
    .locator("[data-figure]:not([data-figure=cell])")
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.figure!));
  expect(
    [...new Set(inLesson)].filter((name) => !named.includes(name)),
    "not in the guide",
  ).toEqual([]);
  for (const name of new Set(inLesson)) {
    const page = await openPage(`embed.html#${name}`, { width: 700 });
    await page.locator(`main [data-figure="${name}"]`).waitFor({ timeout: 10_000 });
    expect(await overflowing(page), name).toEqual([]);
    await page.close();
  }
});

test.each([
  ["no figure", ""],
  ["an unknown one", "#nothing:v=1"],
  ["a name of the prototype", "#constructor:v=1"],
  ["markup", "#<img src=x onerror=alert(1)>:v=1"],
  ["escaped markup", "#%3Cscript%3E:v=1"],
])("STU-8 what names no figure is answered with those that there are: %s", async (_, hash) => {
  const page = await openPage(`embed.html${hash}`);
  const notice = page.locator(".embed-notice");
  await notice.waitFor();
  expect(await notice.textContent()).toContain("plane");
  expect(await page.locator("main img, main script").count()).toBe(0);
});

test.each([
  ["an overflow", "A=1e999,0;0,1"],
  ["no number", "A=NaN,1;1,1"],
  ["another shape", "A=1;2;3;4;5;6;7;8;9"],
  ["markup", "A=<b>"],
  ["a long row", `A=${"9,".repeat(3000)}`],
  ["a null character", "x=%00"],
  ["a time before the first", "t=-1e9"],
  ["a theme that is none", "theme=<b>"],
])("STU-7 a hostile state leaves the figure as it is: %s", async (_, state) => {
  const page = await openPage("embed.html#plane");
  const usual = await entries(page);
  const hostile = await openPage(`embed.html#plane:v=1&${state}`);
  expect(await entries(hostile)).toEqual(usual);
  expect(await hostile.locator("figure svg.stage").count()).toBe(1);
});

test("STU-8 the element shows the figure in a page of any origin, as high as it is", async () => {
  const page = await openHost(
    `<eckart-figure figure="plane" matrix="3 1; -0.5 2" theme="dark" label="A shear"></eckart-figure>`,
  );
  const frame = page.frameLocator("eckart-figure iframe");
  await expect.poll(async () => plain(await entries(frame))).toEqual([3, 1, -0.5, 2]);
  const heights = (): Promise<number[]> =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector("eckart-figure")!;
      return [shadowRoot!.querySelector("iframe")!.getBoundingClientRect().height];
    });
  const inner = await frame.locator("main").evaluate((main) => Math.ceil(main.getBoundingClientRect().height));
  await expect.poll(heights).toEqual([inner]);
  expect(await page.locator("eckart-figure iframe").getAttribute("title")).toBe("A shear");
  expect(await frame.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.locator("eckart-figure").evaluate((element) => element.setAttribute("matrix", "0 -1; 1 0"));
  await expect.poll(async () => plain(await entries(frame))).toEqual([0, -1, 1, 0]);
});

test("STU-8 other pages of the studio show in no frame of another site", async () => {
  const page = await openHost(
    `<iframe src="${studio}/index.html" title="x"></iframe>`,
    /BLOCKED_BY_RESPONSE|frame-ancestors/,
  );
  expect(await page.frames()[1]!.locator("main").count()).toBe(0);
});
