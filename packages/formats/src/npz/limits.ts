/** Entries of an archive. */
export const MAX_ENTRIES = 10_000;

/** Bytes of an archive's directory, its last part, which is read whole. */
export const MAX_DIRECTORY_BYTES: number = 2 ** 24;
