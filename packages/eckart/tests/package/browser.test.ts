import type { Browser } from "playwright-core";
import { afterAll, beforeAll, inject, test } from "vitest";
import { expectRight } from "./answers.ts";
import { askPage, launchBrowser, type PageAnswers } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 900_000);
afterAll(() => browser.close());

test("PKG-3 a plain page and its Worker", async () => {
  const { page, worker } = await askPage<PageAnswers>(browser, inject("library"), "plain.html");
  expectRight(page, "wasm");
  expectRight(worker, "wasm");
});

test("PKG-4 a content-security policy that forbids WebAssembly", async () => {
  const { page, worker } = await askPage<PageAnswers>(browser, inject("library"), "plain.html", "default-src 'self'");
  expectRight(page, "typescript");
  expectRight(worker, "typescript");
});

test("PKG-4 a content-security policy that allows WebAssembly", async () => {
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  const { page, worker } = await askPage<PageAnswers>(browser, inject("library"), "plain.html", policy);
  expectRight(page, "wasm");
  expectRight(worker, "wasm");
});
