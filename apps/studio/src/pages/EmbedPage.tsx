import type { VNode } from "preact";

export function EmbedPage(): VNode {
  return <main class="embed" />;
}
