// What a page may do, said twice: as <meta> in the page, for hosts that send no headers, and in the file `_headers`.

import type { Plugin } from "vite";

/**
 * Scripts, styles, pictures and workers come from the site itself, and nothing goes anywhere. `inline` are the hashes of
 * the only scripts that may stand in a document: a frame that the page writes has the page's policy too.
 *
 * "wasm-unsafe-eval" lets WebAssembly compile and no script evaluate text. Style attributes are what set formulas are
 * made of. blob: is a worker made of its own text, a picture of the reader's, and what is to be saved.
 */
const directives = (inline: readonly string[]): string[] => [
  "default-src 'none'",
  ["script-src 'self' 'wasm-unsafe-eval'", ...inline].join(" "),
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self' blob:",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
];

/**
 * A rule of `_headers` for each kind of file; the rules of a path add up and no header is said twice.
 *
 * The first two headers isolate the page, which shared memory asks for: with them the engine may use threads. Every
 * file may be used by pages of other sites, as a public one is; only the embedded figure may be framed by them.
 */
function headers(pages: readonly string[], rules: readonly string[]): string {
  const page = (path: string): string =>
    [
      path,
      `  Content-Security-Policy: ${[...rules, `frame-ancestors ${path === "/embed.html" ? "*" : "'self'"}`].join("; ")}`,
      "  Cache-Control: no-cache",
    ].join("\n");
  return [
    "/*",
    "  Cross-Origin-Opener-Policy: same-origin",
    "  Cross-Origin-Embedder-Policy: require-corp",
    "  Cross-Origin-Resource-Policy: cross-origin",
    "  Access-Control-Allow-Origin: *",
    "  X-Content-Type-Options: nosniff",
    "  Referrer-Policy: no-referrer",
    ...["/", ...pages.map((name) => `/${name}`)].map(page),
    "/assets/*",
    `  Content-Security-Policy: ${rules.join("; ")}`,
    "  Cache-Control: public, max-age=31536000, immutable",
    "",
  ].join("\n");
}

/** Writes the policy into every page that is built, and the file of headers beside them. */
export function policy(inline: readonly string[]): Plugin {
  const rules = directives(inline);
  let pages: string[] = [];
  return {
    name: "eckart:policy",
    apply: "build",
    configResolved: ({ build }) => {
      pages = Object.keys(build.rolldownOptions.input as Record<string, string>).map((name) => `${name}.html`);
    },
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: rules.join("; ") },
          injectTo: "head-prepend",
        },
      ],
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: headers(pages, rules) });
    },
  };
}
