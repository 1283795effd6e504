// Longley's table is so nearly dependent that programs of 1967 lost every digit of its regression. The coefficients
// that the NIST Statistical Reference Datasets certify are beside ours.

import { fileURLToPath } from "node:url";
import { cond, lstsq, Matrix } from "eckart";
import { readMatrixFile } from "@eckart/formats/node";

const read = async (name) => Matrix.from(await readMatrixFile(fileURLToPath(new URL(`data/${name}`, import.meta.url))));
const A = await read("longley.csv");
const employed = await read("longley-employed.csv");
const certified = [
  -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
  1829.15146461355,
];

const { x } = lstsq(A, employed.col(0));
console.log(`condition number ${cond(A).toExponential(1)}`);
for (const [j, value] of certified.entries()) {
  const digits = -Math.log10(Math.max(Math.abs(x[j] / value - 1), 1e-15));
  console.log(
    `${String(x[j]).padStart(24)}   certified ${String(value).padStart(20)}   ${digits.toFixed(1)} digits agree`,
  );
}
