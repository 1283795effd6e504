/** What the reader has answered, kept on the device and nowhere else. */
const KEY = "eckart.quiz.1";

/** A question answered rightly at once or after some tries, or tried and not answered rightly yet. */
export type Result = "right" | "tried";

/** Everything answered so far; nothing where the device keeps nothing, or something else. */
export function results(): ReadonlyMap<string, Result> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const entries = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
    return new Map(entries.filter((entry): entry is [string, Result] => entry[1] === "right" || entry[1] === "tried"));
  } catch {
    return new Map();
  }
}

/** Keeps a result; what was right once stays right. */
export function keep(name: string, result: Result): void {
  const all = new Map(results());
  if (all.get(name) !== "right") all.set(name, result);
  store(all);
}

/** Forgets some questions, so that they can be answered anew. */
export function forget(names: readonly string[]): void {
  const all = new Map(results());
  for (const name of names) all.delete(name);
  store(all);
}

function store(all: ReadonlyMap<string, Result>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all)));
  } catch {
    // A device that keeps nothing still has the quiz.
  }
}
