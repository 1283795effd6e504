import address from "../../../../../examples/data/dusk.png";
import { readPicture } from "../../files/files.ts";
import type { Picture } from "../../files/picture.ts";

/** The shape of the picture that ships, known before it is there. */
export const DUSK_SHAPE: readonly [rows: number, cols: number] = [180, 240];

/** Hills at dusk: the picture that ships. */
export async function dusk(signal: AbortSignal): Promise<Picture> {
  const bytes = await (await fetch(address, { signal })).blob();
  return readPicture(new File([bytes], "dusk.png"), signal);
}
