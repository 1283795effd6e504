// From lines to Markdown.

/** @typedef {import("./types.ts").Line} Line */

/** Quartiles further apart than this share of the median: the machine was not quiet. */
const UNSTEADY = 0.25;

/**
 * One table for each operation and dtype: libraries down, cases across, ratios inside; then how good the answers were.
 * @param {readonly Record<string, any>[]} all
 */
export function ratioTables(all) {
  const lines = /** @type {Line[]} */ (all);
  const titles = [...new Set(lines.map(titleOf))];
  const tables = titles.map(
    (title) => `**${title}**\n\n${ratioTable(lines.filter((line) => titleOf(line) === title))}`,
  );
  return tables.join("\n\n");
}

/** @param {Line} line */
const titleOf = ({ operation, dtype }) => `${operation}, ${dtype}`;

/** @param {readonly Line[]} lines */
function ratioTable(lines) {
  const cases = [...new Set(lines.map((line) => line.case))];
  const [first] = lines;
  const nameOf = (/** @type {Line} */ { library, threads }) =>
    threads > 1 ? `${library}, ${threads} threads` : library;
  const ours = (/** @type {Line} */ line) => line.library === first?.library;
  const rows = [...new Set(lines.filter((line) => !ours(line)).map(nameOf))];
  const find = (/** @type {string} */ name, /** @type {string} */ shape) =>
    lines.find((line) => nameOf(line) === name && line.case === shape);
  const across = (/** @type {(shape: string) => string} */ cell) => cases.map(cell);
  const judge = lines.some(({ library }) => library === "OpenBLAS") ? "OpenBLAS" : "NumPy";
  const quality = (/** @type {string} */ name, /** @type {"residual" | "orthogonality" | "excess"} */ part) => ({
    name: `${part} of ${name}`,
    cells: across((shape) => digits(find(name, shape)?.[part])),
  });
  const parts = /** @type {const} */ (["residual", "orthogonality", "excess"]);
  const measured = parts.flatMap((part) =>
    [...new Set([first?.library ?? "", judge, ...(part === "excess" ? rows : [])])].map((name) => quality(name, part)),
  );
  return markdown(
    ["their time ÷ ours", ...cases],
    [
      ...rows.map((name) => ({ name, cells: across((shape) => ratioCell(find(name, shape))) })),
      {
        name: "_nearest in JavaScript or WebAssembly_",
        cells: across((shape) => nearest(lines.filter((line) => line.case === shape && !ours(line)))),
      },
      ...measured,
    ],
  );
}

/** Rows that say nothing are left out. @param {readonly string[]} head @param {readonly { name: string, cells: readonly string[] }[]} rows */
function markdown(head, rows) {
  return [
    `| ${head.join(" | ")} |`,
    `|---|${head
      .slice(1)
      .map(() => "--:|")
      .join("")}`,
    ...rows
      .filter(({ cells }) => cells.some((cell) => cell !== ""))
      .map(({ name, cells }) => `| ${name} | ${cells.join(" | ")} |`),
  ].join("\n");
}

/** @param {Line | undefined} line */
function ratioCell(line) {
  if (!line) return "";
  if (line.failed !== undefined) return "fails";
  const unsteady = line.spread > UNSTEADY ? "~" : "";
  return line.inaccurate ? `(${digits(line.ratio)}, inaccurate)` : `${unsteady}${digits(line.ratio)}`;
}

/** Smallest ratio among the accurate ones that are no native code. @param {readonly Line[]} lines */
function nearest(lines) {
  const rivals = lines.filter(
    ({ kind, inaccurate, failed }) => /script|assembly/.test(kind) && !inaccurate && failed === undefined,
  );
  const [best] = rivals.toSorted((a, b) => a.ratio - b.ratio);
  return best ? `${digits(best.ratio)} ${best.library}` : "";
}

/** Three digits; what is absent is an empty cell. @param {number | null | undefined} x */
export function digits(x) {
  if (x === undefined) return "";
  if (x === null || !Number.isFinite(x)) return "–";
  if (Math.abs(x) >= 1e4 || (x !== 0 && Math.abs(x) < 1e-3)) return x.toExponential(1);
  return String(Number(x.toPrecision(x >= 100 ? 3 : 2)));
}

/** Where a subject's figure lies, from this folder. @param {string} run @param {string} subject */
export const figurePath = (run, subject) => `results/${run}-${subject}.svg`;

/**
 * The whole report of one run: what it was made on and with, then a section for each subject.
 * @param {readonly Record<string, any>[]} records @param {readonly import("../subjects/ladder.mjs").Subject[]} subjects
 * @param {string} run  name of the run, which its files begin with
 */
export function report(records, subjects, run) {
  const { environment } = records.find((record) => record.environment) ?? {};
  const sections = subjects.flatMap(({ name, title, table = ratioTables }) => {
    const lines = records.filter(({ subject }) => subject === name);
    return lines.length ? [`#### ${title}\n\n${table(lines, figurePath(run, name))}`] : [];
  });
  if (!environment) return sections.join("\n\n");
  const { command, node, cpu, cores, load, libraries, absent, date, commit } = environment;
  return [
    `\`${command}\`, ${date}, commit ${commit}: Node ${node} on ${cores} cores of ${cpu}; load at the start ${load}.`,
    `Took part: ${libraries.join(", ")}.${absent.length ? ` Did not: ${absent.map((/** @type {any} */ { name, reason }) => `${name} (${reason})`).join("; ")}.` : ""}`,
    ...sections,
  ].join("\n\n");
}

/**
 * Records that are kept, with those of a new run in place of the older ones of the same subjects. Every run begins with its
 * environment; one of which nothing is left goes.
 * @param {readonly Record<string, any>[]} kept @param {readonly Record<string, any>[]} fresh
 */
export function merged(kept, fresh) {
  const renewed = new Set(fresh.map(({ subject }) => subject));
  const rest = runsOf(kept.filter(({ subject }) => subject === undefined || !renewed.has(subject)));
  return [...rest.filter((run) => run.length > 1), fresh].flat();
}

/** Records by run. @param {readonly Record<string, any>[]} records */
export function runsOf(records) {
  /** @type {Record<string, any>[][]} */
  const runs = [];
  for (const record of records) {
    if (record.environment) runs.push([]);
    runs.at(-1)?.push(record);
  }
  return runs;
}

/**
 * The text with what lies between the markers of that name replaced.
 * @param {string} text @param {string} name @param {string} section
 */
export function replaceSection(text, name, section) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${start} … ${end} in the text`);
  return `${text.slice(0, from + start.length)}\n\n${section}\n\n${text.slice(to)}`;
}
