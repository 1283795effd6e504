/** Entries of an archive. */
export const MAX_ENTRIES = 10_000;

/** Bytes of an archive's directory, its last part, which is read whole. */
export const MAX_DIRECTORY_BYTES: number = 2 ** 24;

/** Deflate cannot expand further than this: 258 bytes from 2 bits. A size beyond it is a lie. */
export const MAX_EXPANSION = 1032;

/** Compressed bytes that are inflated at a time, which bounds each step's output to MAX_EXPANSION as many. */
export const INFLATE_STEP_BYTES: number = 2 ** 14;
