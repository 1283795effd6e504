/** Levels of nesting in the parts of a document that are skipped. */
export const MAX_DEPTH = 64;
