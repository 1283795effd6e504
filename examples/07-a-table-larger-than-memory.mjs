// A table that comes row by row: its singular values, without ever holding more than a block of it.

import { fileURLToPath } from "node:url";
import { Random, SvdStream } from "eckart";
import { readRowBlocksFile } from "@eckart/formats/node";

const irises = new SvdStream(4);
const path = fileURLToPath(new URL("data/iris.csv", import.meta.url));
for await (const block of readRowBlocksFile(path, { rows: 32 })) irises.push(block);
console.log(`irises, ${irises.rows} rows: ${Array.from(irises.svd().s, (x) => x.toFixed(3)).join(", ")}`);

// 100 000 rows that nobody has written down, in two parts that are merged.
const part = (seed, rows) => {
  const random = new Random(seed);
  const stream = new SvdStream(20);
  for (let row = 0; row < rows; row += 1000) stream.push(random.normalMatrix(1000, 20));
  return stream;
};
const whole = part(1, 60_000).merge(part(2, 40_000));
const { s } = whole.svd();
console.log(`${whole.rows} rows of noise: every value near √rows = ${Math.sqrt(whole.rows).toFixed(1)}`);
console.log(`largest ${s[0].toFixed(1)}, smallest ${s[19].toFixed(1)}`);
