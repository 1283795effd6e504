/**
 * Formulas and figures that speak to each other. Within a `data-scope`, touching or focusing what carries a `data-mark`
 * lights everything of that mark and dims the rest; a `data-live` number follows what the figure publishes.
 */
export function linkMarks(root: Document = document): void {
  const over = (event: Event): void => {
    const source = (event.target as Element).closest?.<HTMLElement>("[data-mark]");
    light(source?.closest("[data-scope]"), source?.dataset.mark);
    litScope?.toggleAttribute("data-from-figure", Boolean(source?.closest(".stage")));
  };
  root.addEventListener("pointerover", over, { passive: true });
  root.addEventListener("focusin", over);
  root.addEventListener("focusout", () => light(undefined, undefined));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        addKeys(target);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const formula of root.querySelectorAll(".formula.display")) near.observe(formula);
}

let litScope: Element | undefined;

function light(scope: Element | null | undefined, mark: string | undefined): void {
  if (litScope && (litScope !== scope || litScope.getAttribute("data-lit") !== mark)) {
    for (const lit of litScope.querySelectorAll(".lit")) lit.classList.remove("lit");
    litScope.removeAttribute("data-lit");
    litScope.removeAttribute("data-from-figure");
    litScope = undefined;
  }
  if (!scope || !mark || litScope === scope) return;
  const same = [...scope.querySelectorAll(related(mark))];
  // Alone it has nobody to speak to.
  if (same.length < 2) return;
  for (const element of same) element.classList.add("lit");
  scope.setAttribute("data-lit", mark);
  litScope = scope;
}

/** A factor speaks for the vectors or values in it, and each of them for its factor. */
const FACTORS: Readonly<Record<string, string>> = { U: "u", S: "s", V: "v" };

/** The selector of what a mark lights. */
function related(mark: string): string {
  const parts = mark in FACTORS ? [1, 2, 3].map((i) => `${FACTORS[mark]}${i}`) : [];
  const whole = Object.keys(FACTORS).filter((factor) => new RegExp(`^${FACTORS[factor]}[1-3]$`).test(mark));
  return [mark, ...parts, ...whole].map((one) => `[data-mark="${CSS.escape(one)}"]`).join(", ");
}

/** Formulas are hidden from the tab key; a button for each of their marks, seen while it has the focus, is not. */
function addKeys(formula: Element): void {
  const marks = new Set([...formula.querySelectorAll<HTMLElement>("[data-mark]")].map(({ dataset }) => dataset.mark!));
  const scope = formula.closest("[data-scope]");
  const spoken = [...marks].filter((mark) =>
    [...(scope?.querySelectorAll(related(mark)) ?? [])].some((one) => one.closest(".stage")),
  );
  if (spoken.length === 0) return;
  const keys = document.createElement("div");
  keys.className = "mark-keys";
  for (const mark of spoken) {
    const key = document.createElement("button");
    key.type = "button";
    key.dataset.mark = mark;
    key.textContent = `Show ${mark} in the figure`;
    keys.append(key);
  }
  formula.append(keys);
}

/** Writes numbers into the formulas around a figure: those whose `\live` name is among the values. */
export function publish(figure: Element | null, values: Readonly<Record<string, string>>): void {
  const scope = figure?.closest("[data-scope]");
  if (!scope) return;
  for (const element of scope.querySelectorAll<HTMLElement>("[data-live]")) {
    const value = values[element.dataset.live!];
    if (value !== undefined && element.textContent !== value) element.textContent = value;
  }
}
