// The closed forms live beside the kernels, whose twins call them too.
export * from "../../kernels/ref/twoByTwo.ts";
