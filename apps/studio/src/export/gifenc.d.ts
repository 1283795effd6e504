declare module "gifenc" {
  type Colour = readonly [red: number, green: number, blue: number];
  interface FrameOptions {
    /** Of the whole file; the first frame brings it. */
    readonly palette?: readonly Colour[];
    /** In milliseconds. */
    readonly delay?: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1 leaves the frame where it is. */
    readonly dispose?: number;
  }
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  export function quantize(rgba: Uint8ClampedArray, maxColours: number): Colour[];
  export function nearestColorIndex(palette: readonly Colour[], colour: Colour): number;
}
