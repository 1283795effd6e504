/** Lets the page work without a network from now on. It waits until everything that the reader sees has loaded. */
export function workOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = (): void => {
    // Where a browser refuses (a private window, storage turned off) the studio works all the same, with a network.
    navigator.serviceWorker.register("offline.js").catch(() => undefined);
  };
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
