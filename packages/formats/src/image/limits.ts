/** Scans of a JPEG file. A progressive one has about ten; each walks over the whole picture. */
export const MAX_SCANS = 256;

/** Bytes that the JPEG decoder holds for each byte of its result: coefficients, samples, the picture with alpha. */
export const JPEG_WORKING_FACTOR = 16;
