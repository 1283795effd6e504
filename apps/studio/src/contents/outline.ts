import { createContext } from "preact";
import type { Entry } from "./Contents.tsx";

/** The sections of the page in their order. They enter themselves when the page is rendered ahead for the first time. */
export const Outline = createContext<Entry[]>([]);
