// Error-free transformations live beside the kernels, whose twins call them too.
export * from "../../kernels/ref/errorFree.ts";
