import type { Figure as Picture } from "@eckart/views";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
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

/** The small buttons of a figure. */
export function FigureTools({ id, fields }: Props): VNode {
  const [said, say] = useState("");
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
  return (
    <div class="tools">
      <button type="button" class="quiet" onClick={() => void copy()}>
        Copy link
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </div>
  );
}
