/** Characters of an npy header; NumPy refuses longer ones too. */
export const MAX_HEADER_BYTES = 10_000;
