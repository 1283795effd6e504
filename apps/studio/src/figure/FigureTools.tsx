import type { Figure as Picture } from "@eckart/views";
import type { ComponentType, VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { shareLink } from "../address/address.ts";
import type { PlayedFilm } from "../stage/Player.tsx";

/** What a figure can be saved as: always the picture of the moment, and a film where it moves. */
export interface Saved {
  readonly picture: () => Picture;
  readonly film?: () => PlayedFilm;
}

interface Props {
  readonly id: string;
  readonly fields: () => Readonly<Record<string, string>>;
  readonly saved: Saved | undefined;
}

/** The small buttons of a figure, and below them, while it is open, the menu of files. */
export function FigureTools({ id, fields, saved }: Props): VNode {
  const [said, say] = useState("");
  const [Menu, setMenu] = useState<ComponentType<Props & { saved: Saved }> | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const copy = async (): Promise<void> => {
    const link = shareLink(id, fields());
    try {
      await navigator.clipboard.writeText(link);
      say("Link copied");
    } catch {
      history.replaceState(null, "", link);
      say("The link is in the address bar");
    }
  };
  const toggle = async (): Promise<void> => {
    if (Menu) return setMenu(undefined);
    const { SaveMenu } = await import("../export/SaveMenu.tsx");
    setMenu(() => SaveMenu);
  };
  return (
    <>
      <div class="tools">
        <button type="button" class="quiet" onClick={() => void copy()}>
          Copy link
        </button>
        {saved && (
          <button
            ref={button}
            type="button"
            class="quiet"
            aria-expanded={Menu !== undefined}
            aria-controls={`${id}-save`}
            onClick={() => void toggle()}
          >
            Save
          </button>
        )}
        <span class="said" role="status">
          {said}
        </span>
      </div>
      {saved && (
        <div
          id={`${id}-save`}
          class="saving"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setMenu(undefined);
            button.current?.focus();
          }}
        >
          {Menu && <Menu id={id} fields={fields} saved={saved} />}
        </div>
      )}
    </>
  );
}
