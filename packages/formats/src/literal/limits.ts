/** Characters of a literal; it is meant to be typed. */
export const MAX_LITERAL_CHARACTERS: number = 2 ** 20;
