import { existsSync } from "node:fs";
import { basename } from "node:path";
import { formatOfName } from "@eckart/formats";

const LITERAL = /^(?:[\d\s+\-−.,;()[\]]|e|nan|inf(?:inity)?)*$/i;

/** Whether a word of the command line is a matrix itself: numbers and their punctuation, and no file of that name. */
export function isLiteral(word: string): boolean {
  return word !== "-" && LITERAL.test(word) && !existsSync(word);
}

/** Whether a word is meant as a matrix: a literal, standard input, a file that exists, or the name of one. */
export function looksLikeInput(word: string): boolean {
  return word === "-" || isLiteral(word) || existsSync(word) || formatOfName(word) !== undefined;
}

/** What a matrix is called where a person reads it. */
export function nameOf(word: string): string {
  return word === "-" ? "standard input" : isLiteral(word) ? "matrix" : basename(word);
}
