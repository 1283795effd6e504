import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sirv from "sirv";
import { expect, inject, onTestFinished, test } from "vitest";
import { awakenAll, openPage, openProfile, studio } from "./studio.ts";

const dist = inject("dist");
const pages = readdirSync(dist).filter((name) => name.endsWith(".html"));
const read = (name: string): string => readFileSync(join(dist, name), "utf8");

/** The directives of a policy by their names. */
const directives = (policy: string): Map<string, string> =>
  new Map(policy.split("; ").map((directive) => directive.split(/ (.*)/s, 2) as [string, string]));

test.each(pages)("STU-2 %s forbids inline scripts, eval and other hosts, with headers and without", async (name) => {
  const response = await fetch(`${studio}/${name}`);
  const [, meta = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(read(name)) ?? [];
  const policies = [meta.replaceAll("&#39;", "'"), response.headers.get("content-security-policy") ?? ""];
  for (const policy of policies) {
    const rules = directives(policy);
    expect(rules.get("default-src")).toBe("'none'");
    expect(rules.get("script-src")).toMatch(/^'self' 'wasm-unsafe-eval'( 'sha256-[\w+/=]+')*$/);
    expect(policy).not.toMatch(/'unsafe-eval'|https?:|\*(?!$)/);
    expect(rules.get("base-uri")).toBe("'none'");
  }
  expect(directives(policies[1]!).get("frame-ancestors")).toBe(name === "embed.html" ? "*" : "'self'");
});

test.each(pages)("STU-2 %s holds no inline script, no handler and no address of another host", (name) => {
  const html = read(name);
  expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>/g) ?? []).toEqual([]);
  expect(html.match(/<[^>]*\son\w+=/g) ?? []).toEqual([]);
  expect(html.match(/(?:src|srcset|action)="(?:https?:)?\/\/[^"]*"/g) ?? []).toEqual([]);
  expect(html.match(/<link[^>]*href="(?:https?:)?\/\//g) ?? []).toEqual([]);
});

test.each(pages)("%s sets its formulas in the fonts that travel", (name) => {
  const families = read(name).match(/class="[^"]*\b(mathcal|mathfrak|mathscr|mathtt|textfrak|textscr|texttt)\b/g) ?? [];
  expect(families).toEqual([]);
});

test("pages are isolated, so that the engine may use threads", async () => {
  const page = await openPage("workbench.html");
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, "function"]);
});

test("what is served says what it is, and nothing is guessed", async () => {
  const types = {
    html: "text/html",
    js: "text/javascript",
    css: "text/css",
    woff2: "font/woff2",
    svg: "image/svg+xml",
  };
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
  for (const [extension, type] of Object.entries(types)) {
    const file = files.find((name) => name.endsWith(`.${extension}`))!;
    const { headers } = await fetch(`${studio}/${file}`);
    expect(headers.get("content-type"), file).toContain(type);
    expect(headers.get("x-content-type-options"), file).toBe("nosniff");
  }
  const asset = files.find((name) => /^assets.*\.js$/.test(name))!;
  const { headers } = await fetch(`${studio}/${asset}`, { headers: { "accept-encoding": "br" } });
  expect(headers.get("content-encoding")).toBe("br");
  expect(headers.get("cache-control")).toContain("immutable");
});

test.each(["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json", "/nothing.js", "/%", "/assets"])(
  "STU-2 the server gives out nothing else: %s",
  async (path) => {
    const { status } = await fetch(studio + path);
    expect(status).toBeGreaterThanOrEqual(400);
  },
);

test("STU-10 a host without headers serves it in any folder", async () => {
  const files = sirv(dist);
  const folder = "/~teacher/svd";
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(`${folder}/`)) return void response.writeHead(404).end();
    request.url = request.url.slice(folder.length);
    files(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const site = `http://127.0.0.1:${port}${folder}/`;
  const profile = await openProfile({
    serviceWorkers: true,
    expected: new RegExp(`^other host: ${site}|DISCONNECTED`),
  });
  const page = await profile.newPage();
  await page.goto(site);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await awakenAll(page);
  await page.goto(`${site}workbench.html`);
  await awakenAll(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await profile.setOffline(true);
  await page.goto(site);
  await awakenAll(page);
  expect(await page.locator("h1").count()).toBe(1);
});
