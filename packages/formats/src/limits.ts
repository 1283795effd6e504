/**
 * Bytes that an input may grow to when it is unpacked: inflated from gzip or npz, or filled in from a sparse file.
 * An input that is not packed needs no such limit, its size is proved by its own length. Default of `maxBytes`.
 */
export const MAX_UNPACKED_BYTES: number = 2 ** 30;

/** Bytes of a text file that is parsed as one string (csv, json, literal); engines end a little above. */
export const MAX_TEXT_BYTES: number = 2 ** 29 - 2 ** 16;

/** Dimensions of an array, NumPy's own limit. */
export const MAX_DIMENSIONS = 64;

/** Bytes that text and packed data are read at a time. */
export const CHUNK_BYTES: number = 2 ** 18;

/** Deflate cannot expand further than this: 258 bytes from 2 bits. A size beyond it is a lie. */
export const MAX_EXPANSION = 1032;

/** Compressed bytes that are inflated at a time, which bounds each step's output to MAX_EXPANSION as many. */
export const INFLATE_STEP_BYTES: number = 2 ** 14;
