// The one region that kernels may use between their own steps. The loader gives every instance (every thread) its own.
// Layout in bytes: 64 for small hand-overs, then the packed panels of gemm.

export let scratch: usize = 0;

export function setScratch(address: usize): void {
  scratch = address;
}
