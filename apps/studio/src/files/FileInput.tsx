import type { VNode } from "preact";
import { useRef } from "preact/hooks";

interface FileInputProps {
  readonly id: string;
  readonly label: string;
  readonly accept?: string;
  readonly onFile: (file: File) => void;
}

/** A button that asks for a file. */
export function FileInput({ id, label, accept, onFile }: FileInputProps): VNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span class="file-input">
      <button type="button" onClick={() => input.current!.click()}>
        {label}
      </button>
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </span>
  );
}
