/**
 * The means of blocks of a row-major matrix: as many as `to` blocks of rows, each row by itself where there are no more.
 *
 * What a screen shows of a large picture is such means of it, and those of U·diag(s)·Vᵀ are those of U's rows times those of
 * V's: the approximation need not be formed at its full size.
 */
export function meansOfRows(
  data: ArrayLike<number>,
  rows: number,
  cols: number,
  to: number,
): Float32Array<ArrayBuffer> {
  const means = new Float32Array(to * cols);
  for (let block = 0; block < to; block++) {
    const [from, end] = blockOf(block, rows, to);
    for (let i = from; i < end; i++)
      for (let j = 0; j < cols; j++) means[block * cols + j]! += data[i * cols + j]! / (end - from);
  }
  return means;
}

/** The same of the columns. */
export function meansOfColumns(
  data: ArrayLike<number>,
  rows: number,
  cols: number,
  to: number,
): Float32Array<ArrayBuffer> {
  const means = new Float32Array(rows * to);
  const blocks = Array.from({ length: to }, (_, block) => blockOf(block, cols, to));
  for (let i = 0; i < rows; i++)
    blocks.forEach(([from, end], block) => {
      let sum = 0;
      for (let j = from; j < end; j++) sum += data[i * cols + j]!;
      means[i * to + block] = sum / (end - from);
    });
  return means;
}

/** Means of blocks of a matrix, as many as `high` × `wide`; itself where there are as many entries. */
export function shrunk(
  data: Float32Array<ArrayBuffer>,
  [rows, cols]: readonly [number, number],
  [high, wide]: readonly [number, number],
): Float32Array<ArrayBuffer> {
  if (high === rows && wide === cols) return data;
  return meansOfColumns(meansOfRows(data, rows, cols, high), high, cols, wide);
}

const blockOf = (block: number, size: number, count: number): readonly [number, number] => [
  Math.floor((block * size) / count),
  Math.floor(((block + 1) * size) / count),
];

/** A size in which a picture fits into a square of `most` pixels, its own where it is smaller. */
export function fitted(rows: number, cols: number, most: number): [rows: number, cols: number] {
  const scale = Math.min(1, most / Math.max(rows, cols));
  return [Math.max(1, Math.round(rows * scale)), Math.max(1, Math.round(cols * scale))];
}
