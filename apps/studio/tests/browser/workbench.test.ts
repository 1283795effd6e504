import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  writeCsv,
  writeMatrixMarket,
  writeNpy,
  writeNpz,
  writePng,
  writeSafetensors,
  readNpz,
  readPng,
} from "@eckart/formats";
import type { Download, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { awaken, axeFaults, openPage, overflowing, type PageOptions } from "./studio.ts";

const VIEWS = ["overview", "svd", "eig", "factors", "solve", "geometry", "components"] as const;

async function openBench(state = "", options: PageOptions = {}): Promise<Page> {
  const page = await openPage(`workbench.html${state && `#workbench:v=1&${state}`}`, options);
  await page.locator("[data-island=workbench][data-awake]").waitFor({ state: "attached" });
  return page;
}

interface GivenFile {
  name: string;
  content: Uint8Array | string;
}

async function give(page: Page, { name, content }: GivenFile): Promise<void> {
  await page.locator("#bench-file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });
}

const tab = (page: Page, name: string): Promise<void> => page.getByRole("tab", { name }).click();
const printed = (page: Page, part: string): Promise<string> =>
  page.locator(`[aria-label="${part}, printed"]`).first().innerText();
const shape = (page: Page): Promise<string> => page.locator("#bench-overview h3").innerText();
const entries = (page: Page): Promise<string[]> =>
  page.locator(".grid-scroll input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
const paste = (page: Page, text: string, where = "body"): Promise<void> =>
  page
    .locator(where)
    .first()
    .evaluate((element, pasted) => {
      const data = new DataTransfer();
      data.setData("text", pasted);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);

describe("STU-14 a matrix from anywhere", () => {
  test("typed entry by entry, wider, transposed", async () => {
    const page = await openBench();
    await page.getByLabel("A, row 1, column 1").fill("4");
    await page.getByRole("button", { name: "more columns" }).click();
    await page.getByLabel("A, row 2, column 4").fill("-0.5");
    await page.getByRole("button", { name: "Transpose" }).click();
    expect(await entries(page)).toEqual(["4", "2", "2", "3", "2", "−2", "0", "−0.5"]);
    expect(await shape(page)).toContain("4 × 2");
  });

  test.each([
    ["a spreadsheet", "1\t2,5\n3\t4\n", ["1", "2.5", "3", "4"]],
    ["NumPy", "np.array([[1., 2.5], [3., 4.]])", ["1", "2.5", "3", "4"]],
    ["LaTeX", "\\begin{bmatrix} 1 & 2.5 \\\\ 3 & 4 \\end{bmatrix}", ["1", "2.5", "3", "4"]],
    ["MATLAB", "[1 2.5; 3 4]", ["1", "2.5", "3", "4"]],
  ])("pasted from %s: on the page, into an entry, as text", async (_, text, wanted) => {
    const page = await openBench("of=shear");
    await paste(page, text);
    await expect.poll(() => entries(page)).toEqual(wanted);
    await page.getByLabel("Example").selectOption("shear");
    await paste(page, text, ".grid-scroll input");
    await expect.poll(() => entries(page)).toEqual(wanted);
    await page.getByLabel("Example").selectOption("shear");
    await page.locator(".as-text summary").click();
    await page.locator("#bench-text").fill(text);
    await expect.poll(() => entries(page)).toEqual(wanted);
  });

  const rows = [[1, 2], [3, 4], [5, 6.5]]; // oxfmt-ignore
  test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ["a.csv", () => writeCsv(rows)],
    ["a.npy", () => writeNpy(rows, { fortranOrder: true })],
    ["a.npz", () => writeNpz({ first: [1, 2, 3], second: rows })],
    ["a.mtx", () => writeMatrixMarket(rows)],
    ["a.safetensors", () => writeSafetensors({ weight: { data: Float32Array.from(rows.flat()), shape: [3, 2] } })],
  ])("a file %s", async (name, content) => {
    const page = await openBench();
    await give(page, { name, content: await content() });
    await expect.poll(() => entries(page)).toEqual(["1", "2", "3", "4", "5", "6.5"]);
  });

  test("another array of an archive is chosen", async () => {
    const page = await openBench();
    await give(page, { name: "a.npz", content: writeNpz({ first: [[1, 2]], second: [[7, 8]] }) });
    await page.getByLabel("Array").selectOption("second");
    await expect.poll(() => entries(page)).toEqual(["7", "8"]);
  });
});

describe("STU-15 every decomposition, or the reason why there is none", () => {
  test("SVD of the lesson's cell: numbers, proof and picture", async () => {
    const page = await openBench("A=3,2,2;2,3,-2&view=svd");
    await expect.poll(() => printed(page, "s")).toBe("[5. 3.]");
    expect(await printed(page, "Vt")).toContain("0.942809");
    const proof = await page.locator(".proof").innerText();
    expect(proof).toMatch(/as exact as it can be/);
    expect(proof).toMatch(/Every singular value of A is within \d/);
    expect(await page.locator("#bench-spectrum-title").textContent()).toBe("Singular values");
  });

  test("layers: the error that is said is that of the numbers shown", async () => {
    const page = await openBench("A=3,2,2;2,3,-2&view=svd");
    await page.getByLabel("rank r").focus();
    await page.keyboard.press("Home");
    expect(await page.locator(".layers .about").innerText()).toMatch(/relative error 100 %, spectral error σ₁ = 5/);
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".layers .about").innerText()).toMatch(/73.52 % of the energy; relative error 51.45 %/);
  });

  test("a singular matrix has no inverse, an indefinite one no Cholesky factor, and both are told", async () => {
    const page = await openBench("A=1,2;2,4&view=solve");
    await expect.poll(() => page.locator("#bench-inv .missing").innerText()).toMatch(/rank is 1 of 2/);
    expect(await printed(page, "pinv")).toContain("0.04");
    await tab(page, "Factorisations");
    await expect.poll(() => page.locator("#bench-cholesky .missing").innerText()).toMatch(/not positive definite/);
    await tab(page, "Eigenvalues");
    await expect.poll(() => page.locator("#bench-eig").innerText()).toMatch(/semidefinite/);
  });

  test("least squares with a right-hand side, and what is wrong with one", async () => {
    const page = await openBench("A=1,0;1,1;1,2&view=solve&b=1 3 5");
    await expect.poll(() => printed(page, "x")).toBe("[[1.]\n [2.]]");
    await page.locator("#bench-b").fill("1 x 5");
    await expect
      .poll(() => page.locator("#bench-lstsq .missing").innerText())
      .toMatch(/column 2: expected a finite number, got “x”/);
    await page.locator("#bench-b").fill("1 2");
    await expect.poll(() => page.locator("#bench-lstsq .missing").innerText()).toMatch(/b has 1 rows, and A has 3/);
  });

  test("a map of the plane is moved by hand, and the matrix follows", async () => {
    const page = await openBench("of=shear&view=geometry");
    await page.locator("[data-handle=a2]").focus();
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => entries(page)).toEqual(["1", "1", "0", "1.1"]);
  });

  test("a matrix that takes a while is computed in a worker, with progress, and can be stopped", async () => {
    const page = await openBench();
    // Stopped from within the page, the moment it can be: a computation does not wait for a test.
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const stop = document.querySelector<HTMLElement>("#bench-svd .progress button");
        if (!stop) return;
        seen.disconnect();
        document.body.dataset["progress"] = document.querySelector("#bench-svd .progress label")!.textContent!;
        stop.click();
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    const n = 800;
    const data = Float64Array.from({ length: n * n }, (_, k) => (Math.sin(k * 12.9898) * 43758.5453) % 1);
    await give(page, { name: "large.npy", content: writeNpy({ data, shape: [n, n] }) });
    await tab(page, "SVD");
    await page.locator("#bench-svd").getByRole("button", { name: "Compute" }).click();
    expect(await page.evaluate(() => document.body.dataset["progress"])).toMatch(/^Computing: [a-z]/);
    await page.locator(".proof").waitFor({ timeout: 100_000 });
    expect(await page.locator(".proof").getAttribute("data-accepted")).toBe("true");
  });
});

describe("STU-16 what is hostile or no matrix is said in a sentence and changes nothing", () => {
  const png = Buffer.from(readFileSync(fileURLToPath(new URL("../../../../examples/data/dusk.png", import.meta.url))));
  const huge = Buffer.from(png);
  huge.writeUInt32BE(200_000, 16);
  const cases: [string, GivenFile, RegExp][] = [
    ["text", { name: "a.csv", content: "x,y\n1,2\n3,<img src=x onerror=alert(1)>\n" }, /a\.csv: line 3, column 2 \("y"\): expected a number, got "<img src/],
    ["NaN", { name: "a.npy", content: writeNpy([[1, NaN]]) }, /a\.npy: .*NaN; expected finite numbers/],
    ["a huge shape", { name: "a.npy", content: Buffer.from(Buffer.from(writeNpy([[1, 2]])).toString("latin1").replace("(1, 2)", "(9999999, 9999999)"), "latin1") }, /a\.npy: /],
    ["a cube", { name: "a.npy", content: writeNpy({ data: new Float64Array(8), shape: [2, 2, 2] }) }, /a\.npy: expected a matrix, got an array of shape 2 × 2 × 2/],
    ["complex numbers", { name: "a.npy", content: writeNpy({ data: Float64Array.of(1, 2), shape: [1, 1], dtype: "c128" }) }, /a\.npy: .*complex/],
    ["a damaged picture", { name: "a.png", content: png.subarray(0, 5000) }, /a\.png: byte/],
    ["a picture that lies about its size", { name: "a.png", content: huge }, /a\.png: /],
    ["an empty file", { name: "a.csv", content: "" }, /a\.csv: /],
    ["a program", { name: "a.exe", content: Buffer.from([77, 90, 144, 0, 3, 0, 0, 0]) }, /a\.exe: /],
  ]; // oxfmt-ignore
  test.each(cases)("%s", async (_, file, message) => {
    const page = await openBench("of=shear");
    await give(page, file);
    await expect.poll(() => page.locator(".source [role=alert]").innerText()).toMatch(message);
    expect(await entries(page)).toEqual(["1", "1", "0", "1"]);
    expect(await page.locator("img").count()).toBe(0);
  });

  test("pasted text that is no matrix", async () => {
    const page = await openBench("of=shear");
    await paste(page, "1 2\n3 <script>alert(1)</script>");
    await expect
      .poll(() => page.locator(".source [role=alert]").innerText())
      .toMatch(/Row 2, .*expected a finite number|Row 2 has/);
    expect(await entries(page)).toEqual(["1", "1", "0", "1"]);
  });

  test.each(["A=1,2;3", "A=<script>", "z=AAAA", "of=none&view=none", "A=1e400"])(
    "an address that means nothing: %s",
    async (state) => {
      const page = await openBench(state);
      expect(await entries(page)).toEqual(["3", "2", "2", "2", "3", "−2"]);
    },
  );
});

describe("STU-17 pictures", () => {
  test("are compressed by rank or error, with a proof, and saved", async () => {
    const page = await openBench("of=dusk");
    const facts = page.locator(".compressor .facts");
    await expect.poll(() => facts.innerText(), { timeout: 20_000 }).toMatch(/25 260 of 129 600/);
    await expect.poll(() => page.locator(".certificate").innerText(), { timeout: 20_000 }).toMatch(/Proved/);
    const [, atMost, least] = /at most ([\d.]+) %.*nearer than ([\d.]+) %/.exec(
      await page.locator(".certificate").innerText(),
    )!;
    const [, error] = /relative error\s+([\d.]+)/.exec(await facts.innerText())!;
    expect(Number(least)).toBeLessThanOrEqual(Number(atMost));
    expect(Math.abs(Number(error) - Number(atMost))).toBeLessThan(0.001);
    await page.getByLabel("largest error").check();
    await page.getByLabel("largest relative error in per cent").fill("1");
    await expect
      .poll(async () => Number(/relative error\s+([\d.]+)/.exec(await facts.innerText())![1]))
      .toBeLessThanOrEqual(1);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as PNG" }).click(),
    ]);
    const written = await readPng(await saved(download));
    expect(written.shape).toEqual([180, 240, 3]);
    const original = await readPng(new Uint8Array(png("dusk.png")));
    let [miss, all] = [0, 0];
    original.data.forEach((level, k) => {
      miss += (Number(level) - Number(written.data[k])) ** 2;
      all += Number(level) ** 2;
    });
    expect(Math.sqrt(miss / all), "the saved picture is as near as was said").toBeLessThan(0.0105);
  });

  test("opacity and sixteen bits are kept; the divider and the original obey the keyboard", async () => {
    const page = await openBench();
    const data = Uint16Array.from({ length: 8 * 6 * 2 }, (_, k) => (k % 2 === 0 ? 700 * k : 60_000 - k));
    await give(page, { name: "veil.png", content: await writePng({ data, shape: [8, 6, 2] }) });
    await expect
      .poll(() => page.locator(".compressor .about").first().innerText())
      .toMatch(/6 × 8 pixels, one channel, 16 bits, opacity kept/);
    await page.locator(".compressor .facts").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as PNG" }).click(),
    ]);
    const written = await readPng(await saved(download));
    expect([written.shape, written.dtype]).toEqual([[8, 6, 2], "u16"]);
    written.data.forEach((level, k) => expect(Math.abs(Number(level) - data[k]!)).toBeLessThanOrEqual(1));
    await page.locator(".divider").focus();
    await page.keyboard.press("End");
    const split = (): Promise<string> =>
      page.locator(".divided").evaluate((element) => element.style.getPropertyValue("--split"));
    expect(await split()).toBe("100%");
    await page.keyboard.press("Home");
    expect(await split()).toBe("0%");
    await page.getByRole("button", { name: "Hold for the original" }).focus();
    await page.keyboard.down(" ");
    await expect.poll(split).toBe("100%");
    await page.keyboard.up(" ");
    await expect.poll(split).toBe("0%");
  });

  test("row 13.2: the figure of the lesson, linked to by rank, and with a picture of one's own", async () => {
    const page = await openPage("index.html#compress-picture:v=1&r=8");
    await awaken(page, "compress-picture");
    const caption = page.locator("#compress-picture .caption");
    await expect
      .poll(() => caption.innerText(), { timeout: 20_000 })
      .toMatch(/Rank 8 keeps 99.81 % of the energy in 7.80 % of the numbers/);
    const flat = await writePng({ data: new Uint8Array(30 * 20).fill(90), shape: [30, 20] });
    await page
      .locator("#compress-picture-file")
      .setInputFiles({ name: "flat.png", mimeType: "", buffer: Buffer.from(flat) });
    await expect
      .poll(() => page.locator("#compress-picture .about").first().innerText())
      .toMatch(/20 × 30 pixels, one channel/);
    await page.locator("#compress-picture-work-rank").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => caption.innerText()).toMatch(/Rank 1 keeps 100 %/);
    await page
      .locator("#compress-picture-file")
      .setInputFiles({ name: "a.csv", mimeType: "", buffer: Buffer.from("1,2") });
    await expect
      .poll(() => page.locator("#compress-picture [role=alert]").innerText())
      .toMatch(/a.csv: expected a PNG or JPEG picture/);
  });

  test("a large one is searched in workers with progress; the page answers meanwhile, and Stop ends it", async () => {
    const page = await openBench();
    // Watched and stopped from within the page: a computation does not wait for a test.
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const stop = [...document.querySelectorAll<HTMLButtonElement>(".compressor button")].find(
          (button) => button.textContent === "Stop",
        );
        if (!stop) return;
        seen.disconnect();
        const end = performance.now() + 400;
        let frames = 0;
        const count = (): void => {
          frames++;
          if (performance.now() < end) requestAnimationFrame(count);
          else {
            document.body.dataset["frames"] = String(frames);
            stop.click();
          }
        };
        requestAnimationFrame(count);
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    const [m, n] = [2000, 2400];
    const data = Uint8Array.from(
      { length: m * n * 3 },
      (_, k) => 128 + 90 * Math.sin(k / 5000) * Math.cos((k % (3 * n)) / 700) + ((k * 7919) % 17),
    );
    await give(page, { name: "large.png", content: await writePng({ data, shape: [m, n, 3] }) });
    await page.locator("body[data-frames]").waitFor({ state: "attached", timeout: 60_000 });
    const frames = Number(await page.locator("body").getAttribute("data-frames"));
    expect(frames, "frames in 0.4 s while it computes").toBeGreaterThan(2);
    await page.getByRole("button", { name: "Decompose again" }).click();
    await page.locator(".compressor .facts").waitFor({ timeout: 90_000 });
    expect(await page.locator(".compressor").innerText()).toMatch(
      /randomizedSvd, the 100 largest values, in single precision/,
    );
  });
});

describe("STU-18 tables", () => {
  test("the irises: classes by shape, loadings, a row by its name", async () => {
    const page = await openBench("of=iris&view=components");
    await expect.poll(() => page.locator("#bench-scatter-title").textContent()).toMatch(/150 points in 3 classes/);
    expect(await page.locator(".loadings tr").nth(1).innerText()).toMatch(/sepal length\s+0.361/);
    await page.locator("#bench-scatter-row").focus();
    await page.keyboard.press("End");
    expect(await page.locator(".named").innerText()).toMatch(/^row 150, virginica: /);
    const misses = async (): Promise<number> =>
      Number(/misses itself by ([\d.]+)/.exec(await page.locator(".results").innerText())![1]);
    const before = await misses();
    await page.locator("#bench-kept").focus();
    await page.keyboard.press("End");
    expect(before).toBeGreaterThan(10);
    expect(await misses()).toBe(0);
    await page.getByLabel("Standardise the columns").check();
    await expect.poll(() => page.locator(".loadings").innerText()).toMatch(/72.9 %/);
  });
});

describe("STU-19 what comes out", () => {
  test("copied for NumPy, LaTeX, TypeScript and CSV, and saved for np.load", async () => {
    const page = await openBench("A=3,2,2;2,3,-2&view=svd");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = async (language: string): Promise<string> => {
      await page.getByRole("button", { name: "Copy or save A" }).click();
      await page.locator("#bench-A-menu").getByRole("button", { name: language }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied("NumPy")).toBe("A = np.array([[3, 2, 2],\n              [2, 3, -2]])\n");
    expect(await copied("LaTeX")).toMatch(/\\begin\{bmatrix\}/);
    expect(await copied("TypeScript")).toBe("const A = [\n  [3, 2, 2],\n  [2, 3, -2],\n];\n");
    expect(await copied("CSV")).toBe("3,2,2\n2,3,-2\n");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download U, s, Vt" }).click(),
    ]);
    const file = await saved(download);
    const s = await readNpz(file, { entry: "s" });
    expect([...s.data].map(Number).map((x) => Math.round(x * 1e12) / 1e12)).toEqual([5, 3]);
    expect((await readNpz(file, { entry: "Vt" })).shape).toEqual([2, 3]);
  });

  test("a link brings back the matrix and the view", async () => {
    const page = await openBench();
    await page.getByLabel("A, row 1, column 1").fill("0.1");
    await tab(page, "SVD");
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("#workbench:v=1&A=0.1,2,2;2,3,-2&view=svd");
    await page.reload();
    await expect.poll(() => entries(page)).toEqual(["0.1", "2", "2", "2", "3", "−2"]);
    expect(await page.getByRole("tab", { name: "SVD" }).getAttribute("aria-selected")).toBe("true");
  });
});

describe("the bench on any screen", () => {
  for (const view of VIEWS)
    test.each([320, 390, 3840])(`STU-6 ${view} fits a window %i pixels wide`, async (width) => {
      const page = await openBench(`of=${view === "geometry" ? "tall" : "iris"}&view=${view}`, { width });
      await page.locator(".results :is(.facts, .stage, .missing)").first().waitFor();
      expect(await overflowing(page)).toEqual([]);
    });

  test.each([false, true])("STU-4 satisfies axe in every view, dark: %s", async (dark) => {
    const page = await openBench("of=symmetric", { dark });
    for (const name of ["Overview", "SVD", "Eigenvalues", "Factorisations", "Systems", "Geometry", "Components"]) {
      await tab(page, name);
      await page.locator(".results :is(.facts, .stage)").first().waitFor();
      expect(await axeFaults(page), name).toEqual([]);
    }
    await page.getByLabel("Example").selectOption("dusk");
    await page.locator(".compressor .facts").waitFor();
    expect(await axeFaults(page), "picture").toEqual([]);
  });
});

/** The bytes of a file that the page saved. */
async function saved(download: Download): Promise<Uint8Array> {
  const path = join(mkdtempSync(join(tmpdir(), "saved-")), "file");
  await download.saveAs(path);
  return new Uint8Array(readFileSync(path));
}

function png(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../../../examples/data/${name}`, import.meta.url)));
}
