import { painted } from "./painted.ts";

/**
 * Lays out the sections of a page one by one once its first screen is painted, which then need not wait for the rest.
 * A reader who comes by a link into the page, comes back, or follows a link at once gets all of them at once: what has
 * not been laid out has no place to go to.
 */
export function layOutSections(): void {
  const waiting = [...document.querySelectorAll(".lesson > section ~ *")];
  const layOut = (count = waiting.length): void => {
    for (const section of waiting.splice(0, count)) section.classList.add("laid-out");
  };
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (location.hash !== "" || visit?.type !== "navigate") layOut();
  const links = "a[href*='#']";
  addEventListener("click", ({ target }) => (target as Element).closest(links) && layOut(), { capture: true });
  const layOutOne = (): void => {
    layOut(1);
    if (waiting.length > 0) requestAnimationFrame(() => setTimeout(layOutOne));
  };
  void painted().then(() => layOutOne());
}
