// Sections 1 to 5: what the checklist of the lesson asks of them, on the page.

import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { awaken, openPage, type PageOptions } from "./studio.ts";

async function figure(id: string, state = "", options?: PageOptions): Promise<{ page: Page; f: Locator }> {
  const page = await openPage(`index.html${state && `#${id}:v=1&${state}`}`, options);
  await awaken(page, id);
  return { page, f: page.locator(`[id="${id}"]`) };
}

const number = (text: string): number => Number(text.replace("−", "-"));
const entries = async (matrix: Locator): Promise<number[]> =>
  (await matrix.locator(".entry").allTextContents()).map(number);
const fields = async (group: Locator): Promise<number[]> =>
  (await group.locator("input").evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value))).map(
    number,
  );
const caption = async (f: Locator): Promise<string> => (await f.locator(".caption").innerText()).replace(/\s+/g, " ");
/** Where a handle stands, in units of the picture. */
const place = async (handle: Locator): Promise<[number, number]> => {
  const [x, y] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec((await handle.getAttribute("transform"))!)!.slice(1);
  return [Number(x), Number(y)];
};
const drag = async (page: Page, handle: Locator, dx: number, dy: number): Promise<void> => {
  await handle.scrollIntoViewIfNeeded();
  const box = (await handle.locator(".ring").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
};
/** The F of a picture: its strokes, and whether it reads backwards. */
const letter = (f: Locator): Promise<{ d: string | null; reversed: boolean }> =>
  f
    .locator('.stage > path[stroke-width="3"][fill="none"]:not([data-mark^="a"], [data-mark^="m"], [data-mark^="o"])')
    .first()
    .evaluate((path) => ({ d: path.getAttribute("d"), reversed: path.classList.contains("s-reversed") }));
const PLANE = { cx: 360, cy: 260, unit: 520 / 6.8 };

describe("1 linear maps", () => {
  test("BASE-1 1.1 a handle stands at a column if and only if the entries are that column", async () => {
    const { page, f } = await figure("linear-map");
    const matrix = f.getByRole("group", { name: "matrix A" });
    const agree = async (): Promise<void> => {
      const [a, b, c, d] = (await fields(matrix)) as [number, number, number, number];
      for (const [name, x, y] of [
        ["a1", a, c],
        ["a2", b, d],
      ] as const) {
        // oxfmt-ignore
        const [px, py] = await place(f.locator(`[data-handle="${name}"]`));
        expect(px).toBeCloseTo(PLANE.cx + PLANE.unit * x, 1);
        expect(py).toBeCloseTo(PLANE.cy - PLANE.unit * y, 1);
      }
    };
    await agree();
    await drag(page, f.locator('[data-handle="a1"]'), -130, -60);
    const [a, , c] = await fields(matrix);
    expect([a, c]).not.toEqual([2, 0.5]);
    await agree();
    await f.getByLabel("A, row 1, column 2").fill("−1.25");
    await agree();
    await f.locator('[data-handle="a2"]').focus();
    await page.keyboard.press("ArrowUp");
    expect((await fields(matrix)).slice(1)).toEqual([-1.25, expect.any(Number), 1.6]);
    await agree();
  });

  test("BASE-1 1.1 the numbers of the formula and of the caption follow the vector", async () => {
    const { page, f } = await figure("linear-map");
    await f.locator('[data-handle="v"]').focus();
    await page.keyboard.press("ArrowRight");
    expect(await f.locator('[data-handle="v"]').getAttribute("aria-valuetext")).toBe("−0.9, 2");
    expect(await caption(f)).toContain("v = (−0.9, 2) goes to Av = (0.2, 2.55)");
    const live = await page.locator('#linear-maps .katex-html [data-live="y"]').textContent();
    expect(live).toBe("2.55");
  });

  test("1.2 many vectors: AX = [[2, 1, 0], [0.5, 1.5, 2.5]]", async () => {
    const { page, f } = await figure("linear-map");
    await f.getByLabel("many vectors").check();
    expect(await entries(f.getByRole("group", { name: "the product AX" }))).toEqual([2, 1, 0, 0.5, 1.5, 2.5]);
    await f.locator('[data-handle="x3"]').focus();
    await page.keyboard.press("ArrowDown");
    expect(await entries(f.getByRole("group", { name: "the product AX" }))).toEqual([2, 1, -0.1, 0.5, 1.5, 2.35]);
  });

  test("BASE-2 1.3 AX and (XᵀAᵀ)ᵀ differ by 0, whatever the shapes", async () => {
    const { f } = await figure("two-readings");
    const [AX, XtAt] = ["AX", "the product of X transposed and A transposed"].map((name) =>
      f.getByRole("group", { name, exact: true }),
    ) as [Locator, Locator];
    expect(await entries(AX)).toEqual([2, 1, 0, 0.5, 1.5, 2.5]);
    expect(await entries(XtAt)).toEqual([2, 0.5, 1, 1.5, 0, 2.5]);
    const shapes = new Set<string>();
    for (let i = 0; i < 12; i++) {
      await f.getByRole("button", { name: "Another pair" }).click();
      expect(await f.locator(".difference").textContent()).toBe("0");
      shapes.add(String([await AX.locator("button").count(), await XtAt.locator("button").count()]));
    }
    expect(shapes.size).toBeGreaterThan(2);
  });

  test("1.3 an entry that is pressed shows its row and its column in both products", async () => {
    const { f } = await figure("two-readings");
    await f.getByRole("group", { name: "AX", exact: true }).getByRole("button", { name: "row 2, column 3" }).click();
    const lit = async (name: string): Promise<string[]> =>
      f.getByRole("group", { name, exact: true }).locator(".on").allTextContents();
    expect(await lit("A")).toEqual(["0.5", "1.5"]);
    expect(await lit("X")).toEqual(["−1", "2"]);
    expect(await lit("X transposed")).toEqual(["−1", "2"]);
    expect(await lit("A transposed")).toEqual(["0.5", "1.5"]);
    expect(await caption(f)).toContain("0.5·(−1) + 1.5·2 = 2.5");
  });

  test("1.4 the film plays the same scene from rest, and by chapters where less motion is asked for", async () => {
    const { f } = await figure("linear-map", "", { reducedMotion: true });
    const time = f.getByRole("slider", { name: /^Time/ });
    await time.fill("0");
    const start = await letter(f);
    await f.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => time.inputValue()).toBe("1.8");
    expect(await letter(f)).not.toEqual(start);
    await f.locator('[data-handle="a1"]').waitFor();
  });
});

describe("2 the inverse", () => {
  test("2.3 both products are I, and the film returns", async () => {
    const { f } = await figure("there-and-back");
    for (const name of ["the product MM⁻¹", "the product M⁻¹M"])
      expect(await entries(f.getByRole("group", { name }))).toEqual([1, 0, 0, 1]);
    expect(await entries(f.getByRole("group", { name: "M⁻¹", exact: true }).first())).toEqual([2, -1, -1, 1]);
    const time = f.getByRole("slider", { name: /^Time/ });
    await time.fill("0");
    const before = await letter(f);
    await time.fill((await time.getAttribute("max"))!);
    expect(await letter(f)).toEqual(before);
    expect(await f.locator(".chapter").allTextContents()).toEqual(["M", "M⁻¹"]);
  });

  test("BASE-4 2.3 on one line there is no return: rank 1 and the column line", async () => {
    const { f } = await figure("there-and-back");
    await f.getByLabel("on one line", { exact: true }).check();
    expect(await f.locator(".verdict").innerText()).toMatch(/There is no M⁻¹\. Rank 1 .*\(1, −0\.5\) goes to \(0, 0\)/);
    expect(await f.locator(".stage text").allTextContents()).toEqual(expect.arrayContaining(["column line", "x′"]));
    expect(await f.locator(".chapter").allTextContents()).toEqual(["M"]);
    expect(await caption(f)).toContain("M has rank 1");
  });

  test("2.3 a column that is dragged near the line of the other one catches on it", async () => {
    const { page, f } = await figure("there-and-back", "A=1,1.9;0.5,1&x=-1,1.5");
    await drag(page, f.locator('[data-handle="m2"]'), 8, 0);
    expect(await f.locator(".verdict").count()).toBe(1);
    await page.keyboard.press("ArrowUp");
    expect(await f.locator(".verdict").count()).toBe(0);
  });

  test("2.3 a matrix whose determinant is rounding, not 0, is told by its rank", async () => {
    const { page, f } = await figure("there-and-back", "A=0.1,0.3;0.3,0.9&x=-1,1.5");
    expect(await caption(f)).toContain("M has rank 1");
    expect(await page.locator("#inverse .katex-html [data-live=a]").first().textContent()).toBe("0.1");
  });
});

describe("3 symmetric matrices", () => {
  test("BASE-5 3.1 an entry that is typed takes its twin along; eigenvalues 13.899, 1.838, −4.737", async () => {
    const { page, f } = await figure("mirror-image");
    expect(await caption(f)).toContain("λ₁ = 13.899, λ₂ = 1.838, λ₃ = −4.737");
    await f.getByLabel("S, row 1, column 2, and row 2, column 1").fill("-2");
    expect(await fields(f.getByRole("group", { name: "symmetric matrix S" }))).toEqual([1, -2, 3, -2, 4, 5, 3, 5, 6]);
    expect(await f.locator(".cell.on").count()).toBe(2);
    const live = await page.locator("#symmetric .katex-html [data-live=l1]").textContent();
    expect(await caption(f)).toContain(`λ₁ = ${live}`);
    expect(live).not.toBe("13.899");
  });

  test("3.1 a matrix from an address that is not symmetric is not taken", async () => {
    const { f } = await figure("mirror-image", "S=1,2,3;4,5,6;7,8,9");
    expect(await caption(f)).toContain("13.899");
  });
});

describe("4 orthogonal matrices", () => {
  test("BASE-6 4.1 the table of OᵀO; a cell writes out its product and shows its columns", async () => {
    const { f } = await figure("dot-products");
    expect((await f.locator("td").allTextContents()).map(number)).toEqual([1, 0, 0, 1]);
    expect(await f.locator(".written").innerText()).toContain("o₁ · o₂ = 0.866·(−0.5) + 0.5·0.866 = 0");
    expect(await f.locator(".stage text").allTextContents()).toContain("+90°");
    await f.getByRole("button", { name: "o₂ times o₂" }).click();
    expect(await f.locator(".written").innerText()).toContain("o₂ · o₂ = (−0.5)·(−0.5) + 0.866·0.866 = 1");
    expect(await f.locator("th.on").allTextContents()).toEqual(["o₂", "o₂"]);
    expect(await f.locator('.stage [data-mark="o1"]').first().getAttribute("opacity")).toBe("0.3");
  });

  test("4.2 Oᵀ undoes O where O is orthogonal, and not where it is not", async () => {
    const { f } = await figure("dot-products");
    await f.getByLabel("Oᵀ after O").check();
    expect(await caption(f)).toContain("Oᵀ differs from O⁻¹ by at most 0: the F is back where it began");
    await f.getByLabel("neither").check();
    expect(number((await f.locator(".apart").textContent())!)).toBeGreaterThan(0.5);
    await f.getByLabel("Oᵀ instead").check();
    expect(await f.locator("th").first().textContent()).toBe("OOᵀ");
  });

  test("BASE-6 4.3 the signed area is 1 for a rotation, −1 for a reflection, whose F reads backwards", async () => {
    const { page, f } = await figure("dot-products");
    const det = page.locator('#orthogonal .katex-html [data-live="det"]');
    expect([await det.textContent(), (await letter(f)).reversed]).toEqual(["1", false]);
    await f.getByLabel("a reflection").check();
    expect([await det.textContent(), (await letter(f)).reversed]).toEqual(["−1", true]);
    expect(await f.locator(".stage text").allTextContents()).toContain("−90°");
  });

  test("4.1 dragged columns catch on the circle and at the right angle, and the table is the identity", async () => {
    const { page, f } = await figure("dot-products", "O=1,0.3;0,0.97");
    await drag(page, f.locator('[data-handle="o2"]'), -33, 0);
    expect((await f.locator("td").allTextContents()).map(number)).toEqual([1, 0, 0, 1]);
    expect(await caption(f)).toContain("the identity");
  });

  test("BASE-6 4.4 lengths and the angle are kept by both kinds, and not by a shear", async () => {
    const { page, f } = await figure("kept");
    const numbers = async (): Promise<string[]> => f.locator(".caption .num").allTextContents();
    const kept = ([v, w, v2, w2, angle, angle2]: string[]): boolean => v === v2 && w === w2 && angle === angle2;
    expect(kept(await numbers())).toBe(true);
    await drag(page, f.locator('[data-handle="w"]'), -60, 40);
    expect(kept(await numbers())).toBe(true);
    await f.getByLabel("a rotation").check();
    await f.getByRole("slider", { name: "Angle" }).fill("-37");
    expect(kept(await numbers())).toBe(true);
    await f.getByLabel("a shear").check();
    expect(kept(await numbers())).toBe(false);
  });

  test("4.6 three rows and two orthonormal columns: QᵀQ = I₂ and QQᵀ has rank 2", async () => {
    const { page, f } = await figure("tall");
    for (let i = 0; i < 4; i++) {
      expect(await entries(f.getByRole("group", { name: "Q transposed times Q" }))).toEqual([1, 0, 0, 1]);
      expect(await caption(f)).toContain("QQᵀ has rank 2");
      const P = await entries(f.getByRole("group", { name: "Q times Q transposed" }));
      expect(P[0]! + P[4]! + P[8]!).toBeCloseTo(2, 2);
      await f.getByRole("button", { name: "Another Q" }).click();
    }
    await f.locator('[data-handle="b"]').focus();
    const before = await place(f.locator('[data-handle="b"]'));
    await page.keyboard.press("ArrowUp");
    expect((await place(f.locator('[data-handle="b"]')))[1]).toBeLessThan(before[1]);
  });
});

describe("5 rotations and reflections", () => {
  test("5.1 the dial sets every number of the formula, and its identities light their columns", async () => {
    const { page, f } = await figure("rotation");
    await f.getByRole("slider", { name: "Angle α" }).fill("120");
    const live = (name: string): Promise<string[]> =>
      page.locator(`#rotations-and-reflections .katex-html [data-live="${name}"]`).allTextContents();
    expect(new Set(await live("c"))).toEqual(new Set(["−0.5"]));
    expect(new Set(await live("s"))).toEqual(new Set(["0.866"]));
    expect(new Set(await live("ms"))).toEqual(new Set(["−0.866"]));
    const formulas = page.locator("#rotations-and-reflections .formula.display");
    await formulas.nth(1).locator('[data-mark="c2"]').first().hover();
    const lit = await f.locator(".stage .lit").evaluateAll((all) => all.map((one) => one.getAttribute("data-mark")));
    expect(new Set(lit)).toEqual(new Set(["c2"]));
  });

  test("BASE-7 5.2 θ goes to θ + α, modulo 360°, and the way round is kept", async () => {
    const { page, f } = await figure("rotation");
    await f.locator('[data-handle="dial"]').focus();
    for (const presses of [1, 20, 30]) {
      for (let i = 0; i < presses; i++) await page.keyboard.press("ArrowRight");
      const [theta, to, before, behind] = await f.locator(".caption .num").allTextContents();
      const alpha = Number(await f.getByRole("slider", { name: "Angle α" }).inputValue());
      expect(number(to!.slice(0, -1))).toBe((number(theta!.slice(0, -1)) + alpha + 360) % 360);
      expect(before).toBe(behind);
    }
  });

  test("BASE-7 5.3 θ goes to 2φ − θ, and the way round is flipped", async () => {
    const { page, f } = await figure("mirror");
    await f.locator('[data-handle="dial"]').focus();
    for (const presses of [1, 15, 40]) {
      for (let i = 0; i < presses; i++) await page.keyboard.press("ArrowLeft");
      const [theta, phi, to, before, behind] = (await f.locator(".caption .num").allTextContents()).map((text) =>
        number(text.replace(/[+°]/g, "")),
      ) as [number, number, number, number, number];
      expect(to).toBe((((2 * phi - theta) % 360) + 360) % 360);
      expect(before).toBe(-behind);
    }
  });

  test("5.3 the errata's mirror: 10° and 100° go to 50° and 320°", async () => {
    const { f } = await figure("mirror", "angle=30&X=1.77,0.31;-0.23,1.28");
    expect(await f.locator(".caption .num").allTextContents()).toEqual(["10°", "30°", "50°", "+90°", "−90°"]);
  });

  test("5.4 the film has two chapters; only the reflected F reads backwards", async () => {
    const { f } = await figure("two-motions");
    expect(await f.locator(".chapter").allTextContents()).toEqual(["rotate", "reflect"]);
    expect(await f.locator('.stage > path.s-reversed[stroke-width="3"]').count()).toBe(2);
    await f.getByRole("button", { name: "rotate" }).click();
    expect(await f.locator('.stage > path.s-reversed[stroke-width="3"]').count()).toBe(0);
    expect(await f.locator(".stage text").allTextContents()).toEqual(expect.arrayContaining(["v", "Rot v", "α"]));
  });

  test("5.5 determinants 1 and −1, whatever the angles", async () => {
    const { page, f } = await figure("rotation");
    await f.getByRole("slider", { name: "Angle α" }).fill("77");
    await awaken(page, "mirror");
    await page.locator("#mirror").getByRole("slider", { name: "Mirror line φ" }).fill("-41");
    const live = (name: string): Promise<string | null> =>
      page.locator(`#rotations-and-reflections .katex-html [data-live="${name}"]`).textContent();
    expect([await live("rdet"), await live("mdet")]).toEqual(["1", "−1"]);
  });
});

describe("all five", () => {
  const FIGURES =
    "linear-map two-readings there-and-back mirror-image dot-products kept tall rotation mirror two-motions";

  test("every correction that belongs here is told in a folded note", async () => {
    const page = await openPage();
    const said = async (section: string): Promise<string> =>
      (await page.locator(`#${section} .note`).allTextContents()).join(" ");
    for (const [section, words] of [
      ["linear-maps", ["1.618", "0.618", "Rot", "one thing"]],
      ["inverse", ["defines the inverse by itself", "1.7 · 10⁻¹⁷", "10⁻²⁰"]],
      ["orthogonal", ["with itself", "signed angle"]],
      ["rotations-and-reflections", ["350°", "320°", "two separate motions", "−I"]],
    ] as const)
      for (const word of words) expect(await said(section), section).toContain(word);
  });

  test("a finger has 44 pixels for everything it presses, on a phone", async () => {
    const page = await openPage("index.html", { width: 390, touch: true });
    for (const id of FIGURES.split(" ")) {
      await awaken(page, id);
      const small = await page.locator(`[id="${id}"]`).evaluate((root) =>
        [...root.querySelectorAll("button:not(.quiet), input, .handle .reach, label:has(input)")]
          .map((one) => ({ one, box: one.getBoundingClientRect() }))
          .filter(
            ({ one, box }) => !one.matches("label input") && box.width > 0 && (box.height < 43.5 || box.width < 43.5),
          )
          .map(({ one, box }) => `${one.tagName} ${one.getAttribute("class")} ${box.width}×${box.height}`),
      );
      expect(small, id).toEqual([]);
    }
  });
});
