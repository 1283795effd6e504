const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 320, 64, 44, 28];

/**
 * Time over n³ against n, both logarithmic, as an SVG: a flat line is a cost that grows as n³.
 * @param {readonly { n: number, seconds: number }[]} times
 */
export function costFigure(times) {
  const points = times.map(({ n, seconds }) => ({ n, cost: (seconds / n ** 3) * 1e9 }));
  const costs = points.map(({ cost }) => cost);
  const [low, high] = [2 ** Math.floor(Math.log2(Math.min(...costs))), 2 ** Math.ceil(Math.log2(Math.max(...costs)))];
  const [first, last] = [points[0]?.n ?? 1, points.at(-1)?.n ?? 2];
  const along = (/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ to) =>
    Math.log(value / from) / Math.log(to / from || Math.E);
  const x = (/** @type {number} */ n) => (LEFT + along(n, first, last) * (WIDTH - LEFT - 20)).toFixed(1);
  const y = (/** @type {number} */ cost) =>
    (HEIGHT - BOTTOM - along(cost, low, high) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const powers = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: Math.floor(Math.log2(to / from)) + 1 }, (_, i) => from * 2 ** i);
  const rows = powers(low, high).map(
    (cost) =>
      `<path d="M${LEFT} ${y(cost)}H${WIDTH - 20}" stroke="#8884"/><text x="${LEFT - 8}" y="${y(cost)}" text-anchor="end" dominant-baseline="middle">${Number(cost.toPrecision(2))}</text>`,
  );
  const columns = powers(first, last).map(
    (n) => `<text x="${x(n)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${n}</text>`,
  );
  const dots = points.map(({ n, cost }) => `<circle cx="${x(n)}" cy="${y(cost)}" r="2.5"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#777">`,
    `<title>Time of a full SVD over n³, in nanoseconds</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="16">time / n³, ns</text><text x="${WIDTH - 20}" y="${HEIGHT - 8}" text-anchor="end">n</text>`,
    ...rows,
    ...columns,
    `<g fill="#2563eb">${dots.join("")}</g>`,
    "</svg>\n",
  ].join("\n");
}
