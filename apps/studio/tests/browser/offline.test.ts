import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, onTestFinished, test } from "vitest";
import { serve } from "../../scripts/serve.mjs";
import { awakenAll, openProfile, studio } from "./studio.ts";

/** A page is asked of the network first, and its parts are not. */
const UNANSWERED = /^not loaded: [^ ]*\/(\w+\.html)? \(net::ERR_INTERNET_DISCONNECTED\)$/;

/** Waits until the service worker has every file. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

test("STU-3 once loaded, both pages work without a network, every island included", async () => {
  const profile = await openProfile({ serviceWorkers: true, expected: UNANSWERED });
  const page = await profile.newPage();
  await page.goto(`${studio}/`);
  await installed(page);
  await profile.setOffline(true);
  for (const name of ["index.html", "workbench.html", ""]) {
    await page.goto(`${studio}/${name}`);
    await awakenAll(page);
    expect(await page.locator("h1").count(), name).toBe(1);
    expect(await page.evaluate(() => document.fonts.check("16px 'Source Serif 4 Variable'"))).toBe(true);
  }
});

test("STU-3 offline pages are as isolated and as strict as served ones", async () => {
  const profile = await openProfile({
    serviceWorkers: true,
    expected: new RegExp(`${UNANSWERED.source}|Content Security Policy`),
  });
  const page = await profile.newPage();
  await page.goto(`${studio}/`);
  await installed(page);
  await profile.setOffline(true);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'broken'";
      document.body.append(script);
      return document.title;
    }),
  ).not.toBe("broken");
});

test("STU-3 a newer studio shows at the next visit, and the open page keeps what it needs", async () => {
  const folder = mkdtempSync(join(tmpdir(), "studio-"));
  cpSync(inject("dist"), folder, { recursive: true });
  const server = await serve(folder);
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  // It is another studio than the one of the other tests, so its requests go to another host.
  const profile = await openProfile({ serviceWorkers: true, expected: /^other host/ });
  const page = await profile.newPage();
  await page.goto(`${server.url}/index.html`);
  await installed(page);

  const replace = (file: string, from: string | RegExp, to: string): void =>
    writeFileSync(join(folder, file), readFileSync(join(folder, file), "utf8").replace(from, to));
  for (const name of ["index.html.br", "index.html.gz", "offline.js.br", "offline.js.gz"]) rmSync(join(folder, name));
  replace("index.html", /<title>.*<\/title>/, "<title>Newer</title>");
  replace("offline.js", /"eckart-\w+"/, '"eckart-newer"');
  server.close();
  const newer = await serve(folder, Number(new URL(server.url).port));
  onTestFinished(() => newer.close());
  expect(newer.url).toBe(server.url);

  const names = (): Promise<string[]> => page.evaluate(() => caches.keys());
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    await new Promise<void>((waiting) => {
      const { installing } = registration;
      if (!installing) waiting();
      else installing.addEventListener("statechange", () => waiting());
    });
  });
  expect((await names()).length, "the older files stay while a page is open").toBe(2);
  await awakenAll(page);
  await page.reload();
  expect(await page.title()).toBe("Newer");
  await page.close();
  const next = await profile.newPage();
  await next.goto(`${server.url}/index.html`);
  await expect.poll(() => next.evaluate(() => caches.keys())).toEqual(["eckart-newer"]);
});
