/** Bytes of a header, the reference's own limit. Default of `maxHeaderBytes`. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Files that one index may spread a model over. */
export const MAX_SHARDS = 10_000;

/** Shards that are opened at the same time. */
export const SHARDS_AT_ONCE = 8;
