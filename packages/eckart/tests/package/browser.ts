// A headless browser that answers for a page.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import type { Answer, OffThreadAnswer } from "./answers.ts";
import { serve } from "./staticServer.ts";

const script = fileURLToPath(new URL("../../../../scripts/browser.mjs", import.meta.url));

/** Playwright gives it a new empty profile. The options keep it off the network and let it run as root. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = execFileSync(process.execPath, [script], { encoding: "utf8" }).trim();
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** What a page answers, and what its Worker does. */
export interface PageAnswers {
  page: Answer;
  worker: Answer;
  offThread: OffThreadAnswer;
}

/** Opens one page of a folder, and returns what it prints as JSON. A script error is thrown. */
export async function askPage<T>(browser: Browser, folder: string, file: string, policy?: string): Promise<T> {
  const server = await serve(folder, policy);
  const page = await browser.newPage();
  try {
    const failure = new Promise<never>((_, reject) => {
      page.on("pageerror", reject);
      page.on("requestfailed", (request) => {
        // Where the worker's own file is missing the calling thread answers.
        if (!request.url().endsWith("/thread.js")) reject(new Error(`${request.url()} did not load`));
      });
    });
    const printed = page.waitForEvent("console", {
      predicate: (message) => message.type() === "log",
      timeout: 60_000,
    });
    const opened = page.goto(`${server.url}/${file}`);
    const [message] = await Promise.race([Promise.all([printed, opened]), failure]);
    return JSON.parse(message.text()) as T;
  } finally {
    await page.close();
    server.close();
  }
}
