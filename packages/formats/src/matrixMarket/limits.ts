/** Characters of a line, comments included. */
export const MAX_LINE_BYTES: number = 2 ** 20;

/** The shortest entry of a coordinate file, "1 1" and the end of its line; it bounds how many a file can hold. */
export const MIN_COORDINATE_BYTES = 4;

/** The shortest value of an array file, "1" and the end of its line. */
export const MIN_VALUE_BYTES = 2;
