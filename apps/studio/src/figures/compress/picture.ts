import type { Picture } from "../../files/picture.ts";

/** "colour, 180 × 240 pixels", as a reader calls a picture. */
export function described({ planes, rows, cols, alpha, white }: Picture): string {
  const kind = planes.length === 3 ? "three channels" : "one channel";
  const bits = white > 255 ? ", 16 bits" : "";
  return `${cols} × ${rows} pixels, ${kind}${bits}${alpha ? ", opacity kept" : ""}`;
}

/** Planes in the size in which a picture is shown, as a screen takes them: clamped, rounded, with its opacity. */
export function imageOf(
  planes: readonly ArrayLike<number>[],
  { white, shown: { rows, cols, alpha } }: Picture,
): ImageData {
  const image = new ImageData(cols, rows);
  const unit = 255 / white;
  const { data } = image;
  for (let k = 0; k < rows * cols; k++) {
    for (let c = 0; c < 3; c++) data[4 * k + c] = planes[Math.min(c, planes.length - 1)]![k]! * unit;
    data[4 * k + 3] = alpha ? alpha[k]! * unit : 255;
  }
  return image;
}

/** The samples of a picture as a file takes them, clamped and rounded, in the channels and bits that it came with. */
export function samplesOf(
  planes: readonly ArrayLike<number>[],
  { rows, cols, alpha, white }: Picture,
): { data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>; shape: readonly number[] } {
  const channels = planes.length + (alpha ? 1 : 0);
  const size = rows * cols * channels;
  const data = white > 255 ? new Uint16Array(size) : new Uint8Array(size);
  [...planes, ...(alpha ? [alpha] : [])].forEach((plane, c) => {
    for (let k = 0; k < rows * cols; k++) data[k * channels + c] = Math.round(Math.min(Math.max(plane[k]!, 0), white));
  });
  return { data, shape: channels === 1 ? [rows, cols] : [rows, cols, channels] };
}
