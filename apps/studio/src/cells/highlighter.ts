import { tagHighlighter, tags } from "@lezer/highlight";

/** The kinds of words that are told apart, when a page is built and in the editor alike. */
export const highlighter: ReturnType<typeof tagHighlighter> = tagHighlighter([
  { tag: tags.keyword, class: "keyword" },
  { tag: tags.comment, class: "comment" },
  { tag: [tags.string, tags.special(tags.string), tags.escape], class: "string" },
  { tag: [tags.variableName, tags.propertyName], class: "name" },
]);
