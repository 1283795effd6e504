// Draws dusk.png, the picture of the guide: node examples/data/dusk.mjs > examples/data/dusk.png

import { writePng } from "@eckart/formats";

const [rows, cols] = [180, 240];
const data = new Uint8Array(3 * rows * cols);
const smooth = (from, to, x) => {
  const t = Math.min(Math.max((x - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
};
const mix = (a, b, t) => a.map((x, c) => x + (b[c] - x) * t);
const ridge = (x, height, roughness) =>
  height + roughness * (14 * Math.sin(x / 31 + height) + 6 * Math.sin(x / 11.3) + 3 * Math.sin(x / 4.7 + height));

for (let y = 0; y < rows; y++)
  for (let x = 0; x < cols; x++) {
    let colour = mix([36, 42, 92], [246, 168, 108], smooth(0, 120, y));
    colour = mix(colour, [255, 233, 178], 0.9 * Math.exp(-((x - 168) ** 2 + (y - 84) ** 2) / 900));
    if (Math.hypot(x - 168, y - 84) < 17) colour = [255, 244, 214];
    const hills = [
      [104, 0.6, [118, 86, 118]],
      [128, 0.9, [74, 60, 96]],
      [152, 1.3, [38, 36, 62]],
    ];
    for (const [height, roughness, shade] of hills)
      if (y > ridge(x, height, roughness)) colour = mix(shade, [20, 20, 36], smooth(height, rows + 40, y));
    for (let c = 0; c < 3; c++) data[3 * (y * cols + x) + c] = Math.round(colour[c]);
  }

process.stdout.write(await writePng({ data, shape: [rows, cols, 3] }));
