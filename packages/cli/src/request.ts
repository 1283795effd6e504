import type { FormatName } from "@eckart/formats";
import type { Exit } from "./exit.ts";

/** The commands that decompose, measure, solve or convert: those that run in the worker thread. */
export type CommandName =
  | "svd"
  | "svds"
  | "eigh"
  | "eig"
  | "lowrank"
  | "pca"
  | "stream"
  | "classify"
  | "certify"
  | "rank"
  | "cond"
  | "det"
  | "inv"
  | "pinv"
  | "solve"
  | "lstsq"
  | "info"
  | "convert";

/** What an output can be written as; "text" is what people read. */
export type OutputFormat = "text" | FormatName;

/** What the command line said, by the names of its long options. */
export interface Options {
  readonly from?: FormatName;
  readonly variable?: string;
  readonly header?: boolean;
  readonly separator?: string;
  readonly columns?: readonly (string | number)[];
  readonly omit?: readonly (string | number)[];
  readonly decimal?: "." | ",";
  readonly missing?: "error" | "nan" | "drop-row" | number;
  readonly complex?: "real" | "imaginary";
  readonly dtype?: "f32" | "f64";

  readonly method?: string;
  readonly full?: boolean;
  readonly values?: boolean;
  readonly rtol?: number;
  readonly atol?: number;
  readonly rank?: number;
  readonly energy?: number;
  readonly tol?: number;
  readonly explain?: boolean;
  readonly certify?: boolean;
  readonly left?: boolean;
  readonly k?: number;
  readonly which?: "largest" | "smallest" | number;
  readonly seed?: number;
  readonly components?: number | "gap" | "gavish-donoho";
  readonly center?: boolean;
  readonly scale?: boolean;
  readonly whiten?: boolean;
  readonly sketch?: boolean;
  readonly block?: number;
  readonly threads?: number;

  readonly output?: string;
  readonly format?: OutputFormat;
  readonly part?: readonly string[];
  readonly precision?: number;
  readonly svg?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The terminal as far as the text depends on it. */
export interface Terminal {
  /** Standard output and standard error go to a person. */
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly columns: number;
  readonly unicode: boolean;
  readonly color: boolean;
}

/** Everything that the worker thread needs to answer; plain data. */
export interface Request {
  readonly command: CommandName;
  readonly operands: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
}

/** A file to write, whole or not at all. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is left to do once the worker has answered: plain data again. */
export interface Outcome {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly files: readonly OutputFile[];
  readonly exit: Exit;
}

/** What is being done, and of a decomposition the part that is done, 0 … 1, and the step of its algorithm. */
export interface Stage {
  readonly stage: string;
  readonly fraction?: number;
  readonly step?: string;
}

/** What the worker thread says: where it is, and at the end what came out. */
export type Message = Stage | { readonly outcome: Outcome };
