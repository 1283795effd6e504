import type { Browser } from "playwright-core";
import { afterAll, beforeAll, inject, test } from "vitest";
import { expectOffThread, expectRight, type OffThreadAnswer } from "./answers.ts";
import { askPage, launchBrowser, type PageAnswers } from "./browser.ts";
import { serve } from "./staticServer.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());

test("PKG-3 a plain page and its Worker", async () => {
  const { page, worker, offThread } = await askPage<PageAnswers>(browser, inject("library"), "plain.html");
  expectRight(page, "wasm");
  expectRight(worker, "wasm");
  expectOffThread(offThread, "worker", "wasm");
});

test("PKG-4 a content-security policy that forbids WebAssembly", async () => {
  const { page, worker, offThread } = await askPage<PageAnswers>(
    browser,
    inject("library"),
    "plain.html",
    "default-src 'self'",
  );
  expectRight(page, "typescript");
  expectRight(worker, "typescript");
  expectOffThread(offThread, "worker", "typescript");
});

test("PKG-4 a content-security policy that allows WebAssembly", async () => {
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  const { page, worker, offThread } = await askPage<PageAnswers>(browser, inject("library"), "plain.html", policy);
  expectRight(page, "wasm");
  expectRight(worker, "wasm");
  expectOffThread(offThread, "worker", "wasm");
});

test("WRK-8 a content-security policy that forbids workers", async () => {
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
  const { offThread } = await askPage<{ offThread: OffThreadAnswer }>(browser, inject("library"), "off.html", policy);
  expectOffThread(offThread, "caller", "wasm");
});

test("WRK-8 the library from another origin", async () => {
  const other = await serve(inject("library"));
  try {
    const page = `off.html?${new URLSearchParams({ from: other.url })}`;
    const { offThread } = await askPage<{ offThread: OffThreadAnswer }>(browser, inject("library"), page);
    expectOffThread(offThread, "worker", "wasm");
  } finally {
    other.close();
  }
});
