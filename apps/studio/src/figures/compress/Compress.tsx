import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { parseNumber } from "../../address/address.ts";
import { num } from "../../controls/controls.tsx";
import { readPicture } from "../../files/files.ts";
import type { Picture } from "../../files/picture.ts";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";
import { FileInput } from "../../files/FileInput.tsx";
import { Compressor, type Wanted } from "./Compressor.tsx";
import type { Kept } from "./decompose.ts";
import { dusk, DUSK_SHAPE } from "./dusk.ts";

/** F10, a picture by a few of its singular values: the one that ships, or the reader's own, which stays on the device. */
export function Compress({ id }: { id: string }): VNode {
  const [picture, setPicture] = useState<Picture | undefined>(undefined);
  const [wanted, setWanted] = useState<Wanted>({ rank: 8 });
  const [kept, setKept] = useState<Kept | undefined>(undefined);
  const [fault, setFault] = useState("");
  const reading = useRef<AbortController | undefined>(undefined);
  useAddress(id, (fields) => {
    const rank = parseNumber(fields.get("r"), 0, 4096);
    const error = parseNumber(fields.get("e"), 0, 1);
    if (rank !== undefined) setWanted({ rank: Math.round(rank) });
    else if (error !== undefined) setWanted({ error });
  });
  const open = async (load: (signal: AbortSignal) => Promise<Picture>): Promise<void> => {
    reading.current?.abort();
    const control = new AbortController();
    reading.current = control;
    try {
      setFault("");
      const read = await load(control.signal);
      if (!control.signal.aborted) setPicture(read);
    } catch (error) {
      if (!control.signal.aborted) setFault(error instanceof Error ? error.message : String(error));
    }
  };
  useLayoutEffect(() => {
    void open(dusk);
    return () => reading.current?.abort();
  }, []);
  return (
    <Figure
      id={id}
      island="compress"
      span="page"
      fields={(): Record<string, string> =>
        "rank" in wanted ? { r: String(wanted.rank) } : { e: String(wanted.error) }
      }
      live={kept ? { r: String(kept.rank), energy: `${num(100 * kept.energy, 4)} %` } : {}}
      caption={
        kept ? (
          <>
            Rank <span class="num">{String(kept.rank)}</span> keeps{" "}
            <span class="num">{`${num(100 * kept.energy, 4)} %`}</span> of the energy in{" "}
            <span class="num">{`${num((100 * kept.stored) / kept.whole, 3)} %`}</span> of the numbers.
          </>
        ) : (
          "A picture, decomposed channel by channel on your device."
        )
      }
    >
      <Compressor
        id={`${id}-work`}
        picture={picture}
        shape={DUSK_SHAPE}
        wanted={wanted}
        onWanted={setWanted}
        onKept={setKept}
      >
        <FileInput
          id={`${id}-file`}
          label="Your own picture"
          accept="image/png,image/jpeg"
          onFile={(file) => void open((signal) => readPicture(file, signal))}
        />
        <p class="fault" role="alert">
          {fault}
        </p>
      </Compressor>
    </Figure>
  );
}
