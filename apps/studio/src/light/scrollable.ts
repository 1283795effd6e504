/** What is wider than its place scrolls, and must then be reached by the tab key: formulas, from when the reader comes near. */
export function keepScrollable(root: ParentNode = document): void {
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const overflows = target.scrollWidth > target.clientWidth + 1;
      if (overflows) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  // Measuring one that is far away would lay out everything before it.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) sized.observe(target);
        else sized.unobserve(target);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const element of root.querySelectorAll(".formula.display")) near.observe(element);
}
