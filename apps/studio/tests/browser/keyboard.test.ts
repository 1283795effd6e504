import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awakenAll, openPage } from "./studio.ts";

interface Stop {
  name: string;
  number: number;
  isSeen: boolean;
  /** How it and what is in it and around it looks. */
  look: string;
}

/** Numbers what the tab key should reach, once each; of a group of radio buttons it reaches one. */
function numberStops(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const groups = new Set<string>();
    return [
      ...document.querySelectorAll<HTMLElement>(
        "a[href],button,input,select,textarea,summary,[tabindex],[contenteditable=true]",
      ),
    ]
      .filter(
        (element) =>
          element.tabIndex >= 0 &&
          !element.matches(":disabled") &&
          element.checkVisibility({ visibilityProperty: true }),
      )
      .filter((element) => {
        if (!(element instanceof HTMLInputElement && element.type === "radio")) return true;
        const isFirst = !groups.has(element.name);
        groups.add(element.name);
        return isFirst;
      })
      .map((element, i) => {
        element.dataset.stop = String(i);
        return `${element.tagName.toLowerCase()} ${element.id} ${element.getAttribute("aria-label") ?? element.textContent}`.slice(
          0,
          80,
        );
      });
  });
}

/** The element that has the focus, or the one with a number; null where the focus has left the page. */
function look(page: Page, number?: number): Promise<Stop | null> {
  return page.evaluate((number): Stop | null => {
    const element = number === undefined ? document.activeElement : document.querySelector(`[data-stop="${number}"]`);
    if (!element || element === document.body) return null;
    const own =
      (element as HTMLElement).dataset.stop ??
      document.querySelector<HTMLElement>(`input[type=radio][name="${(element as HTMLInputElement).name}"][data-stop]`)
        ?.dataset.stop;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const styles = [element, ...element.querySelectorAll("*"), element.nextElementSibling, element.parentElement].map(
      (part) => {
        if (!part) return "";
        const s = getComputedStyle(part);
        return [
          s.outline,
          s.boxShadow,
          s.border,
          s.background,
          s.color,
          s.stroke,
          s.strokeWidth,
          s.fill,
          s.textDecoration,
          s.opacity,
        ].join();
      },
    );
    return {
      name: `${element.tagName.toLowerCase()} ${element.id} ${element.getAttribute("aria-label") ?? element.textContent}`.slice(
        0,
        80,
      ),
      number: Number(own ?? -1),
      isSeen: right > 0 && left < innerWidth && bottom > 0 && top < innerHeight,
      look: styles.join("|"),
    };
  }, number);
}

for (const name of ["index.html", "workbench.html"]) {
  test(`STU-5 the tab key reaches everything in ${name}, shows where it is, and comes out again`, async () => {
    const page = await openPage(name, { reducedMotion: true });
    await awakenAll(page);
    // A formula may be wider than its place until its font has come.
    await page.evaluate(async () => {
      await document.fonts.ready;
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    });
    const stops = await numberStops(page);
    const reached = new Set<number>();
    const hidden: string[] = [];
    const unmarked: string[] = [];
    let last: Stop | null = null;
    for (let presses = 0; presses < 2 * stops.length + 20; presses++) {
      await page.keyboard.press("Tab");
      const now = await look(page);
      const before = last && last.number >= 0 ? await look(page, last.number) : null;
      if (before && last && before.look === last.look) unmarked.push(last.name);
      if (!now || (reached.has(0) && now.number === 0)) break;
      if (!now.isSeen) hidden.push(now.name);
      reached.add(now.number);
      last = now;
    }
    // A button that was there for a moment, such as Stop while a picture is decomposed, need not be reached.
    const there = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("[data-stop]")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"))
        .map(({ dataset }) => Number(dataset.stop)),
    );
    expect(
      there.filter((i) => !reached.has(i)).map((i) => stops[i]),
      "never reached",
    ).toEqual([]);
    expect(hidden, "focused out of sight").toEqual([]);
    expect(unmarked, "look the same with the focus and without").toEqual([]);
  });
}

test("STU-5 a formula is a stop of the tab key while it is wider than its place, and no longer", async () => {
  const page = await openPage("index.html", { width: 420 });
  const state = (): Promise<{ overflows: boolean; isStop: boolean }> =>
    page.evaluate(() => {
      const place = document.querySelector<HTMLElement>(".formula.display")!;
      return { overflows: place.scrollWidth > place.clientWidth + 1, isStop: place.tabIndex === 0 };
    });
  // What a font that comes late does: the place stays as it is, what is in it grows or shrinks.
  const space = (gap: string): Promise<void> =>
    page.evaluate((gap) => {
      const place = document.querySelector<HTMLElement>(".formula.display")!;
      place.scrollIntoView();
      for (const set of place.querySelectorAll<HTMLElement>(".katex")) set.style.letterSpacing = gap;
    }, gap);
  for (const gap of ["4em", "0em", "4em"]) {
    await space(gap);
    const overflows = gap !== "0em";
    await expect.poll(state, { message: gap }).toEqual({ overflows, isStop: overflows });
  }
});
