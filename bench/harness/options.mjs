import { parseArgs } from "node:util";

/** Numbers as "8,16,32", or a range "16:2048:8" from, to and step. @param {string} text */
export function numbers(text) {
  const all = text.split(",").flatMap((part) => {
    const [from = NaN, to = from, step = 1] = part.split(":").map(Number);
    if (
      !(Number.isInteger(from) && Number.isInteger(to) && Number.isInteger(step) && from > 0 && step > 0 && to >= from)
    ) {
      throw new Error(`expected sizes as 8,16,32 or 16:2048:8, got ${part}`);
    }
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  });
  return [...new Set(all)].toSorted((a, b) => a - b);
}

/** @param {readonly string[]} args @param {readonly string[]} subjects  names that there are */
export function readOptions(args, subjects) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      subject: { type: "string" },
      library: { type: "string" },
      sizes: { type: "string" },
      threads: { type: "string", default: "1,2" },
      json: { type: "string" },
      node: { type: "string" },
      wide: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      install: { type: "boolean", default: true },
      help: { type: "boolean", default: false },
    },
    allowNegative: true,
  });
  const chosen = values.subject?.split(",") ?? subjects;
  const unknown = chosen.filter((name) => !subjects.includes(name));
  if (unknown.length > 0) throw new Error(`no subject ${unknown.join(", ")}; there are ${subjects.join(", ")}`);
  return {
    ...values,
    subjects: chosen,
    libraries: values.library?.split(","),
    sizes: values.sizes === undefined ? undefined : numbers(values.sizes),
    threads: numbers(values.threads),
    nodes: values.node?.split(","),
  };
}

export const HELP = `npm run bench -- [options]

  --quick            a subset, under a minute on a quiet machine
  --subject a,b      these subjects alone
  --library a,b      these libraries alone, beside eckart
  --sizes 8,16,32    square problems of these orders, or a range 16:2048:8
  --threads 1,2      threads of the libraries that can have several
  --node 24,26       the same on these versions of Node, one after the other
  --wide             with vectors of 256 bits: V8's --experimental-wasm-revectorize, from Node 24 on
  --json FILE        where the JSON lines go; bench/results/last.jsonl by default
  --record           keep the lines in bench/results/node-….jsonl, in place of older ones of these subjects, and write the
                     tables of bench/README.md
  --no-install       take what is there: no npm, no apt-get`;
