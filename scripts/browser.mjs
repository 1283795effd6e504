// The browser for the tests. Prints its path on standard output, and what it had to do on standard error.
//
// Looked for in this order: the environment variable CHROME_PATH, the search path, the usual places, Playwright's own
// download, Debian's package. Nothing is installed where a browser is found.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { environment, root } from "./setUp.mjs";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

const PLACES = {
  darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
    ["", process.env.HOME ?? ""].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map((place) =>
      join(process.env[variable] ?? "", place),
    ),
  ),
  linux: ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"].flatMap((folder) =>
    COMMANDS.map((command) => join(folder, command)),
  ),
};

function installed() {
  const { CHROME_PATH, PATH = "" } = process.env;
  if (CHROME_PATH) {
    if (existsSync(CHROME_PATH)) return CHROME_PATH;
    throw new Error(`CHROME_PATH names ${CHROME_PATH}, and there is no such file`);
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const onPath = PATH.split(delimiter).flatMap((folder) => COMMANDS.map((command) => join(folder, command + suffix)));
  const usual = PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] ?? [];
  return [...onPath, ...usual, chromium.executablePath()].find((path) => existsSync(path));
}

/** @param {string} command @param {number} seconds */
function attempt(command, seconds) {
  console.error(`No browser is installed; trying: ${command}`);
  spawnSync(command, { cwd: root, env: environment, shell: true, stdio: ["ignore", 2, 2], timeout: seconds * 1000 });
  return installed();
}

const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
const path =
  installed() ??
  attempt("playwright-core install chromium", 300) ??
  (isDebianRoot &&
    attempt(
      "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium",
      600,
    ));

if (path) {
  console.log(path);
} else {
  console.error(
    [
      "The browser tests need Chrome or Chromium, and none was found or could be installed. Do one of these:",
      "  set CHROME_PATH to the browser's executable;",
      "  run: npx playwright-core install chromium;",
      "  on Debian or Ubuntu, as root: apt-get install chromium.",
    ].join("\n"),
  );
  process.exitCode = 1;
}
