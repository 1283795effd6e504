/** Characters at the start of a table from which its separator is found. */
export const SAMPLE_CHARACTERS: number = 2 ** 16;

/** Lines of them that are tried. */
export const SAMPLE_RECORDS = 100;
