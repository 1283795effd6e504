import type { ComponentType } from "preact";

/** What can come alive on a page: a name for the page, and where its code is. It is fetched when the reader comes near. */
export const islands: Readonly<Record<string, () => Promise<ComponentType<never>>>> = {
  plane: async () => (await import("../figures/plane/Plane.tsx")).Plane,
  cell: async () => (await import("../cells/CodeCell.tsx")).CodeCell,
  quiz: async () => (await import("../quiz/Quiz.tsx")).Quiz,
};
