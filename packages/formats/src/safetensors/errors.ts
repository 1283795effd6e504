import { FormatError, type Place } from "../errors.ts";

/** What is wrong with a file, in the words of the reference implementation; the last three concern an index. */
export type SafetensorsReason =
  | "HeaderTooSmall"
  | "HeaderTooLarge"
  | "InvalidHeaderLength"
  | "InvalidHeader"
  | "InvalidHeaderDeserialization"
  | "InvalidOffset"
  | "ValidationOverflow"
  | "MisalignedSlice"
  | "TensorInvalidInfo"
  | "MetadataIncompleteBuffer"
  | "TensorNotFound"
  | "InvalidShardName"
  | "ShardNotFound"
  | "TensorNotInShard";

/** A safetensors file or index that breaks a rule of the format; `reason` says which. */
export class SafetensorsError extends FormatError {
  override readonly name: string = "SafetensorsError";
  readonly reason: SafetensorsReason;

  constructor(reason: SafetensorsReason, place: Place, problem: string, options?: ErrorOptions) {
    super("safetensors", place, problem, options);
    this.reason = reason;
  }
}
