// Packages that are installed into this folder alone, and may be missing.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a package brings, its default export first where there is one. @param {string} name @returns {Promise<any>} */
export async function load(name) {
  const module = await import(name);
  return { ...module.default, ...module };
}

/** @param {string} name @returns {string} */
export function versionOf(name) {
  return JSON.parse(readFileSync(pathIn(name, "package.json"), "utf8")).version;
}

/** A file of a package. @param {string} name @param {string} path */
export function pathIn(name, path) {
  return fileURLToPath(new URL(`../node_modules/${name}/${path}`, import.meta.url));
}

/** Whether a package is installed here. @param {string} name */
export function isInstalled(name) {
  return existsSync(pathIn(name, "package.json"));
}
