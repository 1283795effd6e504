delete globalThis.WebAssembly;
await import("./node.js");
