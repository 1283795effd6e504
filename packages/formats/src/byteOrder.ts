/** Whether this machine keeps the most significant byte first. */
export const HOST_IS_BIG_ENDIAN: boolean = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

/** Reverses the bytes of each number in place. */
export function swapBytes(bytes: Uint8Array, wordBytes: number): void {
  for (let start = 0; start < bytes.length; start += wordBytes)
    for (let low = start, high = start + wordBytes - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
}
