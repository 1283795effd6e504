/** Bytes from the beginning that the first request asks for; most headers fit, and small files whole. */
export const FIRST_BYTES: number = 2 ** 16;

/** Bytes that may be held of a file whose server does not serve ranges. Default of `maxWholeBytes`. */
export const MAX_WHOLE_BYTES: number = 2 ** 26;

/** Requests that are tried again after the first. Default of `retries`. */
export const RETRIES = 3;

/** Longest wait before a request is tried again, whatever the server asks for. */
export const MAX_WAIT_MS = 10_000;
