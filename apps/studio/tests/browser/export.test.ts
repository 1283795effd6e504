import { buffer } from "node:stream/consumers";
import { svdFilm, svdReach, toSvg } from "@eckart/views";
import { rotateScaleRotate } from "eckart";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { linkTo } from "../../src/address/address.ts";
import { awaken, awakenAll, axeFaults, openPage, openProfile, overflowing, studio } from "./studio.ts";

// The film that is saved, made here once more: what files show is compared with it.
const A = [[1.2, 0.5], [-0.4, 0.9]]; // oxfmt-ignore
const map = rotateScaleRotate(A);
const film = svdFilm(map, { reach: svdReach(map), columns: [[1.2, -0.4], [0.5, 0.9]] }); // oxfmt-ignore
const picture = (seconds: number): string =>
  toSvg({ ...film, shapes: film.at(Math.min(seconds, film.duration)) }, { scheme: "light" });
/** Moments in all three steps, as frames of 1/30 and of 1/25 of a second. */
const MOMENTS = [0.4, 1.6, 2.8];

async function openHero(options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(linkTo("hero", { A: "1.2,0.5;-0.4,0.9", t: "2.1" }, "embed.html"), options);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".save").waitFor();
  return page;
}

/** Presses a button of the menu and takes the file. */
async function save(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".save").getByRole("button", { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: await buffer(await file.createReadStream()) };
}

type Kind = "image/png" | "image/gif" | "video/mp4" | "video/webm";

/** The frames of a file at some times, and pictures as they should be: how far the brightness of each frame is from each, in the mean. */
async function differences(
  page: Page,
  bytes: Buffer,
  kind: Kind,
  times: readonly number[],
  expected: readonly string[],
): Promise<{ width: number; height: number; seconds: number; distance: number[][] }> {
  return page.evaluate(
    async ({ data, kind, times, expected }) => {
      const file = new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type: kind });
      const brightness = (image: CanvasImageSource, width: number, height: number): Float64Array => {
        const context = new OffscreenCanvas(width, height).getContext("2d")!;
        context.drawImage(image, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        return Float64Array.from(
          { length: width * height },
          (_, i) => 0.2126 * data[4 * i]! + 0.7152 * data[4 * i + 1]! + 0.0722 * data[4 * i + 2]!,
        );
      };
      const frames: Float64Array[] = [];
      let [width, height, seconds] = [0, 0, 0];
      if (kind === "image/png") {
        const image = await createImageBitmap(file);
        ({ width, height } = image);
        frames.push(brightness(image, width, height));
      } else if (kind === "image/gif") {
        const decoder = new ImageDecoder({ data: file.stream(), type: kind });
        await decoder.completed;
        let next = 0;
        for (let i = 0; i < decoder.tracks.selectedTrack!.frameCount; i++) {
          const { image } = await decoder.decode({ frameIndex: i });
          ({ displayWidth: width, displayHeight: height } = image);
          const from = seconds;
          seconds += image.duration! / 1e6;
          for (; next < times.length && times[next]! < seconds && times[next]! >= from; next++)
            frames.push(brightness(image, width, height));
          image.close();
        }
      } else {
        const video = document.createElement("video");
        video.src = URL.createObjectURL(file);
        await new Promise((ready, fail) => {
          video.onloadeddata = ready;
          video.onerror = () => fail(new Error(video.error?.message));
        });
        ({ videoWidth: width, videoHeight: height, duration: seconds } = video);
        for (const time of times) {
          video.currentTime = time;
          await new Promise((found) => (video.onseeked = found));
          frames.push(brightness(video, width, height));
        }
      }
      const distance: number[][] = frames.map(() => []);
      for (const svg of expected) {
        const image = new Image();
        image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
        await image.decode();
        const right = brightness(image, width, height);
        for (const [i, frame] of frames.entries())
          distance[i]!.push(frame.reduce((sum, value, k) => sum + Math.abs(value - right[k]!), 0) / frame.length);
      }
      return { width, height, seconds, distance };
    },
    { data: bytes.toString("base64"), kind, times, expected },
  );
}

/** Each frame is the picture of its own time, and of none a tenth of a second away. */
async function expectFilm(page: Page, bytes: Buffer, kind: Kind): Promise<void> {
  const shifts = [-0.2, -0.1, 0, 0.1, 0.2];
  const { width, height, seconds, distance } = await differences(
    page,
    bytes,
    kind,
    // Between the beginning of a frame and that of the next.
    MOMENTS.map((time) => time + 0.015),
    MOMENTS.flatMap((time) => shifts.map((shift) => picture(time + shift))),
  );
  expect([width, height]).toEqual([720, 480]);
  expect(seconds).toBeCloseTo(film.duration + 1, 1);
  expect(distance).toHaveLength(MOMENTS.length);
  for (const [i] of MOMENTS.entries()) {
    const around = distance[i]!.slice(5 * i, 5 * i + 5);
    const said = around.map((d) => d.toFixed(2)).join(", ");
    expect(around[2], said).toBeLessThan(1.5);
    expect(around.indexOf(Math.min(...around)), said).toBe(2);
  }
}

test.each([
  ["MP4", "video/mp4", "mp4"],
  ["WebM", "video/webm", "webm"],
  ["GIF", "image/gif", "gif"],
] as const)("STU-13 the film saved as %s shows at each time what the film shows", async (button, kind, extension) => {
  // A video that is looked at here and there is not read to its end.
  const page = await openHero({ expected: /^not loaded: blob:.*ERR_ABORTED/ });
  await page.getByLabel("720").check();
  const { name, bytes } = await save(page, button);
  expect(name).toBe(`hero film A=[[1.2,0.5],[-0.4,0.9]].${extension}`);
  await expectFilm(page, bytes, kind);
  expect(await page.locator(".save [role=status]").textContent()).toMatch(/^Saved hero film .* [KM]B$/);
});

test("STU-13 the film saved as an SVG moves by itself and shows at each time what the film shows", async () => {
  const page = await openHero();
  const { bytes } = await save(page, "Animated SVG");
  const stand = await (await openProfile({ width: 720, height: 480 })).newPage();
  const shot = async (svg: string, seconds: number): Promise<Buffer> => {
    await stand.setContent(`<body style="margin:0">${svg}`);
    await stand.evaluate((time) => {
      const svg = document.querySelector("svg")!;
      svg.pauseAnimations();
      svg.setCurrentTime(time);
    }, seconds);
    return stand.screenshot();
  };
  // Samples lie 1/25 of a second apart, and the eye between two of them is led on straight.
  for (const time of [0, ...MOMENTS, 3.3, 4]) {
    const { distance } = await differences(page, await shot(bytes.toString(), time), "image/png", [], [picture(time)]);
    expect(distance[0]![0], `at ${time}`).toBeLessThan(0.5);
  }
});

test("STU-13 the picture of the moment is saved as SVG and PNG, in the size and the colours that are asked for", async () => {
  const page = await openHero({ dark: true });
  const svg = await save(page, "SVG");
  expect(svg.name).toBe("hero A=[[1.2,0.5],[-0.4,0.9]] t=2.1.svg");
  const text = svg.bytes.toString();
  expect(text).toContain(`<title>${film.title}</title>`);
  expect(text).toContain(`<desc>${film.description.slice(0, 20)}`);
  expect(text).toContain(".f-page{fill:#14161A}");

  await page.getByLabel("light").check();
  const png = await save(page, "PNG");
  expect(png.name).toBe("hero A=[[1.2,0.5],[-0.4,0.9]] t=2.1.png");
  const { width, height, distance } = await differences(page, png.bytes, "image/png", [], [2.1, 1.5].map(picture));
  expect([width, height]).toEqual([1440, 960]);
  expect(distance[0]![0], String(distance[0])).toBeLessThan(1);
  expect(distance[0]![1], String(distance[0])).toBeGreaterThan(2 * distance[0]![0]!);

  await page.getByLabel("Page behind pictures").uncheck();
  await page.getByLabel("Title and description above").check();
  await page.getByLabel("720").check();
  const { bytes } = await save(page, "PNG");
  const [w, h] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  expect(w).toBe(720);
  expect(h).toBeGreaterThan(540);
  const clear = await page.evaluate(async (data) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))]));
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    return pixels.filter((value, i) => i % 4 === 3 && value === 0).length / (image.width * image.height);
  }, bytes.toString("base64"));
  expect(clear).toBeGreaterThan(0.5);
  expect(clear).toBeLessThan(1);
});

test("STU-13 encoders are fetched when a film is saved, and not before", async () => {
  const profile = await openProfile();
  const page = await profile.newPage();
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(`${studio}/${linkTo("hero", {}, "embed.html")}`);
  const has = (chunk: string): boolean => fetched.some((url) => url.includes(`/${chunk}-`));
  await page.getByRole("button", { name: "Save", exact: true }).waitFor();
  expect(["SaveMenu", "gif", "video"].filter(has)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByLabel("720").check();
  await save(page, "PNG");
  expect(["SaveMenu", "gif", "video"].filter(has)).toEqual(["SaveMenu"]);
  await save(page, "GIF");
  expect(["SaveMenu", "gif", "video"].filter(has)).toEqual(["SaveMenu", "gif"]);
});

test("STU-13 a film that is given up leaves no file, and the next one is saved", async () => {
  const page = await openHero();
  await page.getByLabel("2880").check();
  let files = 0;
  page.on("download", () => files++);
  await page.getByRole("button", { name: "MP4" }).click();
  await page.getByRole("progressbar").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => page.locator(".save [role=status]").textContent()).toBe("Nothing saved");
  expect(files).toBe(0);
  await page.getByLabel("720").check();
  expect((await save(page, "GIF")).bytes.subarray(0, 6).toString()).toBe("GIF89a");
});

test("STU-13 a browser without encoders says so, and offers what works", async () => {
  const profile = await openProfile();
  const page = await profile.newPage();
  await page.addInitScript(() => delete (window as { VideoEncoder?: unknown }).VideoEncoder);
  await page.goto(`${studio}/${linkTo("hero", {}, "embed.html")}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("This browser encodes no video here").waitFor();
  expect(await page.getByRole("button", { name: "MP4" }).isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: "WebM" }).isDisabled()).toBe(true);
  expect((await save(page, "Animated SVG")).bytes.toString()).toContain("<animate ");
});

test("STU-5 the menu is opened, used and closed from the keyboard", async () => {
  const page = await openPage(linkTo("hero", {}, "embed.html"));
  const button = page.getByRole("button", { name: "Save", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.locator(".save").waitFor();
  await page.keyboard.press("Tab");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toMatch(/^hero .*\.svg$/);
  await page.keyboard.press("Escape");
  expect(await page.locator(".save").count()).toBe(0);
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});

test.each([
  [1280, false],
  [320, true],
])("STU-4 axe finds nothing in the menu, %i pixels wide, and it fits", async (width, dark) => {
  const page = await openPage(linkTo("hero", {}, "embed.html"), { width, dark });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".save").waitFor();
  expect(await axeFaults(page, ".save")).toEqual([]);
  expect(await overflowing(page)).toEqual([]);
  const low = await page
    .locator(".save :is(button, label)")
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent));
  expect(low).toEqual([]);
});

test("STU-13 every picture of the lesson can be saved", async () => {
  const page = await openPage();
  await awakenAll(page);
  const figures = await page.locator("figure[data-figure]:has(.stage)").evaluateAll((all) => all.map(({ id }) => id));
  expect(figures.length).toBeGreaterThan(15);
  const faults: string[] = [];
  for (const id of figures) {
    await awaken(page, id);
    const figure = page.locator(`figure[id="${id}"]`);
    const open = figure.getByRole("button", { name: "Save", exact: true });
    if ((await open.count()) === 0) {
      faults.push(`${id} has nothing to save`);
      continue;
    }
    await open.click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      figure.locator(".save").getByRole("button", { name: "SVG", exact: true }).click(),
    ]);
    const svg = (await buffer(await file.createReadStream())).toString();
    const marks = svg.match(/<(path|circle|text) /g)?.length ?? 0;
    if (marks < 3) faults.push(`${id} has ${marks} marks`);
    if (/NaN|undefined/.test(svg)) faults.push(`${id} has marks nowhere`);
    if (!/<title>.+<\/title>\n<desc>.+<\/desc>/s.test(svg)) faults.push(`${id} is not described`);
    await open.click();
  }
  expect(faults).toEqual([]);
});
