// Builds the studio once a run, serves it, and starts one browser for all files of tests.
//
// STUDIO_DIST names a studio that is built already, to run a test again without building.

import { execFileSync, execSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { serve } from "../../scripts/serve.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of the built studio. */
    dist: string;
    /** Where it is served, without a slash at the end. */
    studio: string;
    /** Where the browser listens. */
    browser: string;
  }
}

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "studio-"));
  const dist = process.env.STUDIO_DIST ?? folder;
  if (dist === folder) {
    const env = { ...process.env, NODE_ENV: "production" };
    execSync(`npx vite build --logLevel warn --emptyOutDir --outDir "${folder}"`, {
      cwd: join(root, "apps/studio"),
      stdio: ["ignore", 2, 2],
      env,
    });
  }
  const executablePath = execFileSync(process.execPath, [join(root, "scripts/browser.mjs")], {
    encoding: "utf8",
  }).trim();
  // The options keep the browser off the network and let it run as root.
  const browser = await chromium.launchServer({
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
  const server = await serve(dist);
  project.provide("dist", dist);
  project.provide("studio", server.url);
  project.provide("browser", browser.wsEndpoint());
  return async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
