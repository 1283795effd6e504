/** Ranks that a slider goes through: each one where they are few, and ever further apart as they grow. */
export function stopsUpTo(most: number): number[] {
  const stops: number[] = [];
  for (let rank = 0; rank < most; rank = Math.max(rank + 1, Math.round(rank * 1.06))) stops.push(rank);
  return [...stops, most];
}

/** The smallest rank whose error is at most that much; the last where none is. */
export function rankForError(errors: readonly number[], most: number): number {
  const found = errors.findIndex((error) => error <= most);
  return found < 0 ? errors.length - 1 : found;
}
