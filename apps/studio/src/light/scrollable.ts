/** What is wider than its place scrolls, and must then be reached by the tab key: formulas, from when the reader comes near. */
export function keepScrollable(root: ParentNode = document): void {
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const place = target.closest(".formula.display")!;
      const overflows = place.scrollWidth > place.clientWidth + 1;
      if (overflows) place.setAttribute("tabindex", "0");
      else place.removeAttribute("tabindex");
    }
  });
  // Measuring one that is far away would lay out everything before it.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        // The place may change, with the window; and what is in it, with a font that comes late or a live number.
        for (const part of [target, ...target.children]) sized.observe(part);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const element of root.querySelectorAll(".formula.display")) near.observe(element);
}
