import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { awaken, axeFaults, openPage, overflowing, type PageOptions } from "./studio.ts";

const FIGURES = [
  "eigen-hunt",
  "symmetric-stretch",
  "right-angles",
  "lengths",
  "orthonormal-table",
  "spectral-film",
] as const;
type Figure = (typeof FIGURES)[number];

async function open(id: Figure, options: PageOptions & { fields?: string } = {}): Promise<Page> {
  const page = await openPage(`index.html${options.fields ? `#${id}:v=1&${options.fields}` : ""}`, options);
  await awaken(page, id);
  return page;
}

const caption = (page: Page, id: Figure): Promise<string> => page.locator(`#${id} .caption`).innerText();
const live = (page: Page, section: string, name: string): Promise<string> =>
  page.locator(`#${section} .katex-html [data-live="${name}"]`).first().innerText();
const count = (page: Page, selector: string): Promise<number> => page.locator(selector).count();

/** Drags a handle to a point of its picture, given as parts of its width and height, in steps. */
async function drag(
  page: Page,
  handle: string,
  picture: string,
  to: readonly (readonly [number, number])[],
): Promise<void> {
  await page.locator(picture).scrollIntoViewIfNeeded();
  const box = (await page.locator(picture).boundingBox())!;
  const from = (await page.locator(`${handle} .ring`).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  for (const [x, y] of to) await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 });
  await page.mouse.up();
}

/** Where a direction is on the rim of a square picture. */
const rim = (degrees: number): [number, number] => {
  const angle = (degrees * Math.PI) / 180;
  return [0.5 + 0.4 * Math.cos(angle), 0.5 - 0.4 * Math.sin(angle)];
};

const CIRCLE = "svg[aria-labelledby=eigen-hunt-circle-title]";
const PLACES = "svg[aria-labelledby=eigen-hunt-map-title]";
const HUNT = "#eigen-hunt [data-handle=v]";
const MAP = "#eigen-hunt [data-handle=matrix]";
const verdict = (page: Page): Promise<string> => page.locator("#eigen-hunt .preset-group.current .verdict").innerText();

describe("6.1 to 6.5 the hunt for eigenvectors", () => {
  test("a line appears when v is dragged onto it, with its eigenvalue, and stays", async () => {
    const page = await open("eigen-hunt");
    expect(await count(page, `${CIRCLE} path[data-mark^=l]`)).toBe(0);
    expect(await caption(page, "eigen-hunt")).toContain("−33.7°");
    await drag(page, HUNT, CIRCLE, [rim(60), rim(27.5)]);
    expect(await caption(page, "eigen-hunt")).toMatch(/Found: Av = 2\.5 v.*λ = 2\.5/);
    expect(await live(page, "eigenvectors", "l1")).toBe("2.5");
    expect(await live(page, "eigenvectors", "l2")).toBe("?");
    expect(await count(page, `${CIRCLE} path[data-mark=l1]`)).toBe(1);
    await drag(page, HUNT, CIRCLE, [rim(60), rim(90)]);
    expect(await caption(page, "eigen-hunt")).not.toContain("Found");
    expect(await count(page, `${CIRCLE} path[data-mark=l1]`)).toBe(1);
    expect(await count(page, `${CIRCLE} path[data-mark=l2]`)).toBe(0);
  });

  test("by keyboard alone: the arrow keys reach both lines, and Shift goes past them", async () => {
    const page = await open("eigen-hunt");
    const handle = page.locator(HUNT);
    await handle.focus();
    for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight");
    expect(await handle.getAttribute("aria-valuetext")).toBe("at 135 degrees, Av = 1 v: v is an eigenvector");
    for (let i = 0; i < 22; i++) await page.keyboard.press("ArrowLeft");
    expect(await handle.getAttribute("aria-valuetext")).toContain("Av = 2.5 v");
    expect(await count(page, `${CIRCLE} path[data-mark^=l]`)).toBe(2);
    for (let i = 0; i < 12; i++) await page.keyboard.press("Shift+ArrowRight");
    expect(await caption(page, "eigen-hunt")).not.toContain("Found");
  });

  test("the lines appear on request", async () => {
    const page = await open("eigen-hunt");
    await page.getByLabel("Show the lines").check();
    expect(await page.locator(`${CIRCLE} text[data-mark^=l]`).allTextContents()).toEqual(["λ₁ = 2.5", "λ₂ = 1"]);
    await page.getByLabel("Show the lines").uncheck();
    expect(await count(page, `${CIRCLE} path[data-mark^=l]`)).toBe(0);
  });

  test("6.5 a negative eigenvalue reverses along the same line", async () => {
    const page = await open("eigen-hunt");
    await page.getByRole("button", { name: "one reversed" }).click();
    await page.locator("#eigen-hunt-direction").fill("136");
    expect(await caption(page, "eigen-hunt")).toMatch(/Av = −1 v.*λ = −1, reversed and still on its line/);
  });
});

describe("6.6 two lines, one, none, all", () => {
  const CLASSES = {
    "two lines": ["stretch", "symmetric", "one reversed"],
    "one line": ["shear", "hidden shear"],
    "no line": ["quarter turn", "ellipse", "spiral"],
    "every line": ["twice I", "half turn"],
  };
  const LINES: Readonly<Record<string, number>> = { "two lines": 2, "one line": 1, "no line": 0, "every line": 1 };

  test("every preset is of the class it stands under", async () => {
    const page = await open("eigen-hunt");
    await page.getByLabel("Show the lines").check();
    for (const [name, presets] of Object.entries(CLASSES))
      for (const preset of presets) {
        await page.locator("#eigen-hunt").getByRole("button", { name: preset, exact: true }).click();
        expect(await verdict(page), preset).toBe(name);
        expect(await count(page, `${CIRCLE} path[data-mark^=l]`), preset).toBe(LINES[name]);
        expect((await caption(page, "eigen-hunt")).toLowerCase(), preset).toContain(name);
      }
  });

  test("dragging the matrix over the curve closes the lines, and its entries follow", async () => {
    const page = await open("eigen-hunt", { fields: "A=2,1;0.5,1.5&lines=1" });
    const entry = page.locator("#eigen-hunt").getByLabel("A, row 1, column 1");
    const before = await entry.inputValue();
    await drag(page, MAP, PLACES, [[0.7, 0.5], [0.62, 0.3]]); // oxfmt-ignore
    expect(await verdict(page)).toBe("no line");
    expect(await count(page, `${CIRCLE} path[data-mark^=l]`)).toBe(0);
    expect(await caption(page, "eigen-hunt")).toMatch(/no line, since its eigenvalues are .* ± .*i/);
    expect(await entry.inputValue()).not.toBe(before);
    const number = async (name: string): Promise<number> =>
      Number(await page.locator("#eigen-hunt").getByLabel(name).inputValue());
    const [a, d] = [await number("A, row 1, column 1"), await number("A, row 2, column 2")];
    expect(a + d).toBeCloseTo(await number("trace of A"), 4);
  });

  test("by keyboard a step across the curve stops on it: one line", async () => {
    const page = await open("eigen-hunt", { fields: "A=2,1;0.5,1.5" });
    await page.locator(MAP).focus();
    const seen = new Set<string>();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("ArrowUp");
      seen.add(await verdict(page));
    }
    expect([...seen]).toEqual(["two lines", "one line", "no line"]);
  });

  test("trace and determinant can be typed", async () => {
    const page = await open("eigen-hunt");
    await page.getByLabel("determinant of A").fill("-2");
    expect(await verdict(page)).toBe("two lines");
    await page.getByLabel("determinant of A").fill("9");
    expect(await verdict(page)).toBe("no line");
  });
});

describe("6.7 the film of a symmetric map", () => {
  test("the corner of the axes ends at 29.74°, in the caption and in the text", async () => {
    const page = await open("symmetric-stretch");
    expect(await page.locator("#symmetric-stretch .corner").innerText()).toBe("29.74°");
    expect(await live(page, "eigenvectors", "corner")).toBe("29.74°");
    await page.locator("#symmetric-stretch-film-time").fill("0");
    expect(await page.locator("#symmetric-stretch .corner").innerText()).toBe("90.00°");
    await page.locator("#symmetric-stretch").getByLabel("S, row 1, column 1").fill("1");
    await page.locator("#symmetric-stretch").getByLabel("S, row 1, column 2").fill("1");
    expect(await page.locator("#symmetric-stretch").getByLabel("S, row 2, column 1").inputValue()).toBe("1");
    await page.locator("#symmetric-stretch").getByLabel("S, row 2, column 2").fill("2");
    await page.locator("#symmetric-stretch").getByRole("button", { name: "along q₂" }).click();
    expect(await page.locator("#symmetric-stretch .corner").innerText()).toBe("18.43°");
  });

  test("both grids can be switched off and on", async () => {
    const page = await open("symmetric-stretch");
    const stage = "#symmetric-stretch .stage";
    await page.getByLabel("grid along the axes").uncheck();
    expect(await count(page, `${stage} [data-mark=axes]`)).toBe(0);
    expect(await count(page, `${stage} [data-mark=Q]`)).toBeGreaterThan(5);
    await page.getByLabel("grid along the axes").check();
    await page.getByLabel("grid along the eigenvectors").uncheck();
    expect(await count(page, `${stage} [data-mark=Q]`)).toBe(0);
    expect(await count(page, `${stage} [data-mark=axes]`)).toBeGreaterThan(5);
  });
});

describe("8 the spectral decomposition", () => {
  test("8.1 the lines of a symmetric matrix stay at right angles while a column is dragged", async () => {
    const page = await open("right-angles");
    const mark = "#right-angles .stage path[data-mark=dot]";
    for (const to of [
      [0.8, 0.3],
      [0.4, 0.2],
      [0.6, 0.7],
    ] as const) {
      // oxfmt-ignore
      await drag(page, "#right-angles [data-handle=s1]", "#right-angles .stage", [to]);
      expect(await page.locator("#right-angles .dot").innerText()).toBe("0");
      expect(await count(page, mark)).toBe(1);
    }
    const column = async (j: number, i: number): Promise<string> =>
      page.locator("#right-angles").getByLabel(`S, row ${i}, column ${j}`).inputValue();
    expect(await column(2, 1)).toBe(await column(1, 2));
  });

  test("8.1 without symmetry the product is not 0 and the mark is gone", async () => {
    const page = await open("right-angles");
    await page.getByLabel("keep S symmetric").uncheck();
    await page.locator("#right-angles").getByLabel("S, row 2, column 1").fill("1");
    expect(await page.locator("#right-angles .dot").innerText()).not.toBe("0");
    expect(await live(page, "spectral", "dot")).toBe(await page.locator("#right-angles .dot").innerText());
    expect(await count(page, "#right-angles .stage path[data-mark=dot]")).toBe(0);
    await page.locator("#right-angles").getByLabel("S, row 2, column 1").fill("-2");
    expect(await caption(page, "right-angles")).toContain("no line");
  });

  test("8.1 equal eigenvalues: the frame is a free choice", async () => {
    const page = await open("right-angles");
    await page.locator("#right-angles").getByRole("button", { name: "all alike" }).click();
    for (const angle of ["30", "77"]) {
      await page.locator("#right-angles-chosen").fill(angle);
      expect(await page.locator("#right-angles .dot").innerText()).toBe("0");
    }
    expect(await caption(page, "right-angles")).toContain("any two directions at right angles");
  });

  test("8.2 (4, 3) has a · a = 25 and length 5; divided, the table is I", async () => {
    const page = await open("lengths");
    const numbers = async (...names: string[]): Promise<string[]> =>
      Promise.all(names.map((name) => live(page, "spectral", name)));
    expect(await numbers("a1", "a2", "aa", "length")).toEqual(["4", "3", "25", "5"]);
    expect(await numbers("d11", "d12", "d21", "d22")).toEqual(["25", "0", "0", "6.25"]);
    expect(await caption(page, "lengths")).toContain("orthogonal, and not of length 1");
    await page.getByLabel("divide both by their lengths").check();
    expect(await numbers("d11", "d12", "d21", "d22")).toEqual(["1", "0", "0", "1"]);
    expect(await caption(page, "lengths")).toContain("orthonormal");
    await page.locator("#lengths [data-handle=b]").focus();
    await page.keyboard.press("ArrowRight");
    expect(await caption(page, "lengths")).toContain("not orthogonal");
    expect((await numbers("d11", "d22")).join()).toBe("1,1");
    expect((await numbers("d12")).join()).not.toBe("0");
  });

  test("8.3 the diagonal and the six other entries of QᵀQ", async () => {
    const page = await open("orthonormal-table");
    const entries = (): Promise<string[]> => page.locator("#orthonormal-table td").allInnerTexts();
    expect(await entries()).toEqual(["1", "0", "0", "0", "1", "0", "0", "0", "1"]);
    expect(await caption(page, "orthonormal-table")).toContain("12, 13, 21, 23, 31 and 32");
    expect(await caption(page, "orthonormal-table")).toContain("all six are 0");
    const lit = (): Promise<boolean[]> =>
      page
        .locator("#orthonormal-table td")
        .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor !== "rgba(0, 0, 0, 0)"));
    const diagonal = [true, false, false, false, true, false, false, false, true];
    expect(await lit()).toEqual(diagonal.map((on) => !on));
    await page.locator("#orthonormal-table").getByLabel("the diagonal").check();
    expect(await lit()).toEqual(diagonal);
    await page.locator("#orthonormal-table").getByRole("button", { name: "orthogonal only" }).click();
    expect(await entries()).toEqual(["9", "0", "0", "0", "36", "0", "0", "0", "9"]);
    expect(await caption(page, "orthonormal-table")).toContain("not all of them are 1");
  });

  test("8.4 three chapters, det Q = +1, and S comes back to 1e-15 of its size", async () => {
    const page = await open("spectral-film", { reducedMotion: true });
    const film = page.locator("#spectral-film");
    const labels = (): Promise<string[]> => film.locator(".stage text").allTextContents();
    expect(await film.locator(".chapter").allInnerTexts()).toEqual(["Qᵀ", "Λ", "Q"]);
    await film.getByRole("button", { name: "Qᵀ" }).click();
    expect(await labels()).toContain("Qᵀx");
    await film.getByRole("button", { name: "Λ", exact: true }).click();
    expect(await labels()).toContain("ΛQᵀx");
    await film.getByRole("button", { name: "Play" }).click();
    await expect.poll(labels).toContain("Sx");
    for (const preset of ["one reverses", "one is lost", "both stretch"]) {
      await film.getByRole("button", { name: preset }).click();
      const said = await caption(page, "spectral-film");
      expect(said).toContain("its determinant is +1");
      const error = /within ([\d.]+) × 10⁻(\S+) of/.exec(said.replaceAll("\u00a0", " "));
      const power = error && Number([...error[2]!].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)).join(""));
      expect(error ? Number(error[1]) * 10 ** -power! : 0, said).toBeLessThanOrEqual(1e-15);
    }
    expect(await live(page, "spectral", "q11")).toBe("0.788");
    expect(await live(page, "spectral", "e1")).toBe("5.562");
    await film.getByRole("button", { name: "all alike" }).click();
    expect(await caption(page, "spectral-film")).toContain("any Q serves");
  });

  test("the film's vector is moved by hand and key", async () => {
    const page = await open("spectral-film", { fields: "S=4,2;2,3&x=1,0&t=3.3" });
    await page.locator("#spectral-film [data-handle=x]").focus();
    await page.keyboard.press("ArrowUp");
    expect(await page.locator("#spectral-film").getByLabel("x, row 2, column 1").inputValue()).toBe("0.1");
  });
});

test("an address puts a figure in its state, and a wrong one leaves it as it was", async () => {
  const page = await open("eigen-hunt", { fields: "A=3,-2;4,-1&d=45" });
  expect(await verdict(page)).toBe("no line");
  expect(await page.locator("#eigen-hunt-direction").inputValue()).toBe("45");
  const other = await open("right-angles", { fields: "A=1,2,3;4,5,6" });
  expect(await other.locator("#right-angles").getByLabel("S, row 1, column 1").inputValue()).toBe("4");
});

test.each([false, true])("axe finds nothing in both sections, dark: %s", async (dark) => {
  const page = await openPage("index.html", { dark });
  for (const id of FIGURES) await awaken(page, id);
  expect(await axeFaults(page, "#eigenvectors")).toEqual([]);
  expect(await axeFaults(page, "#spectral")).toEqual([]);
});

test("nothing sticks out of a narrow window", async () => {
  const page = await openPage("index.html", { width: 320, touch: true });
  for (const id of FIGURES) await awaken(page, id);
  expect(await overflowing(page)).toEqual([]);
});
