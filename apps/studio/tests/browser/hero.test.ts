import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { awaken, axeFaults, openPage, type PageOptions } from "./studio.ts";

async function openHero(state = "", options: PageOptions = {}): Promise<{ page: Page; hero: Locator; time: Locator }> {
  const page = await openPage(`index.html${state}`, options);
  await awaken(page, "hero");
  const hero = page.locator("#hero");
  return { page, hero, time: hero.getByRole("slider", { name: /^Time of/ }) };
}
const seconds = async (time: Locator): Promise<number> => Number(await time.inputValue());
const matrix = (hero: Locator): Promise<string[]> =>
  hero.locator(".matrix-field input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
const drawing = (hero: Locator): Promise<string> => hero.locator("svg.stage").innerHTML();
const caption = (hero: Locator): Promise<string> => hero.locator("figcaption .caption").innerText();
/** The middle of the ring that holds a column, on the screen. */
async function ring(hero: Locator, name: string): Promise<{ x: number; y: number }> {
  const box = (await hero.locator(`[data-handle=${name}] .ring`).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("FILM-3 the first screen holds the title and the film, stopped at Σ", async () => {
  const { page, hero, time } = await openHero();
  const { y, height } = (await hero.locator(".player .now").boundingBox())!;
  expect(y + height).toBeLessThanOrEqual(800);
  expect(await page.locator("h1").innerText()).toBe("A Geometric Explanation of SVD");
  expect(await page.title()).toBe("A Geometric Explanation of SVD");
  expect(await seconds(time)).toBeCloseTo(2.1, 6);
  expect(await hero.locator(".now").innerText()).toMatch(/^Σ stretches along the axes: σ₁ = 2.2, σ₂ = 0.7/);
  await page.waitForTimeout(500);
  expect(await seconds(time), "nothing plays by itself").toBeCloseTo(2.1, 6);
});

test("FILM-3 it plays in its own time, stops, and begins again from its end", async () => {
  const { page, hero, time } = await openHero("#hero:v=1&t=0");
  await hero.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>("#hero-film-time")!.value) > 0.8);
  await hero.getByRole("button", { name: "Stop" }).click();
  const stopped = await seconds(time);
  expect(stopped).toBeLessThan(3.3);
  await page.waitForTimeout(300);
  expect(await seconds(time)).toBe(stopped);
  await hero.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>("#hero-film-time")!.value) === 3.3);
  await hero.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>("#hero-film-time")!.value) < 1);
});

test("FILM-3 keys: Space plays and stops, arrows step, with Shift from chapter to chapter", async () => {
  const { page, hero, time } = await openHero("#hero:v=1&t=0");
  await time.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await seconds(time)).toBeCloseTo(0.2, 6);
  await page.keyboard.press("ArrowLeft");
  expect(await seconds(time)).toBeCloseTo(0.1, 6);
  const stops: number[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("Shift+ArrowRight");
    stops.push(Number((await seconds(time)).toFixed(2)));
  }
  expect(stops).toEqual([0.9, 2.1, 3.3, 3.3]);
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await seconds(time)).toBeCloseTo(2.1, 6);
  await page.keyboard.press("Space");
  expect(await hero.getByRole("button", { name: "Stop" }).count()).toBe(1);
  await page.keyboard.press("Space");
  expect(await hero.getByRole("button", { name: "Play" }).count()).toBe(1);
});

test("FILM-3 the factors of A = UΣVᵀ are buttons that go to their chapters", async () => {
  const { hero, time } = await openHero();
  for (const [name, end] of [
    ["Vᵀ", 0.9],
    ["Σ", 2.1],
    ["U", 3.3],
  ] as const) {
    const button = hero.locator(".factors").getByRole("button", { name, exact: true });
    await button.click();
    expect(await seconds(time)).toBeCloseTo(end, 6);
    expect(await button.getAttribute("aria-pressed")).toBe("true");
  }
});

test("FILM-3 where less motion is wanted it goes from chapter to chapter", async () => {
  const { hero, time } = await openHero("#hero:v=1&t=0", { reducedMotion: true });
  for (const chapter of [0.9, 2.1, 3.3]) {
    await hero.getByRole("button", { name: "Play" }).click();
    // The page shows what a click has done with its next painting.
    await expect.poll(async () => Number((await seconds(time)).toFixed(2))).toBe(chapter);
  }
});

test("FILM-3 a scrubbed film shows the moment", async () => {
  const { hero, time } = await openHero("#hero:v=1&t=0");
  const pictures = new Set<string>();
  for (const moment of ["0", "0.45", "0.9", "1.6", "2.1", "2.8", "3.3"]) {
    await time.fill(moment);
    pictures.add(await drawing(hero));
  }
  expect(pictures.size).toBe(7);
  expect(await hero.locator(".stage text").allTextContents()).toEqual(
    expect.arrayContaining(["v₁", "v₂", "σ₁u₁", "σ₂u₂", "σ₁", "σ₂"]),
  );
});

test.each([false, true])("FILM-4 columns are dragged, and the matrix follows; by touch: %s", async (touch) => {
  const { page, hero } = await openHero("#hero:v=1&A=1,0;0,1&t=3.3", touch ? { touch, width: 390, height: 844 } : {});
  await hero.locator("[data-handle=a1]").scrollIntoViewIfNeeded();
  await page.waitForTimeout(800); // The frame has eased.
  const [from, up] = [await ring(hero, "a1"), await ring(hero, "a2")];
  const origin = { x: up.x, y: from.y };
  // A quarter turn on: a₁ onto a₂'s place, in steps as a hand moves.
  if (touch) {
    const client = await page.context().newCDPSession(page);
    const send = (
      type: "touchStart" | "touchMove" | "touchEnd",
      points: { x: number; y: number }[],
    ): Promise<unknown> => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await send("touchStart", [from]);
    for (let i = 1; i <= 10; i++) await send("touchMove", [between(from, origin, up, i / 10)]);
    await send("touchEnd", []);
  } else {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (let i = 1; i <= 10; i++) {
      const { x, y } = between(from, origin, up, i / 10);
      await page.mouse.move(x, y);
    }
    await page.mouse.up();
  }
  const [a, b, c, d] = (await matrix(hero)).map(Number);
  expect([b, d]).toEqual([0, 1]);
  expect(Math.abs(a!)).toBeLessThanOrEqual(0.03);
  expect(Math.abs(c! - 1)).toBeLessThanOrEqual(0.03);
});

function between(
  from: { x: number; y: number },
  origin: { x: number; y: number },
  to: { x: number; y: number },
  part: number,
): { x: number; y: number } {
  const angle = (part * Math.PI) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    x: origin.x + cos * (from.x - origin.x) + sin * (to.x - origin.x),
    y: origin.y + cos * (from.y - origin.y) + sin * (to.y - origin.y),
  };
}

test("FILM-4 the frame stands while a column is dragged out of it, and eases out once it is released", async () => {
  const { page, hero } = await openHero("#hero:v=1&A=1,0;0,1&t=3.3");
  await page.waitForTimeout(800);
  const from = await ring(hero, "a1");
  const still = await ring(hero, "a2");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y, { steps: 4 });
  expect(await ring(hero, "a2")).toEqual(still);
  await page.mouse.up();
  await page.waitForTimeout(900);
  expect((await ring(hero, "a2")).y).toBeGreaterThan(still.y + 10);
});

test("FILM-4 arrow keys move a column by tenths and say once where it is", async () => {
  const { page, hero } = await openHero("#hero:v=1&A=1,0;0,1&t=3.3");
  const handle = hero.locator("[data-handle=a1]");
  await handle.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  expect(await matrix(hero)).toEqual(["1.01", "0", "0.1", "1"]);
  expect(await handle.getAttribute("aria-valuetext")).toBe("1.01, 0.1");
});

test("FILM-4 matrices are typed, chosen by shape and by name; what is no number is said", async () => {
  const { hero } = await openHero();
  await hero.getByRole("textbox", { name: "A, row 1, column 1" }).fill("−1,5");
  expect((await matrix(hero))[0]).toBe("−1,5");
  expect(await caption(hero)).toContain("orientation is reversed, the F is mirrored");
  await hero.getByRole("textbox", { name: "A, row 1, column 1" }).fill("x");
  expect(await hero.getByRole("textbox", { name: "A, row 1, column 1" }).getAttribute("aria-invalid")).toBe("true");
  for (const [shape, size, words] of [
    ["3 × 2", 6, "The unit circle becomes an ellipse"],
    ["2 × 3", 6, "The unit sphere becomes an ellipse"],
    ["3 × 3", 9, "The unit sphere becomes an ellipsoid"],
  ] as const) {
    await hero.getByRole("radio", { name: shape }).check();
    expect(await matrix(hero)).toHaveLength(size);
    expect(await caption(hero)).toContain(words);
  }
  await hero.getByRole("radio", { name: "2 × 2" }).check();
  await hero.getByLabel("Example").selectOption("Equal values");
  expect(await caption(hero)).toContain("any direction works");
  await hero.getByLabel("Example").selectOption("Singular");
  await hero.locator("button[data-mark=U]").click();
  expect(await hero.locator(".stage text").allTextContents()).toContain("u₂ free choice");
  await hero.getByLabel("Example").selectOption("Three and four, five");
  expect(await caption(hero)).toContain("exactly √45");
});

test("FILM-4 U, Σ and Vᵀ are boxes to scale, a cell a number", async () => {
  const { hero } = await openHero("#hero:v=1&A=3,2,2;2,3,-2");
  const sizes = await hero.locator(".factor .cells").evaluateAll((boxes) =>
    boxes.map((box) => {
      const cells = [...box.children].map((cell) => cell.getBoundingClientRect());
      const rows = new Set(cells.map(({ top }) => Math.round(top))).size;
      return [rows, cells.length / rows, Math.round(cells[0]!.width), Math.round(cells[0]!.height)];
    }),
  );
  const [width, height] = sizes[0]!.slice(2) as [number, number];
  expect(sizes).toEqual([[2, 2, width, height], [2, 3, width, height], [3, 3, width, height]]); // oxfmt-ignore
  expect(await hero.locator("#hero-S").innerText()).toMatch(/^5\s+0\s+0\s+0\s+3\s+0$/);
});

test("FILM-4 space is turned by dragging its empty part and by sliders", async () => {
  const { page, hero } = await openHero("#hero:v=1&A=1,1,0;0,1,1;0,0,1&t=0&view=30,20");
  const turn = hero.getByRole("slider", { name: "Turn the view" });
  expect(await turn.inputValue()).toBe("30");
  const before = await drawing(hero);
  const box = (await hero.locator("svg.stage").boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 90, { steps: 4 });
  await page.mouse.up();
  expect(Number(await turn.inputValue())).toBeLessThan(0);
  expect(await drawing(hero)).not.toBe(before);
  await hero.getByRole("slider", { name: "Tilt the view" }).fill("90");
  expect(await hero.locator("output").allTextContents()).toContain("90°");
});

test("FILM-5 a link brings back matrix, time and view; what is not understood leaves them", async () => {
  const { page, hero, time } = await openHero("#hero:v=1&A=1,1,0;0,1,1;0,0,1&t=1.5&view=30,20");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await hero.getByRole("button", { name: "Copy link" }).click();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.hash).toBe("#hero:v=1&A=1,1,0;0,1,1;0,0,1&t=1.5&view=30,20");
  await page.waitForTimeout(800); // The frame has eased.
  const before = await drawing(hero);
  for (const hostile of ["A=1,2,3,4;1,2,3,4", "A=1e9,0;0,1&t=99&view=1", "A=1;2", "t=-1&view=x,y"]) {
    await page.evaluate((hash) => (location.hash = hash), `#hero:v=1&${hostile}`);
    await page.waitForTimeout(50);
    expect(await drawing(hero), hostile).toBe(before);
  }
  expect(await seconds(time)).toBe(1.5);
});

test("FILM-6 formula, numbers and picture light each other", async () => {
  const { page, hero } = await openHero("#hero:v=1&t=3.3");
  await hero.locator("button[data-mark=U]").hover();
  expect(await hero.locator(".stage .lit[data-mark=u1], .stage .lit[data-mark=u2]").count()).toBeGreaterThan(2);
  expect(await hero.locator(".stage .lit[data-mark=v1]").count()).toBe(0);
  await hero.locator(".stage [data-mark=v1]").first().dispatchEvent("pointerover");
  expect(await hero.locator("#hero-V .lit").count()).toBe(2);
  expect(await hero.locator("button[data-mark=V].lit").count()).toBe(1);
  await page.mouse.move(5, 5);
});

test("FILM-7 the sweep finds σ₁ at v₁ and σ₂ at a right angle to it", async () => {
  const page = await openPage("index.html#sweep:v=1&A=1,1.5;0,1&x=20");
  await awaken(page, "sweep");
  const sweep = page.locator("#sweep");
  const angle = sweep.getByRole("slider", { name: "x at" });
  const length = async (): Promise<number> =>
    Number((await sweep.locator(".caption strong").first().innerText()).replace("−", "-"));
  const lengths: number[] = [];
  for (let degrees = 0; degrees <= 180; degrees += 5) {
    await angle.fill(String(degrees));
    lengths.push(await length());
  }
  expect(Math.max(...lengths)).toBeLessThanOrEqual(2);
  expect(Math.max(...lengths)).toBeGreaterThan(1.99);
  expect(lengths.indexOf(Math.max(...lengths)) * 5).toBe(65);
  expect(lengths.indexOf(Math.min(...lengths)) * 5).toBe(155);
  await angle.fill("63.5");
  expect(await sweep.locator(".caption").innerText()).toContain("x lies on the line of v₁, and Ax is longest");
  const x = sweep.getByRole("slider", { name: "direction x" });
  await x.focus();
  await page.keyboard.press("ArrowUp");
  expect(await x.getAttribute("aria-valuetext")).toBe("68.5°");
  const curve = sweep.getByRole("slider", { name: "angle of x" });
  await curve.scrollIntoViewIfNeeded();
  const { x: left, y: top, width, height } = (await curve.locator(".ring").boundingBox())!;
  await page.mouse.move(left + width / 2, top + height / 2);
  await page.mouse.down();
  await page.mouse.move(left + width / 2 + 100, top, { steps: 3 });
  await page.mouse.up();
  expect(Number(await angle.inputValue())).toBeGreaterThan(80);
});

test("FILM-8 contents list every section and keep what has been read on the device; notation is at hand", async () => {
  const page = await openPage();
  await awaken(page, "contents");
  const titles = await page.locator("main > section > h2").allTextContents();
  expect(await page.locator("#contents li a").allTextContents()).toEqual(titles.slice(1));
  expect(await page.locator("#contents .read").count()).toBe(0);
  await page.locator("#linear-maps > :last-child").scrollIntoViewIfNeeded();
  await page.locator("#contents .read").first().waitFor({ state: "attached" });
  await page.reload();
  await awaken(page, "contents");
  await page.locator("#contents .read").first().waitFor();
  await page.getByRole("button", { name: "Begin anew" }).first().click();
  expect(await page.locator("#contents .read").count()).toBe(0);
  await page.getByRole("navigation", { name: "At hand" }).getByRole("button", { name: "Notation" }).click();
  expect(await page.locator("#notation").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  expect(await page.locator("#notation").isVisible()).toBe(false);
  const formula = page.locator("#svd .formula-row").first();
  await formula.scrollIntoViewIfNeeded();
  await formula.hover();
  await formula.getByRole("button", { name: "Notation" }).click();
  expect(await page.locator("#notation").isVisible()).toBe(true);
});

test.each([false, true])("FILM-8 axe finds nothing in what is at hand and in the film, dark: %s", async (dark) => {
  const { page } = await openHero("#hero:v=1&A=1,1,0;0,1,1;0,0,1&t=3.3", { dark });
  await page.getByRole("navigation", { name: "At hand" }).getByRole("button", { name: "Contents" }).click();
  expect(await axeFaults(page, "#contents-sheet")).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await axeFaults(page, ".opening")).toEqual([]);
});
