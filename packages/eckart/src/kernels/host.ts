// What the loader needs from its host, Node or browser: the engine is compiled without the declarations of either.
// Where there is no WebAssembly, `host.WebAssembly` is undefined and the first use of it throws, as a refusal does.

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Host {
  readonly WebAssembly: {
    readonly Memory: new (descriptor: { initial: number; maximum?: number }) => Memory;
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  };
}

export const host: Host = globalThis as unknown as Host;
