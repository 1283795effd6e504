import type { ComponentType, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Entry } from "../contents/Contents.tsx";
import { Outline } from "../contents/outline.ts";
import { Ahead } from "../island/Island.tsx";
import { islands } from "../island/islands.ts";
import { EmbedPage } from "./EmbedPage.tsx";
import { LessonPage } from "./LessonPage.tsx";
import { WorkbenchPage } from "./WorkbenchPage.tsx";

const pages: Readonly<Record<string, () => VNode>> = { index: LessonPage, workbench: WorkbenchPage, embed: EmbedPage };

/** The body of a page as HTML, islands included. */
export async function render(page: string): Promise<string> {
  const ahead = new Map<string, ComponentType<never>>();
  for (const [name, load] of Object.entries(islands)) ahead.set(name, await load());
  const Page = pages[page]!;
  const outline: Entry[] = [];
  const body = (): string =>
    renderToString(
      <Ahead.Provider value={ahead}>
        <Outline.Provider value={outline}>
          <Page />
        </Outline.Provider>
      </Ahead.Provider>,
    );
  // The first time the sections enter themselves, the second time the list of contents knows them.
  body();
  return body();
}
