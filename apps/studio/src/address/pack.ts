// Long states, such as a pasted matrix, as one field of an address: deflated, in the base64 of addresses.

/** What unpacks to more than this is refused: a short address can hold a very long text. */
const MAX_UNPACKED = 1 << 20;

/** A text as a word of letters, digits, "-" and "_". */
export async function pack(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The text again, or undefined where the word is damaged, no text, or unpacks to more than `limit` bytes. */
export async function unpack(word: string, limit: number = MAX_UNPACKED): Promise<string | undefined> {
  if (!/^[\w-]*$/.test(word)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(word.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let text = "";
    let length = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > limit) {
        await reader.cancel();
        return undefined;
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}
