import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Locator, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { linkTo } from "../../src/address/address.ts";
import { pack } from "../../src/address/pack.ts";
import { awaken, axeFaults, openPage, type PageOptions, studio } from "./studio.ts";

const source = (name: string): string =>
  readFileSync(new URL(`../../src/cells/sources/${name}`, import.meta.url), "utf8");

/** What Chromium writes to the console where a policy refuses something: here it is what is hoped for. */
const REFUSED = /Content Security Policy|csp/i;

/** A worker that is ended before the browser has closed the file of its script. */
const ENDED = /^not loaded: blob:null\//;

async function openCell(id = "cell-first", options: PageOptions = {}): Promise<{ page: Page; cell: Locator }> {
  const expected = new RegExp(
    [ENDED, ...(options.expected ? [options.expected] : [])].map((one) => one.source).join("|"),
    "i",
  );
  const page = await openPage("index.html", { ...options, expected });
  await awaken(page, id);
  return { page, cell: page.locator(`#${id}`) };
}

const button = (cell: Locator, name: string): Locator => cell.getByRole("button", { name, exact: true });
const status = (cell: Locator): Locator => cell.locator(".cell-status");
const output = (cell: Locator): Locator => cell.locator(".cell-output");

async function write(cell: Locator, code: string): Promise<void> {
  await button(cell, "Edit").click();
  await cell.locator(".cm-content").fill(code);
}

/** Runs what stands in the cell and waits for the end. */
async function run(cell: Locator): Promise<void> {
  await button(cell, "Run").click();
  await button(cell, "Run").waitFor({ timeout: 30_000 });
}

async function printed(cell: Locator, code: string): Promise<string> {
  await write(cell, code);
  await run(cell);
  expect(await status(cell).textContent()).toMatch(/^Ran in/);
  return (await output(cell).textContent())!;
}

test.each([
  ["7.1", "first"],
  ["12.1", "svd"],
])("%s STU-11 cell %s shows its lines, NumPy's lines and the recorded output, and prints the same", async (_, name) => {
  const { page, cell } = await openCell(`cell-${name}`);
  const panel = (language: string): Locator => page.locator(`#cell-${name}-panel-${language} pre`);
  expect(await panel("typescript").textContent()).toBe(source(`${name}.ts`));
  expect(await panel("numpy").textContent()).toBe(source(`${name}.py`));
  expect(await output(cell).textContent()).toBe(source(`${name}.txt`));
  expect(await cell.textContent()).toContain("recorded in NumPy");
  await run(cell);
  expect(await status(cell).textContent()).toContain("identical to the recorded NumPy output");
});

test("13.4 STU-11 the table of ranks, to the letter", async () => {
  const { cell } = await openCell();
  expect(await printed(cell, source("lora.ts"))).toBe(source("lora.txt"));
});

test("lines are changed, run by the keyboard, and put back", async () => {
  const { page, cell } = await openCell();
  const code = cell.locator("pre").first();
  await code.focus();
  await page.keyboard.press("Enter");
  await cell.locator(".cm-content").waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText('import { svdvals } from "eckart";\nconst A: number[][] = [[3, 0], [4, 5]];\nconsole.log(svdvals(A));'); // oxfmt-ignore
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(async () => output(cell).textContent()).toBe("[6.70820393 2.23606798]\n");
  expect(await status(cell).textContent()).toMatch(/^Ran in [\w ]+\.$/);
  // The tab key indents, so there is another way out.
  await page.keyboard.press("Tab");
  expect(await cell.locator(".cm-content").evaluate((element) => element.matches(":focus"))).toBe(true);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await cell.locator(".cm-content").evaluate((element) => element.matches(":focus"))).toBe(false);
  await button(cell, "Reset").click();
  expect((await cell.locator(".cm-content").innerText()).split("\n")[0]).toBe(source("first.ts").split("\n")[0]);
  expect(await output(cell).textContent()).toBe(source("first.txt"));
});

test("the editor takes the place of the lines without moving the page", async () => {
  const { cell } = await openCell("cell-svd");
  const still = (await cell.locator(".cell-code").first().boundingBox())!;
  await cell.locator("pre .line").nth(2).click();
  await cell.locator(".cm-content").waitFor();
  const open = (await cell.locator(".cell-code").first().boundingBox())!;
  expect(Math.abs(open.height - still.height), `${still.height} before, ${open.height} after`).toBeLessThan(1);
  expect(await cell.locator(".cm-activeLine, .cm-cursor").count()).toBeGreaterThan(0);
});

test.each([
  ["an error of the library", 'import { multiply } from "eckart";\n\nmultiply([[1, 2]], [[1, 2]]);', /^Line 3: ShapeError: multiply: /],
  ["an error deep in a function", "const f = (x: unknown) =>\n  (x as any).a.b;\nf({});", /^Line 2: TypeError: /],
  ["a fault of TypeScript's grammar", "const a = 1;\nconst = 2;", /^Line 2: SyntaxError: /],
  ["a fault that only the browser sees", "const a = 1;\n\nconst a = 2;", /^Line 3: SyntaxError: .*'a'/],
  ["a name that is not there", 'import { svdd } from "eckart";\nsvdd([[1]]);', /^Line 2: SyntaxError: eckart has no svdd/],
  ["a promise that nobody awaits", "void Promise.reject(new Error('late'));\nawait new Promise(() => {});", /^Line 1: Error: late/],
  ["an error that is none", "throw { code: 7 };", /^\{ code: 7 \}/],
])("STU-11 %s is said with its line", async (_, code, message) => {
  const { cell } = await openCell();
  await write(cell, code);
  await run(cell);
  const said = (await status(cell).textContent())!;
  expect(said).toMatch(message);
  const [, line] = /^Line (\d)/.exec(said) ?? [];
  if (line) expect(await cell.locator(".fault").textContent()).toBe(code.split("\n")[Number(line) - 1]);
}); // oxfmt-ignore

test("STU-12 a cell without end is stopped by the reader, or by the time limit, and its worker is gone", async () => {
  const { page, cell } = await openCell();
  await write(cell, 'console.log("before");\nwhile (true) {}');
  await button(cell, "Run").click();
  await expect.poll(async () => output(cell).textContent()).toBe("before\n");
  expect(await page.locator("iframe").count()).toBe(1);
  await button(cell, "Stop").click();
  await button(cell, "Run").waitFor();
  expect(await status(cell).textContent()).toBe("Stopped.");
  expect(await output(cell).textContent()).toBe("before\n");
  expect([await page.locator("iframe").count(), page.workers().length]).toEqual([0, 0]);
  await run(cell);
  expect(await status(cell).textContent()).toContain("10 seconds");
  expect([await page.locator("iframe").count(), page.workers().length]).toEqual([0, 0]);
});

test.each([
  ["console.log", 'while (true) console.log("x".repeat(999));'],
  ["one long text", 'console.log("x".repeat(1e7));'],
  ["messages of its own", 'while (true) postMessage({ kind: "printed", text: "x".repeat(999) });'],
  ["what is no report", "while (true) postMessage({ any: 1 });"],
])("STU-12 output is bounded: %s", async (_, code) => {
  const { page, cell } = await openCell();
  await write(cell, code);
  await run(cell);
  expect(await status(cell).textContent()).toContain("64 KB");
  expect((await output(cell).textContent())!.length).toBeLessThanOrEqual(65536);
  expect(await page.locator("iframe").count()).toBe(0);
});

test("STU-12 output is only ever text", async () => {
  const { page, cell } = await openCell();
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  expect(await printed(cell, `console.log(${JSON.stringify(hostile)});`)).toBe(`${hostile}\n`);
  await write(cell, `throw new Error(${JSON.stringify(hostile)});`);
  await run(cell);
  expect(await status(cell).textContent()).toContain(hostile);
  expect(await page.title()).toBe("A Geometric Explanation of SVD");
});

test("STU-12 a cell reaches no network", async () => {
  // A host that would answer anybody, and that hears of every attempt that leaves the browser.
  let heard = 0;
  const host = createServer((_, response) => {
    heard++;
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("1");
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  onTestFinished(() => void host.close());
  const leak = `127.0.0.1:${(host.address() as AddressInfo).port}/leak.js`;
  expect((await fetch(`http://${leak}`)).status).toBe(200);

  const event = (make: string, good: string, bad: string): string =>
    `await new Promise((done, fail) => { const x = ${make}; x.${good} = done; x.${bad} = fail; })`;
  const inWorker = (text: string): string =>
    `await new Promise((done, fail) => { const x = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(`(async () => ${text})().then(() => postMessage(1), () => postMessage(0))`)}]))); x.onmessage = ({ data }) => (data ? done() : fail()); x.onerror = fail; })`;
  const ways = {
    fetch: `await fetch("http://${leak}")`,
    "fetch from the page's host": `await fetch("${studio}/index.html")`,
    XMLHttpRequest: `await new Promise((done, fail) => { const x = new XMLHttpRequest(); x.onload = done; x.onerror = fail; x.open("GET", "http://${leak}"); x.send(); })`,
    WebSocket: event(`new WebSocket("ws://${leak}")`, "onopen", "onerror"),
    EventSource: event(`new EventSource("http://${leak}")`, "onopen", "onerror"),
    importScripts: `importScripts("http://${leak}")`,
    Worker: event(`new Worker("http://${leak}")`, "onmessage", "onerror"),
    "a worker's fetch": inWorker(`fetch("http://${leak}")`),
    "a worker's import()": inWorker(`import("http://${leak}")`),
    eval: `(0, eval)("1")`,
    indexedDB: event(`indexedDB.open("x")`, "onsuccess", "onerror"),
    caches: `await caches.open("x")`,
  };
  const { cell } = await openCell("cell-first", { expected: new RegExp(`${REFUSED.source}|${leak}|${studio}`) });
  const code = Object.entries(ways).map(
    ([name, attempt]) =>
      `try { ${attempt}; console.log(${JSON.stringify(name)}, "went through"); } catch { console.log(${JSON.stringify(name)}, "refused"); }`,
  );
  expect(await printed(cell, code.join("\n"))).toBe(
    Object.keys(ways)
      .map((name) => `${name} refused\n`)
      .join(""),
  );
  expect(heard, "requests that arrived, one of them this test's own").toBe(1);
});

test("STU-12 a cell reaches no document: not the page's, not even its frame's", async () => {
  const { page, cell } = await openCell();
  expect(
    await printed(
      cell,
      'console.log([typeof document, typeof window, typeof parent, typeof top, typeof localStorage].join(" "), origin);',
    ),
  ).toBe("undefined undefined undefined undefined undefined null\n");
  // While it runs, the frame is a stranger to the page and may do one thing only.
  await write(cell, "while (true) {}");
  await button(cell, "Run").click();
  await page.locator("iframe").waitFor({ state: "attached" });
  expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-scripts");
  expect(await page.evaluate(() => document.querySelector("iframe")!.contentDocument)).toBe(null);
  await button(cell, "Stop").click();
});

test("the page itself evaluates no text, whether or not a cell has run", async () => {
  const { page, cell } = await openCell("cell-first", { expected: REFUSED });
  await run(cell);
  // Not while the browser evaluates for this test, which is above the policy, but after it.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            const evaluate = resolve.constructor as (text: string) => () => unknown;
            resolve(String(evaluate("return 1")()));
          } catch (error) {
            resolve(String(error));
          }
        });
      }),
  );
  expect(evaluated).toMatch(/^EvalError/);
});

test("STU-12 a link brings lines, shown and not run", async () => {
  const code = 'console.log("from a link");';
  const page = await openPage(`index.html${linkTo("cell-svd", { code: await pack(code) })}`, { expected: ENDED });
  const cell = page.locator("#cell-svd");
  await cell.getByText("came with the link").waitFor();
  expect(await page.locator("#cell-svd-panel-typescript pre").innerText()).toContain(code);
  await page.waitForTimeout(500);
  expect([await page.locator("iframe").count(), page.workers().length, await output(cell).count()]).toEqual([0, 0, 0]);
  await run(cell);
  expect(await output(cell).textContent()).toBe("from a link\n");
  expect(await cell.getByText("came with the link").count()).toBe(0);
  await button(cell, "Reset").click();
  expect(await output(cell).textContent()).toBe(source("svd.txt"));
});

test.each([
  ["damaged", "A-A-A"],
  ["no text", "____"],
  ["very long when unpacked", await pack("x".repeat(1e6))],
])("STU-12 a link that is %s leaves the cell as it is", async (_, word) => {
  const page = await openPage(`index.html${linkTo("cell-svd", { code: word })}`);
  await awaken(page, "cell-svd");
  await page.waitForTimeout(300);
  expect(await page.locator("#cell-svd-panel-typescript pre").textContent()).toBe(source("svd.ts"));
  expect(await output(page.locator("#cell-svd")).textContent()).toBe(source("svd.txt"));
});

test("STU-12 a link that arrives during a run ends it and shows its own lines", async () => {
  const { page, cell } = await openCell();
  await write(cell, 'for (;;) { console.log("old"); await new Promise((next) => setTimeout(next, 5)); }');
  await button(cell, "Run").click();
  await expect.poll(async () => output(cell).textContent()).toContain("old");
  await page.evaluate(
    (hash) => (location.hash = hash),
    linkTo("cell-first", { code: await pack('console.log("new");') }),
  );
  await cell.getByText("came with the link").waitFor();
  await button(cell, "Run").waitFor();
  expect([await page.locator("iframe").count(), await output(cell).count()]).toEqual([0, 0]);
  await run(cell);
  expect(await output(cell).textContent()).toBe("new\n");
});

test("tabs go round by the arrow keys, and both languages are named", async () => {
  const { page, cell } = await openCell();
  await cell.getByRole("tab", { name: "TypeScript" }).focus();
  await page.keyboard.press("ArrowRight");
  expect(await cell.getByRole("tab", { selected: true }).textContent()).toBe("NumPy");
  expect(await cell.getByRole("tabpanel").textContent()).toBe(source("first.py"));
  await page.keyboard.press("ArrowRight");
  expect(await cell.getByRole("tab", { selected: true }).textContent()).toBe("TypeScript");
});

test.each([
  [320, false],
  [1280, true],
])("an open editor fits %i pixels and satisfies axe, dark: %s", async (width, dark) => {
  const { page, cell } = await openCell("cell-svd", { width, dark });
  await write(cell, "const = 1;\n// a long line ".padEnd(200, "x"));
  await run(cell);
  expect(await axeFaults(page, "#cell-svd")).toEqual([]);
  const { x, width: wide } = (await cell.boundingBox())!;
  expect(x + wide).toBeLessThanOrEqual(width);
});

test("STU-3 cells run and are edited without a network", async () => {
  const page = await openPage("index.html", { serviceWorkers: true, expected: ENDED });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await awaken(page, "cell-first");
  expect(await printed(page.locator("#cell-first"), source("lora.ts"))).toBe(source("lora.txt"));
});
