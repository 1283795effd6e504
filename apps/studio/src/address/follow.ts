import { addressee } from "./address.ts";

/**
 * Shows the figure that the address is about: `#hero:v=1&t=1` names no element, so the browser does not go there itself.
 *
 * Folded notes around it open, and after a link on this page the focus goes to it, as it does for any other link.
 */
export function followAddress(): void {
  show();
  addEventListener("hashchange", () => show()?.focus({ preventScroll: true }));
  // A link to where the address already is: the figure may have been moved since.
  addEventListener("click", ({ target }) => {
    const link = (target as Element).closest<HTMLAnchorElement>("a[href*='#']");
    if (link?.href === location.href) dispatchEvent(new HashChangeEvent("hashchange"));
  });
}

function show(): HTMLElement | undefined {
  if (!location.hash.includes(":")) return undefined;
  const element = document.getElementById(addressee(location.hash) ?? "");
  if (!element) return undefined;
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  element.scrollIntoView();
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  return element;
}
