import { FLOAT8_VALUES, type Float8 } from "../float8.ts";
import type { DType } from "../ndarray.ts";

interface Storage {
  /** Bits of one element. */
  readonly bits: number;
  /** The element type that holds it; undefined for the formats of less than a byte, which are described and not read. */
  readonly dtype: DType | undefined;
  /** Value of each pattern, for the 8-bit floats. */
  readonly values?: Float32Array<ArrayBuffer>;
}

const float8 = (name: Float8): Storage => ({ bits: 8, dtype: "f32", values: FLOAT8_VALUES[name] });

/** Element types by the names that safetensors gives them. */
export type SafetensorsDType =
  | Float8
  | "BOOL"
  | "F4"
  | "F6_E2M3"
  | "F6_E3M2"
  | "U8"
  | "I8"
  | "I16"
  | "U16"
  | "F16"
  | "BF16"
  | "I32"
  | "U32"
  | "F32"
  | "C64"
  | "F64"
  | "I64"
  | "U64";

/** How each element type is stored, in the reference's order, by which tensors are sorted in a file. */
export const SAFETENSORS_STORAGE: Readonly<Record<SafetensorsDType, Storage>> = {
  BOOL: { bits: 8, dtype: "bool" },
  F4: { bits: 4, dtype: undefined },
  F6_E2M3: { bits: 6, dtype: undefined },
  F6_E3M2: { bits: 6, dtype: undefined },
  U8: { bits: 8, dtype: "u8" },
  I8: { bits: 8, dtype: "i8" },
  F8_E5M2: float8("F8_E5M2"),
  F8_E4M3: float8("F8_E4M3"),
  F8_E8M0: float8("F8_E8M0"),
  F8_E4M3FNUZ: float8("F8_E4M3FNUZ"),
  F8_E5M2FNUZ: float8("F8_E5M2FNUZ"),
  I16: { bits: 16, dtype: "i16" },
  U16: { bits: 16, dtype: "u16" },
  F16: { bits: 16, dtype: "f16" },
  BF16: { bits: 16, dtype: "bf16" },
  I32: { bits: 32, dtype: "i32" },
  U32: { bits: 32, dtype: "u32" },
  F32: { bits: 32, dtype: "f32" },
  C64: { bits: 64, dtype: "c64" },
  F64: { bits: 64, dtype: "f64" },
  I64: { bits: 64, dtype: "i64" },
  U64: { bits: 64, dtype: "u64" },
};

const NAMES = Object.keys(SAFETENSORS_STORAGE) as SafetensorsDType[];

/** Place in the reference's order. */
export const DTYPE_RANK: ReadonlyMap<string, number> = new Map(NAMES.map((name, rank) => [name, rank]));

/** The name of an element type of ours; undefined for c128, which the format does not have. */
export const DTYPE_NAMES: ReadonlyMap<DType, SafetensorsDType> = new Map(
  NAMES.flatMap((name) => {
    const { dtype, values } = SAFETENSORS_STORAGE[name];
    return dtype && !values ? [[dtype, name] as const] : [];
  }),
);

export function isSafetensorsDType(name: string): name is SafetensorsDType {
  return DTYPE_RANK.has(name);
}
