// The service worker: once the studio was loaded it works without a network.
//
// A page comes from the network where that answers soon, so it is never older than it need be; what it asks for then
// carries its own hash in its name and comes from the cache, so page and parts always belong together. The files of an
// older version stay until its last page is closed. build/offline.ts writes the two constants in front of this text.

const worker = self as unknown as ServiceWorkerGlobalScope;

/** The version's cache, and its files relative to this one: every one there is. */
declare const CACHE: string;
declare const FILES: readonly string[];

/** How long a page may keep the reader waiting before the one in the cache is shown. */
const PATIENCE_MS = 3000;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(removeOlder()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(async (file) => cache.put(file, await load(file))));
}

/** What an older version has under the same name with a hash is not fetched again. */
async function load(file: string): Promise<Response> {
  const isHashed = file.startsWith("assets/");
  const known = isHashed ? await caches.match(file, { ignoreVary: true }) : undefined;
  if (known) return known;
  const response = await fetch(file, { cache: isHashed ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // A host may send /index.html on to /, and a browser refuses to open a page that was sent on.
  return response.redirected ? new Response(response.body, response) : response;
}

async function removeOlder(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE && name.startsWith("eckart-")) await caches.delete(name);
}

async function page(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  const cached = (): Promise<Response | undefined> =>
    part(file).catch(() => part(`${file}.html`).catch(() => undefined));
  const fresh = fetch(request);
  const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE_MS));
  const soon = await Promise.race([fresh, late]).catch(() => undefined);
  return soon ?? (await cached()) ?? fresh;
}

async function part(request: Request | string): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
