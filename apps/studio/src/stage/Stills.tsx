import type { VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { PlayedFilm } from "./Player.tsx";
import { Stage } from "./Stage.tsx";

/** What a film shows on paper: its beginning and the end of each chapter. Nothing while the page is read on a screen. */
export function Stills({ id, film }: { id: string; film: PlayedFilm }): VNode | null {
  if (!usePrinting()) return null;
  const moments = [{ name: "At first", caption: "", end: 0 }, ...film.chapters];
  return (
    <div class="stills">
      {moments.map(({ name, caption, end }, i) => (
        <div class="still" key={end}>
          <Stage
            id={`${id}-still-${i}`}
            width={film.width}
            height={film.height}
            title={`${film.title}: ${name}`}
            description={caption}
            shapes={film.at(end)}
          />
          <p>
            <strong>{name}.</strong> {caption}
          </p>
        </div>
      ))}
    </div>
  );
}

function usePrinting(): boolean {
  const [printing, set] = useState(false);
  useLayoutEffect(() => {
    const paper = matchMedia("print");
    const follow = (): void => set(paper.matches);
    const begin = (): void => set(true);
    const end = (): void => set(false);
    follow();
    paper.addEventListener("change", follow);
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      paper.removeEventListener("change", follow);
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
