// Files in the page: a table as text, and the same numbers packed as npy by the library itself.

import { readMatrix, toFloat, writeMatrix } from "@eckart/formats";

const table = toFloat(await readMatrix("x,y\n3,0.5\n-1,4\n", { format: "csv" }));
const packed = await writeMatrix(table, { format: "npy" });
const again = toFloat(await readMatrix(new Blob([packed])));
console.log(JSON.stringify({ shape: again.shape, data: Array.from(again.data) }));
