// The reference for readers: a page of HTML for each library, made of the comments in its source, in dist/docs.
//
// `npm run docs` writes them; `--to FOLDER` writes them elsewhere. The model of a library that API Extractor left is
// used as long as no declaration is newer.

import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { extract, modelPath, surfaces } from "./apiSurfaces.mjs";
import { root } from "./setUp.mjs";

/** @typedef {{ kind: string, text: string, canonicalReference?: string }} Token */
/**
 * @typedef {{ kind: string, name?: string, canonicalReference: string, docComment?: string, excerptTokens?: Token[],
 *   fileUrlPath?: string, overloadIndex?: number, members?: Item[] }} Item
 */
/** @typedef {import("./apiSurfaces.mjs").Surface & { items: Item[] }} Page */

const at = process.argv.indexOf("--to");
const folder = at < 0 ? join(root, "dist", "docs") : /** @type {string} */ (process.argv[at + 1]);

/** @type {Page[]} */
const pages = surfaces.map((surface) => ({ ...surface, items: inOrder(surface, itemsOf(surface)) }));

/** The address of every export, by the name that signatures have for it. */
const addresses = new Map(
  pages.flatMap(({ name, items }) => items.map((item) => [item.canonicalReference, `${name}.html#${item.name}`])),
);

/** The page that is being written. */
let current = "";

mkdirSync(folder, { recursive: true });
for (const page of pages) writeFileSync(join(folder, `${page.name}.html`), pageOf(page));
writeFileSync(join(folder, "index.html"), indexOf());
console.log(`The reference is at ${join(folder, "index.html")}`);

/** @param {import("./apiSurfaces.mjs").Surface} surface @returns {Item[]} */
function itemsOf(surface) {
  const model = modelPath(surface);
  const declarations = join(surface.folder, "dist");
  const newest = Math.max(
    ...readdirSync(declarations, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".d.ts"))
      .map((file) => statSync(join(declarations, file)).mtimeMs),
  );
  if (!existsSync(model) || statSync(model).mtimeMs < newest) extract(surface, false);
  return JSON.parse(readFileSync(model, "utf8")).members[0].members;
}

/** The exports in the order of the entry, which is the one in which one learns. @param {import("./apiSurfaces.mjs").Surface} surface @param {Item[]} items */
function inOrder({ folder: home, entry }, items) {
  const text = readFileSync(join(home, "dist", `${entry}.d.ts`), "utf8");
  const rank = (/** @type {Item} */ { name = "" }) => {
    const place = text.search(new RegExp(`\\b${name.replace("$", "\\$")}\\b`));
    return place < 0 ? text.length : place;
  };
  return items.toSorted((a, b) => rank(a) - rank(b) || (a.overloadIndex ?? 0) - (b.overloadIndex ?? 0));
}

/** @param {Page} page */
function pageOf({ name: pageName, specifier, items }) {
  current = pageName;
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const room = dirname(item.fileUrlPath ?? "").replace(/^dist\/?/, "") || "entry";
    groups.set(room, [...(groups.get(room) ?? []), item]);
  }
  const names = (/** @type {Item[]} */ list) => [...new Set(list.map(({ name = "" }) => name))];
  const contents = [...groups].map(
    ([room, list]) =>
      `<h2>${escape(room)}</h2><ul>${names(list)
        .map((name) => `<li><a href="#${name}">${name}</a></li>`)
        .join("")}</ul>`,
  );
  const body = [...groups].map(
    ([room, list]) =>
      `<section><h2>${escape(room)}</h2>${names(list)
        .map((name) =>
          entryOf(
            name,
            list.filter((item) => item.name === name),
          ),
        )
        .join("")}</section>`,
  );
  return document(
    specifier,
    `<nav><a href="index.html">Reference</a>${contents.join("")}</nav><main><h1>${escape(specifier)}</h1>${body.join("")}</main>`,
  );
}

/** An export with its overloads or members. @param {string} name @param {Item[]} items */
function entryOf(name, items) {
  const [first] = items;
  const kind = first?.kind === "TypeAlias" ? "type" : first?.kind.toLowerCase();
  const parts = items.map((item) => `${signature(item)}${comment(item.docComment)}${membersOf(item)}`);
  return `<article id="${name}"><h3><a href="#${name}">${name}</a> <small>${kind}</small></h3>${parts.join("")}</article>`;
}

/** @param {Item} item */
function membersOf({ members = [], kind }) {
  if (members.length === 0 || kind === "Enum") return "";
  const rows = members.map((item) => `<dt>${signature(item)}</dt><dd>${comment(item.docComment)}</dd>`);
  return `<dl>${rows.join("")}</dl>`;
}

/** @param {Item} item */
function signature({ excerptTokens = [] }) {
  const html = excerptTokens.map(({ kind, text, canonicalReference = "" }) => {
    const address = kind === "Reference" ? addresses.get(canonicalReference) : undefined;
    const shown = escape(text.replace(/^export declare |^export /, ""));
    return address ? `<a href="${address}">${shown}</a>` : shown;
  });
  return `<pre class="signature">${html.join("")}</pre>`;
}

/** A comment: paragraphs, then what its tags say. @param {string | undefined} docComment */
function comment(docComment = "") {
  const text = docComment.replace(/^\/\*\*\n?|\s*\*\/\s*$/g, "").replace(/^ \* ?/gm, "");
  const [lead = "", ...tagged] = text.split(/^(?=@)/m);
  /** @type {{ params: string[], throws: string[], rest: string[] }} */
  const found = { params: [], throws: [], rest: [paragraphs(lead)] };
  for (const part of tagged) {
    const [, tag = "", content = ""] = /^@(\w+)\s*([^]*)$/.exec(part) ?? [];
    if (tag === "example") {
      found.rest.push(`<pre class="example"><code>${escape(content.replace(/^```.*$/gm, "").trim())}</code></pre>`);
      continue;
    }
    // A tag ends with its paragraph; what follows is about the whole.
    const [own = "", ...others] = content.trim().split(/\n\n+/);
    if (tag === "param") found.params.push(term(own, /^(\S+)\s+(?:- )?([^]*)$/));
    else if (tag === "throws") found.throws.push(term(own, /^(\S+)\s*([^]*)$/));
    else found.rest.push(paragraphs(`${tag === "returns" ? "Returns " : ""}${own}`));
    found.rest.push(...others.map(paragraphs));
  }
  const list = (/** @type {string} */ title, /** @type {string[]} */ rows) =>
    rows.length === 0 ? "" : `<h4>${title}</h4><dl class="terms">${rows.join("")}</dl>`;
  const [about, ...rest] = found.rest;
  return [about, list("Arguments", found.params), list("Errors", found.throws), ...rest].join("");
}

/**
 * Where a name leads that a comment mentions: on the same page, or on the first that has it. A variable is a function of
 * another page, off its thread, and is not what is meant.
 * @param {string} name
 */
function addressOf(name) {
  const has = (/** @type {Page} */ { items }) => items.some((item) => item.name === name && item.kind !== "Variable");
  const page = pages.find((candidate) => candidate.name === current && has(candidate)) ?? pages.find(has);
  return page && `${page.name}.html#${name}`;
}

/** A word and what is said of it. @param {string} text @param {RegExp} shape */
function term(text, shape) {
  const [, word = "", says = ""] = shape.exec(text) ?? [];
  const address = addressOf(word);
  const shown = `<code>${escape(word)}</code>`;
  return `<dt>${address ? `<a href="${address}">${shown}</a>` : shown}</dt><dd>${inline(says)}</dd>`;
}

/** Paragraphs; cost and source have one each. @param {string} text */
function paragraphs(text) {
  return text
    .split(/\n\n+|\n(?=(?:Cost|Source|Memory): )/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => `<p>${inline(part).replace(/^(Cost|Source|Memory): /, "<b>$1</b> ")}</p>`)
    .join("");
}

/** Text with its code, and links where that is the name of an export. @param {string} text */
function inline(text) {
  return escape(text).replace(/`([^`]+)`/g, (_, code) => {
    const address = addressOf(code);
    return address ? `<a href="${address}"><code>${code}</code></a>` : `<code>${code}</code>`;
  });
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function indexOf() {
  const rows = pages.map(({ name, specifier, items }) => {
    const functions = [
      ...new Set(items.filter(({ kind }) => ["Function", "Class", "Variable"].includes(kind)).map((item) => item.name)),
    ];
    const links = functions.map((fn) => `<a href="${name}.html#${fn}">${fn}</a>`);
    return `<section><h2><a href="${name}.html">${escape(specifier)}</a></h2><p>${links.join(", ")}</p></section>`;
  });
  return document("Reference", `<main><h1>Reference of eckart</h1>${rows.join("")}</main>`);
}

/** @param {string} title @param {string} body */
function document(title, body) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · eckart</title>
<style>
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 6%, transparent); }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: flex; }
main { max-width: 52rem; padding: 1rem 2rem 6rem; min-width: 0; }
nav { flex: 0 0 14rem; height: 100vh; position: sticky; top: 0; overflow: auto; padding: 1rem; box-sizing: border-box; border-right: 1px solid var(--line); font-size: .85rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav h2 { font-size: .8rem; margin: 1rem 0 .2rem; }
a { color: light-dark(#0b57a4, #8cc2ff); text-decoration: none; }
a:hover { text-decoration: underline; }
article { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: 2rem; scroll-margin-top: 1rem; }
h3 { font-size: 1.25rem; margin: .3rem 0; }
h3 small { font-weight: normal; opacity: .7; font-size: .8rem; }
h4 { margin: 1rem 0 .2rem; font-size: .9rem; }
pre, code { font: .875em/1.5 ui-monospace, monospace; }
pre { background: var(--soft); padding: .5rem .75rem; overflow: auto; border-radius: 4px; }
dl { margin: 0 0 0 .5rem; }
dt pre { margin: .6rem 0 .2rem; padding: .2rem .5rem; }
dd { margin: 0 0 .4rem 1.25rem; }
dd p { margin: .2rem 0; }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; max-height: 40vh; border: 0; } main { padding: 0 1rem 4rem; } }
@media print { nav { display: none; } }
</style>
${body}
</html>
`;
}
