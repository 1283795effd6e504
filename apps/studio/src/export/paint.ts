import { PALETTES, type Point, type Role, type Shape } from "@eckart/views";

/** What roles look like, and the face of the letters. */
export interface Look {
  readonly colours: Readonly<Record<Role, string>>;
  readonly family: string;
}

/** The look of figures in the light or in the dark, with the fonts of the page loaded. */
export async function lookOf(scheme: "light" | "dark"): Promise<Look> {
  const family = getComputedStyle(document.documentElement).getPropertyValue("--serif");
  await Promise.all(["", "italic "].map((style) => document.fonts.load(`${style}20px ${family}`, "Aσ₁ᵀ")));
  return { colours: PALETTES[scheme], family };
}

/** Whether the page is light or dark at the moment. */
export function schemeOfPage(): "light" | "dark" {
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  if (scheme === "light" || scheme === "dark") return scheme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Paints marks as `toElement` describes them, so many pixels to the unit. */
export function paint(context: CanvasRenderingContext2D, shapes: readonly Shape[], look: Look, scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  for (const shape of shapes) {
    const { fill, stroke, width = 1, dash = [], opacity = 1 } = shape;
    context.globalAlpha = opacity;
    context.fillStyle = fill ? look.colours[fill] : "transparent";
    context.strokeStyle = stroke ? look.colours[stroke] : "transparent";
    context.lineWidth = width;
    context.setLineDash([...dash]);
    if (shape.kind === "text") {
      const { text, x, y, anchor = "start", size = 13, italic = false } = shape;
      context.font = `${italic ? "italic " : ""}${size}px ${look.family}`;
      context.textAlign = anchor === "middle" ? "center" : anchor;
      context.lineJoin = "miter";
      context.miterLimit = 4;
      if (stroke) context.strokeText(text, x, y);
      if (fill) context.fillText(text, x, y);
    } else {
      context.lineJoin = shape.kind === "path" ? "round" : "miter";
      context.lineCap = shape.kind === "path" ? "round" : "butt";
      const outline = outlineOf(shape, scale);
      if (fill) context.fill(outline);
      if (stroke) context.stroke(outline);
    }
  }
}

function outlineOf(shape: Exclude<Shape, { kind: "text" }>, scale: number): Path2D {
  const path = new Path2D();
  switch (shape.kind) {
    case "rects": {
      // Edges lie between pixels, so that neighbours leave no seam.
      const snapped = (x: number): number => Math.round(x * scale) / scale;
      for (const [x, y, width, height] of shape.rects) {
        const [left, top] = [snapped(x), snapped(y)];
        path.rect(left, top, snapped(x + width) - left, snapped(y + height) - top);
      }
      return path;
    }
    case "circle":
      path.arc(shape.cx, shape.cy, shape.r, 0, 2 * Math.PI);
      return path;
    case "path": {
      const [first, ...rest] = shape.points;
      if (first) path.moveTo(...first);
      if (shape.cubic) {
        for (let i = 0; i + 2 < rest.length; i += 3) {
          const [p, q, end] = rest.slice(i) as [Point, Point, Point];
          path.bezierCurveTo(...p, ...q, ...end);
        }
      } else for (const point of rest) path.lineTo(...point);
      if (shape.closed) path.closePath();
      return path;
    }
  }
}
