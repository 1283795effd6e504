import { statSync } from "node:fs";
import { join } from "node:path";
import type { CDPSession } from "playwright-core";
import { expect, inject, test } from "vitest";
import { openProfile, studio } from "./studio.ts";

const KB = 1024;
/** What a page may load of scripts and styles, gzipped, before the reader has touched anything. */
const FIRST_LOAD = 150 * KB;
const dist = inject("dist");

interface Load {
  /** Bytes by kind of file; of what is compressed, its gzipped ones. */
  bytes: Record<string, number>;
  lcpMs: number;
  shifts: number;
}

/** A middling phone on a good mobile network, as Lighthouse and Chromium's tools have them. */
async function throttle(cdp: CDPSession): Promise<void> {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 60,
    downloadThroughput: (9e6 * 0.9) / 8,
    uploadThroughput: (1.5e6 * 0.9) / 8,
  });
}

/** Opens a page with an empty cache on a slow machine, and waits until nothing has moved or loaded for a second. */
async function load(name: string, width: number): Promise<Load> {
  const profile = await openProfile({ width, height: width < 600 ? 844 : 800 });
  const page = await profile.newPage();
  const cdp = await profile.newCDPSession(page);
  const bytes: Record<string, number> = {};
  page.on("response", (response) => {
    const path = join(dist, new URL(response.url()).pathname);
    const size = (statSync(`${path}.gz`, { throwIfNoEntry: false }) ?? statSync(path)).size;
    const kind = response.request().resourceType();
    bytes[kind] = (bytes[kind] ?? 0) + size;
  });
  await cdp.send("Network.enable");
  await throttle(cdp);
  await page.addInitScript(watch);
  await page.goto(`${studio}/${name}`);
  await page.waitForFunction(hasSettled);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1000);
  const { lcpMs, shifts } = await page.evaluate(() => (window as unknown as { watched: Load }).watched);
  return { bytes, lcpMs, shifts };
}

function watch(): void {
  const watched = { lcpMs: 0, shifts: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) watched.lcpMs = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.shifts += (entry as unknown as { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Something was painted, and every island within a screen has come alive. */
function hasSettled(): boolean {
  const near = [...document.querySelectorAll<HTMLElement>("[data-island]")].filter(
    (island) => island.offsetHeight > 0 && island.getBoundingClientRect().top < 2 * innerHeight,
  );
  const { watched } = window as unknown as { watched: Load };
  return watched.lcpMs > 0 && near.every(({ dataset }) => dataset.awake !== undefined);
}

const kb = (bytes: number): string => `${(bytes / KB).toFixed(1)} KB`;

for (const name of ["index.html", "workbench.html"]) {
  test.each([390, 1280])(`STU-1 ${name} loads little and moves nothing, %i pixels wide`, async (width) => {
    const { bytes, lcpMs, shifts } = await load(name, width);
    const code = (bytes.script ?? 0) + (bytes.stylesheet ?? 0);
    const parts = Object.entries(bytes).map(([kind, size]) => `${kind} ${kb(size)}`);
    console.log(
      `${name} ${width}: scripts and styles ${kb(code)} (${parts.join(", ")}), LCP ${lcpMs.toFixed(0)} ms, shift ${shifts}`,
    );
    expect(code, `${kb(code)} of scripts and styles`).toBeLessThanOrEqual(FIRST_LOAD);
    expect(shifts, `layout shift ${shifts}`).toBe(0);
  });
}
