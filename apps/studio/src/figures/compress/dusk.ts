import address from "../../../../../examples/data/dusk.png";
import { readFile } from "../../files/files.ts";
import { pictureOf, type Picture } from "./picture.ts";

/** The shape of the picture that ships, known before it is there. */
export const DUSK_SHAPE: readonly [rows: number, cols: number] = [180, 240];

/** Hills at dusk: the picture that ships. */
export async function dusk(signal: AbortSignal): Promise<Picture> {
  const bytes = await (await fetch(address, { signal })).blob();
  return pictureOf(await readFile(new File([bytes], "dusk.png"), signal), "dusk.png");
}
