import { h, hydrate, type ComponentType } from "preact";
import { islands } from "./islands.ts";

/** Lets every island of the page come alive when it is within a screen of being seen, or when it is focused. */
export function awakenIslands(root: ParentNode = document): void {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        void awaken(target as HTMLElement);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const island of root.querySelectorAll<HTMLElement>("[data-island]")) near.observe(island);
}

async function awaken(island: HTMLElement): Promise<void> {
  const Component = (await islands[island.dataset.island!]!()) as ComponentType<Record<string, unknown>>;
  hydrate(h(Component, JSON.parse(island.dataset.properties!) as Record<string, unknown>), island);
  island.dataset.awake = "";
}
