declare module "*?code" {
  import type { Token } from "./Code.tsx";

  const lines: Token[][];
  export default lines;
}

declare module "*?script" {
  const text: string;
  export default text;
  /** The source expression that allows exactly this text in a content-security policy. */
  export const hash: string;
}
