// A picture of low rank, colour by colour: what a rank costs in numbers, and what it loses.

import { readFile } from "node:fs/promises";
import { truncate } from "eckart";
import { readPng, toFloat } from "@eckart/formats";

const { data, shape } = toFloat(await readPng(await readFile(new URL("data/dusk.png", import.meta.url))));
const [m, n, channels] = shape;
const channel = (c) => ({ data, shape: [m, n], strides: [n * channels, channels], offset: c });

console.log("rank   numbers   share   relative error of red, green, blue");
for (const rank of [1, 2, 5, 10, 20, 50]) {
  const errors = [0, 1, 2].map((c) => truncate(channel(c), { rank }).relativeError.toFixed(4));
  const numbers = 3 * rank * (m + n + 1);
  const share = `${((100 * numbers) / (m * n * 3)).toFixed(1)} %`;
  console.log(`${String(rank).padStart(4)} ${String(numbers).padStart(9)} ${share.padStart(7)}   ${errors.join("  ")}`);
}
