/** Characters of a line, comments included. */
export const MAX_LINE_BYTES: number = 2 ** 20;

/** The shortest entries, "1 1" and "1", with the end of their line; they bound how many a file can hold. */
export const MIN_COORDINATE_BYTES = 4;
export const MIN_VALUE_BYTES = 2;
