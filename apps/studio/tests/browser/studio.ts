// The studio in a browser, for tests. What goes wrong unseen fails the test that opened the page: an error of a script,
// a broken rule of the content-security policy, a file that did not load, anything asked of another host.

import axe, { type AxeResults } from "axe-core";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, expect, inject, onTestFinished } from "vitest";

export interface PageOptions {
  /** Of the window in CSS pixels; 1280 × 800 unless told. */
  width?: number;
  height?: number;
  dark?: boolean;
  reducedMotion?: boolean;
  /** A finger instead of a mouse, on a screen of two device pixels each way. */
  touch?: boolean;
  /** Service workers are off unless a test is about them: each test gets what is served. */
  serviceWorkers?: boolean;
  /** What of the faults a test expects; the others still fail it. */
  expected?: RegExp;
}

/** Where the studio is served. */
export const studio: string = inject("studio");

let connection: Promise<Browser> | undefined;
const browser = (): Promise<Browser> => (connection ??= chromium.connect(inject("browser")));
afterAll(async () => (await connection)?.close());

/** A page of the studio, `index.html` or `embed.html#hero:v=1&t=1`, laid out, in a profile of its own that ends with the test. */
export async function openPage(path = "index.html", options: PageOptions = {}): Promise<Page> {
  const context = await openProfile(options);
  const page = await context.newPage();
  await page.goto(`${studio}/${path}`);
  await page.waitForFunction(() => document.querySelector(".lesson > section ~ :not(.laid-out)") === null);
  return page;
}

/** An empty profile of the browser, for tests that open several pages in it. It closes, and is judged, with the test. */
export async function openProfile(options: PageOptions = {}): Promise<BrowserContext> {
  const { width = 1280, height = 800, dark, reducedMotion, touch, serviceWorkers, expected } = options;
  const settings: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
    serviceWorkers: serviceWorkers ? "allow" : "block",
    ...(touch && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
  };
  const context = await (await browser()).newContext(settings);
  if (LATE_MS > 0) await context.addInitScript(beLate, LATE_MS);
  const faults = collectFaults(context);
  onTestFinished(async () => {
    await context.close();
    expect(faults.filter((fault) => !expected?.test(fault))).toEqual([]);
  });
  return context;
}

/** With STUDIO_LATE=150, frames, timers and observers of every page are so late: a test that reads too early fails then. */
const LATE_MS = Number(process.env.STUDIO_LATE ?? 0);

function beLate(ms: number): void {
  const { setTimeout: later, requestAnimationFrame: nextFrame } = globalThis;
  const cancelled = new Set<number>();
  globalThis.requestAnimationFrame = (callback) => {
    const frame = Number(later(() => nextFrame((time) => cancelled.has(frame) || callback(time)), ms));
    return frame;
  };
  globalThis.cancelAnimationFrame = (frame) => cancelled.add(frame);
  globalThis.setTimeout = ((callback: TimerHandler, delay = 0, ...rest: unknown[]) =>
    later(callback, delay + ms, ...rest)) as typeof setTimeout;
  for (const name of ["IntersectionObserver", "ResizeObserver"] as const) {
    const Observer = globalThis[name] as new (callback: (...seen: unknown[]) => void, options?: object) => object;
    const Late = class extends Observer {
      constructor(callback: (...seen: unknown[]) => void, options?: object) {
        super((...seen) => later(callback, ms, ...seen), options);
      }
    };
    Object.assign(globalThis, { [name]: Late });
  }
}

function collectFaults(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(`error: ${error.error().stack ?? error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("request", (request) => {
    if (!new RegExp(`^(${studio}/|blob:|data:)`).test(request.url())) faults.push(`other host: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    // What a page has asked for and given up, or left behind when it went.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    faults.push(`not loaded: ${request.url()} (${request.failure()?.errorText})`);
  });
  return faults;
}

/** Scrolls to the island of the figure `id` until it has come alive: sections on the way find their height only then. */
export async function awaken(page: Page, id: string): Promise<void> {
  const island = page.locator(`[data-island]:has([id="${id}"])`).last();
  const isAwake = async (): Promise<boolean> => {
    await island.scrollIntoViewIfNeeded();
    return (await island.getAttribute("data-awake")) !== null;
  };
  await expect.poll(isAwake, { timeout: 30_000 }).toBe(true);
}

/** Lets every island that is shown come alive, from top to bottom, and returns to the top. */
export async function awakenAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const island of document.querySelectorAll<HTMLElement>("[data-island]")) {
      island.scrollIntoView({ behavior: "instant", block: "center" });
      const deadline = performance.now() + 20_000;
      const isShown = island.getClientRects().length > 0 && island.offsetHeight > 0;
      while (isShown && island.dataset.awake === undefined) {
        if (performance.now() > deadline) throw new Error(`the island ${island.dataset.island} stays asleep`);
        await new Promise(requestAnimationFrame);
      }
    }
    scrollTo({ top: 0, behavior: "instant" });
  });
}

/** What axe finds in the part of a page, one line a fault: "rule: where: what to do". WCAG 2.2 AA and best practices. */
export async function axeFaults(page: Page, within = "html"): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async (selector): Promise<AxeResults> => {
    const scope = globalThis as unknown as { axe: typeof axe };
    return scope.axe.run(selector, { resultTypes: ["violations"] });
  }, within);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = "" }) => `${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`,
    ),
  );
}

/** What sticks out of the window sideways, with its width: nothing on a page that fits. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const clips = (element: Element): boolean => getComputedStyle(element).overflowX !== "visible";
    const isClipped = (element: Element | null): boolean =>
      !!element && element !== document.body && (clips(element) || isClipped(element.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > room + 0.5 && !isClipped(element.parentElement))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("title, desc"))
      .map((element) => {
        const figure = element.closest("figure, section")?.id;
        const name = `${element.tagName.toLowerCase()}.${element.getAttribute("class")} of #${figure}`;
        return `${name} ends at ${element.getBoundingClientRect().right.toFixed(0)} of ${room}`;
      })
      .slice(0, 10);
  });
}
