import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJpeg, readPng, writePng } from "@eckart/formats";
import { ask, eckart, folder } from "./eckart.ts";

const dir = folder();
const [ROWS, COLS] = [24, 30];

/** A picture whose channels have rank 2. */
const picture = (channels: number, white: 255 | 65535): { data: Uint8Array | Uint16Array; shape: number[] } => {
  const data = white === 255 ? new Uint8Array(ROWS * COLS * channels) : new Uint16Array(ROWS * COLS * channels);
  for (let i = 0; i < ROWS; i++)
    for (let j = 0; j < COLS; j++)
      for (let c = 0; c < channels; c++)
        data[(i * COLS + j) * channels + c] = (white / 255) * (i * (c + 2) + (j % (c + 3)) * 9 + 20);
  return { data, shape: channels === 1 ? [ROWS, COLS] : [ROWS, COLS, channels] };
};

const save = async (name: string, channels: number, white: 255 | 65535 = 255): Promise<string> => {
  const path = join(dir, name);
  writeFileSync(path, await writePng(picture(channels, white) as never));
  return path;
};

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));

test.each([
  ["grey", 1, 255],
  ["colour", 3, 255],
  ["colour of 16 bits", 3, 65535],
  ["colour with transparency", 4, 255],
] as const)("CLI-11 lowrank gives back a picture of rank 2: %s", async (_, channels, white) => {
  const input = await save("in.png", channels, white);
  const output = join(dir, "out.png");
  const { code, stdout, stderr } = eckart(["lowrank", input, "--rank", "2", "-o", output]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  const numbers = 2 * (ROWS + COLS + 1) * Math.min(channels, 3);
  expect(stderr).toMatch(/rank 2 of 24, energy kept (100|99\.99) %, relative error /);
  expect(stderr).toContain(`${numbers} numbers for ${ROWS * COLS * Math.min(channels, 3)}`);
  expect(stderr).toMatch(/wrote .*out\.png \(\d+ bytes\)/);
  expect(stderr.includes("transparency stays")).toBe(channels === 4);
  const back = await readPng(readFileSync(output));
  const expected = picture(channels, white);
  expect(back.shape).toEqual(expected.shape);
  expect(back.dtype).toBe(white === 255 ? "u8" : "u16");
  expect(furthest(back.data as Uint8Array, expected.data)).toBeLessThanOrEqual(1);
});

test("CLI-11 energy and error choose the rank of every channel, and the document tells", async () => {
  const input = await save("some.png", 3);
  const found = (...args: string[]) =>
    JSON.parse(eckart(["lowrank", input, ...args, "--json", "-o", join(dir, "x.png")]).stdout) as {
      result: { rank: number[]; energy: number; parameters: number; share: number };
      accuracy: { relativeError: number };
    };
  const close = found("--tol", "0.01");
  expect(close.accuracy.relativeError).toBeLessThanOrEqual(0.01);
  expect(close.result.rank).toHaveLength(3);
  expect(close.result.parameters).toBe(close.result.rank.reduce((sum, r) => sum + r, 0) * (ROWS + COLS + 1));
  expect(found("--energy", "80%").result.energy).toBeGreaterThanOrEqual(0.8);
  expect(eckart(["lowrank", input, "--rank", "1", "--tol", "1e-9", "-o", join(dir, "y.png")]).code).toBe(4);
});

test.each([1, 2, 3, 4])(
  "info tells the size, the channels and the depth of a picture of %d channels",
  async (channels) => {
    const path = await save("info.png", channels);
    const { picture: found } = (
      JSON.parse((await ask(["info", path, "--json"])).stdout) as { result: { picture: object } }
    ).result;
    const names = ["red", "green", "blue", "alpha"];
    expect(found).toEqual({
      width: COLS,
      height: ROWS,
      channels: channels < 3 ? ["grey", "alpha"].slice(0, channels) : names.slice(0, channels),
      depth: 8,
    });
  },
);

test("CLI-11 --explain counts the work of every colour, and none for transparency", async () => {
  const flops = async (channels: number): Promise<number> => {
    const { stdout } = await ask(["lowrank", await save("p.png", channels), "--rank", "2", "--explain", "--json"]);
    return (JSON.parse(stdout) as { plan: { flops: number } }).plan.flops;
  };
  const grey = await flops(1);
  expect([await flops(2), await flops(3), await flops(4)]).toEqual([grey, 3 * grey, 3 * grey]);
});

test("CLI-11 the extension says PNG or JPEG; a report names the channels; npz holds the factors", async () => {
  const input = await save("photo.png", 3);
  const output = join(dir, "photo.jpg");
  expect(eckart(["lowrank", input, "--rank", "3", "-o", output]).code).toBe(0);
  expect((await readJpeg(readFileSync(output))).shape).toEqual([ROWS, COLS, 3]);
  expect(eckart(["lowrank", output, "--rank", "1", "--format", "text"]).stdout).toMatch(
    /channel +rank +energy kept[^]*red +1 [^]*green +1 [^]*blue +1 /,
  );
  const npz = join(dir, "photo.npz");
  eckart(["lowrank", input, "--rank", "2", "-o", npz]);
  expect(eckart(["info", npz]).stdout).toMatch(/A +24 × 30 × 3[^]*U_red +24 × 2[^]*Vt_blue +2 × 30/);
  const pipe = eckart(["lowrank", input, "--rank", "2"]);
  expect(pipe).toMatchObject({ code: 2, stdout: "" });
  expect(pipe.stderr).toMatch(/csv holds a matrix, not 24 × 30 × 3\n {2}next: -o FILE\.png/);
  // Every other command sees the brightness, a matrix.
  expect(eckart(["svd", input, "--values"]).stdout.trim().split("\n")).toHaveLength(24);
});
