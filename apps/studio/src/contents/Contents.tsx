import type { VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** A section as the list of contents names it. */
export interface Entry {
  readonly id: string;
  readonly title: string;
}

interface Props {
  readonly id: string;
  readonly entries: readonly Entry[];
}

const KEY = "eckart:read";
/** Tells every list on the page that a section has been read. */
const READ = "eckart:read";

/** The sections of the page with what has been read, which is kept on the device and goes nowhere else. */
export function Contents({ id, entries }: Props): VNode {
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  useLayoutEffect(() => {
    const follow = (): void => setRead(stored());
    follow();
    addEventListener(READ, follow);
    addEventListener("storage", follow);
    const ends = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) keep(target.closest("section")!.id);
    });
    for (const entry of entries) {
      const end = document.querySelector(`#${CSS.escape(entry.id)} > :last-child`);
      if (end) ends.observe(end);
    }
    return () => {
      removeEventListener(READ, follow);
      removeEventListener("storage", follow);
      ends.disconnect();
    };
  }, []);
  const count = entries.filter((entry) => read.has(entry.id)).length;
  return (
    <nav class="contents" id={id} aria-label="Contents">
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} class={read.has(entry.id) ? "read" : undefined}>
            <a href={`#${entry.id}`}>
              {entry.title}
              {read.has(entry.id) && <span class="hidden-text"> (read)</span>}
            </a>
          </li>
        ))}
      </ol>
      <p class="progress">
        {count === 0 ? (
          "What you have read is marked here, on this device only."
        ) : (
          <>
            <span class="num">
              {count} of {entries.length}
            </span>{" "}
            read.{" "}
            <button type="button" class="quiet" onClick={() => keep(undefined)}>
              Begin anew
            </button>
          </>
        )}
      </p>
    </nav>
  );
}

/** The names of the sections that have been read; none where the device keeps nothing. */
function stored(): ReadonlySet<string> {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(names) ? names.filter((name) => typeof name === "string") : []);
  } catch {
    return new Set();
  }
}

/** Adds a section to those that have been read; without one, forgets them all. */
function keep(id: string | undefined): void {
  const before = stored();
  if (id !== undefined && before.has(id)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(id === undefined ? [] : [...before, id]));
  } catch {
    return; // Storage is refused or full: nothing is marked.
  }
  dispatchEvent(new Event(READ));
}
