/** What is wider than its place scrolls, and must then be reached by the tab key: formulas, tables, code. */
export function keepScrollable(root: ParentNode = document): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const overflows = target.scrollWidth > target.clientWidth + 1;
      if (overflows) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const element of root.querySelectorAll(".formula.display")) watch.observe(element);
}
