// Principal components: the right singular vectors of a centred table are the directions in which it varies most.

import { fileURLToPath } from "node:url";
import { format, Matrix, svd } from "eckart";
import { readMatrixFile } from "@eckart/formats/node";

const table = Matrix.from(await readMatrixFile(fileURLToPath(new URL("data/iris.csv", import.meta.url))));
const [m, n] = table.shape;
const means = Array.from({ length: n }, (_, j) => table.col(j).reduce((sum, x) => sum + x, 0) / m);
const centred = table.toArray().map((row) => row.map((x, j) => x - means[j]));

const { s, Vt } = svd(centred);
const variances = Array.from(s, (sigma) => sigma ** 2 / (m - 1));
const total = variances.reduce((sum, x) => sum + x, 0);

console.log(`variance along each axis: ${format(variances)}`);
console.log(`share of the whole:       ${format(variances.map((x) => x / total))}`);
console.log(`first axis, in terms of sepal length and width, petal length and width:\n${format(Vt.row(0))}`);
