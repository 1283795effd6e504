import type { ToldFilm } from "./film/timeline.ts";
import { heading } from "./heading.ts";
import type { Figure, Point, Shape } from "./shape.ts";

/** A mark at another place. */
function moved(shape: Shape, dx: number, dy: number): Shape {
  switch (shape.kind) {
    case "rects":
      return { ...shape, rects: shape.rects.map(([x, y, width, height]) => [x + dx, y + dy, width, height] as const) };
    case "path":
      return { ...shape, points: shape.points.map(([x, y]): Point => [x + dx, y + dy]) };
    case "circle":
      return { ...shape, cx: shape.cx + dx, cy: shape.cy + dy };
    case "text":
      return { ...shape, x: shape.x + dx, y: shape.y + dy };
  }
}

/** Figures side by side as one, `gap` units apart, each in the middle of the height; their descriptions follow each other. */
export function besideFigures(title: string, figures: readonly Figure[], gap = 32): Figure {
  const height = Math.max(0, ...figures.map((figure) => figure.height));
  let right = 0;
  const shapes = figures.flatMap((figure) => {
    const left = right;
    right += figure.width + gap;
    return figure.shapes.map((shape) => moved(shape, left, (height - figure.height) / 2));
  });
  return { width: Math.max(0, right - gap), height, title, description: told(figures), shapes };
}

/** Figures one below the other as one, `gap` units apart, each in the middle of the width; their descriptions follow each other. */
export function belowFigures(title: string, figures: readonly Figure[], gap = 32): Figure {
  const width = Math.max(0, ...figures.map((figure) => figure.width));
  let bottom = 0;
  const shapes = figures.flatMap((figure) => {
    const top = bottom;
    bottom += figure.height + gap;
    return figure.shapes.map((shape) => moved(shape, (width - figure.width) / 2, top));
  });
  return { width, height: Math.max(0, bottom - gap), title, description: told(figures), shapes };
}

/** A figure with its title below it, as one of several. */
export function named(figure: Figure): Figure {
  const { width, height, title, shapes } = figure;
  const name: Shape = {
    kind: "text",
    x: width / 2,
    y: height + 26,
    anchor: "middle",
    size: 20,
    fill: "ink",
    text: title,
  };
  return { ...figure, height: height + 40, shapes: [...shapes, name] };
}

/** A figure under its title and its description, as it stands alone on a slide. */
export function headed(figure: Figure): Figure {
  const head = heading(figure.title, figure.description, figure.width);
  return {
    ...figure,
    height: head.height + figure.height,
    shapes: [...head.shapes, ...figure.shapes.map((shape) => moved(shape, 0, head.height))],
  };
}

/** A film under its title and, in each chapter, the words of that chapter. */
export function headedFilm(film: ToldFilm): ToldFilm {
  const { width, title, chapters } = film;
  const heads = chapters.map(({ caption }) => heading(title, caption, width));
  const top = Math.max(heading(title, "", width).height, ...heads.map(({ height }) => height));
  return {
    ...film,
    height: top + film.height,
    at: (seconds) => [
      ...(heads[
        Math.max(
          0,
          chapters.findLastIndex(({ start }) => start < seconds),
        )
      ]?.shapes ?? []),
      ...film.at(seconds).map((shape) => moved(shape, 0, top)),
    ],
  };
}

function told(figures: readonly Figure[]): string {
  return figures
    .map(({ description }) => description)
    .filter((description) => description !== "")
    .join(" ");
}
