import { useLayoutEffect } from "preact/hooks";
import { parseMatrix, readAddress } from "../address/address.ts";

/** Calls back with the fields that the address has for a figure: once it is alive, and whenever the address changes. */
export function useAddress(id: string, take: (fields: ReadonlyMap<string, string>) => void): void {
  useLayoutEffect(() => {
    const read = (): void => {
      const fields = readAddress(id);
      if (fields) take(fields);
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [id]);
}

/** A matrix of one shape with entries up to 100, from a field of an address. */
export function matrixField(text: string | undefined, rows: number, cols: number): number[][] | undefined {
  const matrix = parseMatrix(text, { maxRows: rows, maxCols: cols, maxEntry: 100 });
  return matrix?.length === rows && matrix[0]!.length === cols ? matrix : undefined;
}
