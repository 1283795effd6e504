export { setScratch } from "./scratch";
export { scratchBytes, gemmF64, gemmF32 } from "./gemm";
export * from "./vector";
export * from "./matrixVector";
export * from "./rotation";
export * from "./bidiagonal";
export * from "./secular";
export * from "./triangular";
export * from "./tridiagonal";
