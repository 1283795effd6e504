/** The first line of what an error says: stacks, with the paths of the machine, are not kept. @param {unknown} error */
export function reasonOf(error) {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return first;
}
