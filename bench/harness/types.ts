// What passes between the parts of the bench: a task goes to every library, and an answer comes back to be measured.

export type Operation = "svd" | "svdInto" | "svdvals" | "eigh" | "eig" | "gemm" | "svdBatch" | "svds" | "randomizedSvd";

export type DType = "f64" | "f32";

/** Entry (i, j) is data[offset + i·rowStride + j·colStride]; by rows unless the strides say otherwise. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
  readonly offset?: number;
  readonly rowStride?: number;
  readonly colStride?: number;
}

/** What a task is made from: the same recipe gives the same numbers in every process. */
export interface Recipe {
  readonly operation: Operation;
  readonly dtype: DType;
  readonly m: number;
  readonly n: number;
  /** Matrices of a batch, one after the other. */
  readonly count?: number;
  /** Singular triplets wanted of a truncated decomposition. */
  readonly k?: number;
  /** "gaussian" (default), or "decaying": σᵢ = 10^(−i/8), known exactly. */
  readonly spectrum?: "gaussian" | "decaying";
}

/** One problem: an m × n matrix by rows, or `count` of them; B is the right factor of a product. */
export interface Task extends Required<Omit<Recipe, "spectrum">> {
  readonly spectrum: "gaussian" | "decaying";
  readonly data: Float64Array | Float32Array;
  readonly B?: Float64Array | Float32Array;
}

/** The factors that a library found, in whatever order it has them. Which are there depends on the operation. */
export interface Answer {
  readonly U?: Dense;
  readonly s?: ArrayLike<number>;
  readonly Vt?: Dense;
  readonly w?: ArrayLike<number>;
  /** Imaginary parts of w. */
  readonly wi?: ArrayLike<number>;
  readonly V?: Dense;
  /** Imaginary part of V. */
  readonly Vi?: Dense;
  readonly C?: Dense;
  /** The factors of one matrix of a batch. */
  readonly member?: (index: number) => Answer;
}

/** How good an answer is, in units of the task's ε; `limit` is where it counts as inaccurate. */
export interface Accuracy {
  readonly residual: number;
  readonly orthogonality?: number;
  /** Of a truncated decomposition: its Frobenius error over the least possible, less 1. */
  readonly excess?: number;
  readonly limit: number;
}

/** A problem that a library in this process is ready to solve, again and again. */
export interface Ready {
  /** Solves it; what is left untimed (conversion into the library's own matrix) was done before. */
  run(): unknown;
  /** The factors in what `run` gave. */
  answer(result: never): Answer | Promise<Answer>;
  /** Called before every round, untimed: sets what is the library's and not the task's, such as its threads. */
  readonly enter?: () => void;
  /** Gives back what lies outside of the collected heap. */
  readonly close?: () => void;
}

/** A problem that is timed elsewhere: in another process, another language, or a browser. */
export interface Remote {
  /** Seconds that so many calls took. */
  time(calls: number): Promise<number>;
  check(): Promise<Accuracy>;
  readonly close?: () => void;
}

export type Prepare = (task: Task) => Ready | Remote | null | Promise<Ready | Remote | null>;

/** A library, loaded. */
export interface Library {
  readonly version: string;
  /** What it can do; null from `Prepare` where it cannot do this task. */
  readonly operations: Partial<Record<Operation, Prepare>>;
  readonly close?: () => void;
}

/** One adapter file: how to load a library and what it is. */
export interface Adapter {
  readonly name: string;
  readonly kind: "eckart" | "native" | "webassembly" | "javascript" | "browser";
  /** Debian packages that bring it, tried where it is absent. */
  readonly debian?: readonly string[];
  /** Whether it can be told how many threads to use. */
  readonly threaded?: boolean;
  /** Loads it for so many threads, and compiles it first where `build` allows that. Throws where it is absent, saying why. */
  open(threads: number, build?: boolean): Promise<Library>;
}

/** A loaded library at a number of threads: what takes part in a measurement. */
export interface Peer extends Library {
  readonly name: string;
  readonly kind: Adapter["kind"];
  readonly threads: number;
}

/** What one library did on one case: a JSON line. */
export interface Line {
  readonly subject: string;
  readonly operation: string;
  readonly case: string;
  readonly dtype: DType;
  readonly library: string;
  readonly kind: Adapter["kind"];
  readonly version: string;
  readonly threads: number;
  /** Seconds a call: median and best of the rounds. */
  readonly median: number;
  readonly best: number;
  readonly rounds: number;
  /** Distance of the quartiles over the median. */
  readonly spread: number;
  /** Their time over ours: the median of the rounds' ratios, and the ratio of the bests. */
  readonly ratio: number;
  readonly bestRatio: number;
  readonly residual?: number;
  readonly orthogonality?: number;
  readonly excess?: number;
  readonly inaccurate?: boolean;
  /** Why there is no time. */
  readonly failed?: string;
}
