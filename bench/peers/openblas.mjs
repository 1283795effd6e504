// The system's OpenBLAS, called in this process: LAPACK's own drivers on its kernels.
import { byRows } from "../harness/dense.mjs";
import { lapack } from "../harness/lapack.mjs";
import { load } from "../harness/load.mjs";

/** @typedef {import("../harness/types.ts").Task} Task @typedef {import("../harness/types.ts").Ready} Ready */

/** Where the linker finds it, by platform; OPENBLAS names another. */
const LIBRARIES = [
  process.env.OPENBLAS,
  "libopenblas.so.0",
  "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
  "libopenblas.dll",
];

const ARGUMENTS = { gesdd: 14, syevd: 11, geev: 14 };
/** Positions of the pointers to characters; after the arguments, Fortran wants the length of each. */
const CHARACTERS = { gesdd: 1, syevd: 2, geev: 2 };

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "OpenBLAS",
  kind: "native",
  threaded: true,
  debian: ["libopenblas0-pthread"],
  async open(threads) {
    const koffi = await load("koffi");
    const library = firstOf(LIBRARIES, koffi.load);
    const setThreads = library.func("void openblas_set_num_threads(int)");
    const gemm = {
      f64: library.func(`void cblas_dgemm(${product("double")})`),
      f32: library.func(`void cblas_sgemm(${product("float")})`),
    };
    const routines = new Map(
      Object.entries(ARGUMENTS).flatMap(([name, count]) =>
        ["d", "s"].map((letter) => {
          const lengths = CHARACTERS[/** @type {keyof typeof CHARACTERS} */ (name)];
          const types = [...Array(count).fill("void *"), ...Array(lengths).fill("size_t")];
          const routine = library.func(`void ${letter}${name}_(${types.join(", ")})`);
          const tail = Array(lengths).fill(1);
          return [letter + name, (/** @type {unknown[]} */ pointers) => routine(...pointers, ...tail)];
        }),
      ),
    );
    const block = (/** @type {Float64Array | Float32Array | Int32Array} */ array) => ({
      pointer: array,
      view: () => array,
    });
    const operations = lapack({
      call: (routine, pointers) => routines.get(routine)?.(pointers),
      floats: (dtype, length) => block(dtype === "f64" ? new Float64Array(length) : new Float32Array(length)),
      integers: (length) => block(new Int32Array(length)),
      character: (letter) => Uint8Array.of(letter.charCodeAt(0)),
      done() {},
    });
    /** The number of threads is the library's, so every task sets it again. @param {(task: Task) => Ready} prepare */
    const withThreads = (prepare) => (/** @type {Task} */ task) => ({
      ...prepare(task),
      enter: () => setThreads(threads),
    });
    return {
      version: /** @type {string} */ (library.func("char *openblas_get_config()")()).split(" ")[1] ?? "unknown",
      operations: {
        ...Object.fromEntries(Object.entries(operations).map(([name, prepare]) => [name, withThreads(prepare)])),
        gemm: withThreads(({ m, n, dtype, data, B }) => {
          const C = data.slice();
          const [rowMajor, plain] = [101, 111];
          return {
            run: () => gemm[dtype](rowMajor, plain, plain, m, n, n, 1, data, n, B, n, 0, C, n),
            answer: () => ({ C: byRows(m, n, C) }),
          };
        }),
      },
    };
  },
};

/** @param {"double" | "float"} type */
function product(type) {
  const matrix = "void *, int";
  return `int, int, int, int, int, int, ${type}, ${matrix}, ${matrix}, ${type}, ${matrix}`;
}

/** @param {readonly (string | undefined)[]} names @param {(name: string) => any} open */
function firstOf(names, open) {
  for (const name of names) {
    try {
      if (name) return open(name);
    } catch {
      // The next one, perhaps.
    }
  }
  throw new Error("no libopenblas in the system; OPENBLAS names its file where it is in an unusual place");
}
