/** Texts longer than this are files, and are read as such. */
const MAX_LENGTH = 4_000_000;

/** A matrix text that is not understood: which entry, and what was found. */
export class MatrixTextError extends Error {
  override readonly name = "MatrixTextError";
}

/**
 * The matrix that a text writes: rows in lines, or between semicolons, `\\` or brackets; entries between spaces, tabs,
 * commas or `&`. So it takes what a spreadsheet copies (a decimal comma too, where tabs or semicolons part the entries),
 * what NumPy prints or is given, LaTeX environments, and fractions as `1/3`.
 *
 * @throws MatrixTextError  no numbers, rows of different lengths, or an entry that is no finite number.
 */
export function parseMatrixText(text: string): number[][] {
  if (text.length > MAX_LENGTH) throw new MatrixTextError("The text is too long: give it as a file.");
  const rows = linesOf(unwrapped(text))
    .map((line, i) => entriesOf(line).map((entry, j) => numberOf(entry, i, j)))
    .filter((row) => row.length > 0);
  if (rows.length === 0) throw new MatrixTextError("There is no number in the text.");
  const cols = rows[0]!.length;
  const ragged = rows.findIndex((row) => row.length !== cols);
  if (ragged >= 0)
    throw new MatrixTextError(
      `Row ${ragged + 1} has ${counted(rows[ragged]!.length)}, and the rows before it have ${counted(cols)}.`,
    );
  return rows;
}

const counted = (n: number): string => (n === 1 ? "1 entry" : `${n} entries`);

/** The text without what stands around and between the rows in Python, MATLAB and LaTeX; rows end with a new line. */
function unwrapped(text: string): string {
  return text
    .replaceAll("−", "-")
    .replace(/\\begin\{[a-z*]+\}(\{[^{}]*\}|\[[^[\]]*\])?|\\end\{[a-z*]+\}|\\left.|\\right.|\\hline|\$/gi, " ")
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, "$1/$2")
    .replace(/\\\\(\[[^[\]]*\])?/g, "\n")
    .replace(/\b(?:np|numpy|jnp|torch)\.|\b(?:array|matrix|tensor|Matrix)\b|dtype\s*=\s*[\w.]+/g, " ")
    .replace(/^\s*[A-Za-z]\w*\s*=(?!=)/, " ")
    .replace(/\]\s*,?\s*\[/g, "\n")
    .replace(/[[\](){}]/g, " ");
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  // Semicolons part rows in one line, as MATLAB has them, and entries where there are many lines, as some spreadsheets do.
  const many = lines.filter((line) => line.trim() !== "").length > 1;
  return many || !text.includes(";") ? lines : text.split(";");
}

function entriesOf(line: string): string[] {
  const trimmed = line.trim().replace(/\s*[,;&]$/, "");
  if (trimmed === "") return [];
  const separator = ["&", "\t", ";"].find((one) => trimmed.includes(one));
  if (separator === undefined) return trimmed.split(/\s*,\s*|\s+/);
  // A comma inside of an entry is a decimal one, since something else parts the entries.
  return trimmed.split(separator).map((entry) => entry.trim().replace(/^([-+]?\d*),(\d+)/, "$1.$2"));
}

function numberOf(entry: string, row: number, col: number): number {
  const [numerator = "", denominator = "1", ...more] = entry.split("/");
  const value = Number(numerator) / Number(denominator);
  const isNumber = numerator.trim() !== "" && denominator.trim() !== "" && more.length === 0 && Number.isFinite(value);
  if (isNumber) return value;
  const shown = entry.length > 24 ? `${entry.slice(0, 24)}…` : entry;
  throw new MatrixTextError(
    `Row ${row + 1}, column ${col + 1}: expected a finite number, got ${shown === "" ? "nothing" : `“${shown}”`}.`,
  );
}
