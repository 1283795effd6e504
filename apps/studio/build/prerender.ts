import { basename } from "node:path";
import { createServer, type Plugin, type UserConfig, type ViteDevServer } from "vite";

/** Puts the finished text of a page into its HTML in place of `<!--page-->`, so that it reads before any script has run. */
export function prerender(shared: UserConfig): Plugin {
  let server: ViteDevServer | undefined;
  let own: ViteDevServer | undefined;
  return {
    name: "eckart:prerender",
    configureServer(one) {
      server = one;
    },
    transformIndexHtml: {
      order: "pre",
      async handler(html, { path }) {
        if (!html.includes("<!--page-->")) return html;
        const loader =
          server ??
          (own ??= await createServer({
            ...shared,
            configFile: false,
            appType: "custom",
            logLevel: "warn",
            optimizeDeps: { noDiscovery: true },
            server: { middlewareMode: true, ws: false, watch: null },
          }));
        const { render } = await loader.ssrLoadModule("/src/pages/prerender.tsx");
        const page: string = await render(basename(path, ".html"));
        return html.replace("<!--page-->", () => page);
      },
    },
    async closeBundle() {
      await own?.close();
      own = undefined;
    },
  };
}
