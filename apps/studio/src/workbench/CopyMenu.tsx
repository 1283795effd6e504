import type { FloatArray, Matrix } from "eckart";
import { Matrix as MatrixClass } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { npyOf, save } from "../files/files.ts";
import type { Written } from "../files/protocol.ts";
import { copied, LANGUAGES, type Language } from "./copy.ts";

interface CopyMenuProps {
  readonly id: string;
  readonly name: string;
  readonly value: Matrix | FloatArray;
}

/** Copies a matrix as NumPy, LaTeX, TypeScript or CSV, and saves it as npy. */
export function CopyMenu({ id, name, value }: CopyMenuProps): VNode {
  const [said, say] = useState("");
  const close = (): void => document.getElementById(`${id}-menu`)?.hidePopover();
  const copy = async (language: Language): Promise<void> => {
    try {
      await navigator.clipboard.writeText(copied(value, name, language));
      say(`Copied for ${language}.`);
    } catch {
      say("This browser does not let the page copy.");
    }
    close();
  };
  const download = async (): Promise<void> => {
    try {
      save(await npyOf(written(name, value), new AbortController().signal), `${name}.npy`);
      say(`Saved as ${name}.npy.`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    close();
  };
  return (
    <span class="copy">
      <button type="button" class="quiet" popovertarget={`${id}-menu`} aria-label={`Copy or save ${name}`}>
        Copy
      </button>
      <span id={`${id}-menu`} popover="auto" class="menu">
        {LANGUAGES.map((language) => (
          <button key={language} type="button" onClick={() => void copy(language)}>
            {language}
          </button>
        ))}
        <button type="button" onClick={() => void download()}>
          Save as NPY
        </button>
      </span>
      <span class="said" role="status">
        {said}
      </span>
    </span>
  );
}

/** A matrix or a vector as a file takes it: row-major, whole. */
export function written(name: string, value: Matrix | FloatArray): Written {
  if (!(value instanceof MatrixClass)) return { name, data: value as Written["data"], shape: [value.length] };
  return { name, data: MatrixClass.from(value).data as Written["data"], shape: value.shape };
}
