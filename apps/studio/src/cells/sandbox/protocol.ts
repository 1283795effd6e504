/** What the worker of a cell tells the page, through the frame. The page believes none of it without a look. */
export type Report =
  | { readonly kind: "started" }
  | { readonly kind: "printed"; readonly text: string }
  /** `ms`: how long the reader's lines took. */
  | { readonly kind: "done"; readonly ms: number }
  /** `lines`: the lines of the script that the error came through, innermost first. */
  | { readonly kind: "failed"; readonly message: string; readonly lines: readonly number[] };

/** Characters that a cell may print. */
export const PRINT_LIMIT = 65536;
