// The singular values of the irises as a picture: node examples/04-draw-a-spectrum.mjs > spectrum.svg

import { fileURLToPath } from "node:url";
import { svdvals } from "eckart";
import { readMatrixFile } from "@eckart/formats/node";
import { spectrum, toSvg } from "@eckart/views";

const table = await readMatrixFile(fileURLToPath(new URL("data/iris.csv", import.meta.url)));
const figure = spectrum({ s: svdvals(table), title: "The singular values of 150 irises" });
process.stdout.write(toSvg(figure));
