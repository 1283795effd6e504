import { describe, expect, test } from "vitest";
import fc from "fast-check";
import {
  apply,
  direction,
  eigenFrameShapes,
  eigenHuntPlane,
  eigenHuntShapes,
  imageReach,
  lengthsPlane,
  lengthsShapes,
  nearestLine,
  onMap,
  signedAngle,
  snappedDeterminant,
  spectralFilm,
  spectralPlane,
  stretchedAt,
  stretchFilm,
  traceDeterminantPlane,
  traceDeterminantShapes,
  withTraceAndDeterminant,
  type EigenLine,
  type Rows2,
  type Shape,
  type SymmetricMap,
} from "@eckart/views";

const texts = (shapes: readonly Shape[]): string[] => shapes.flatMap((s) => (s.kind === "text" ? [s.text] : []));
const marked = (shapes: readonly Shape[], mark: string): Shape[] => shapes.filter((shape) => shape.mark === mark);
const degrees = (radians: number): number => (radians * 180) / Math.PI;
const points = (shape: Shape | undefined): readonly (readonly [number, number])[] =>
  shape?.kind === "path" ? shape.points : [];

const A: Rows2 = [[2, 1], [0.5, 1.5]]; // oxfmt-ignore
const LINES: readonly EigenLine[] = [
  { along: [2 / Math.sqrt(5), 1 / Math.sqrt(5)], value: 2.5, index: 1 },
  { along: [Math.SQRT1_2, -Math.SQRT1_2], value: 1, index: 2 },
];
/** [[4, 2], [2, 3]]. */
const S: SymmetricMap = {
  values: [(7 + Math.sqrt(17)) / 2, (7 - Math.sqrt(17)) / 2],
  angle: Math.atan2(2, (1 + Math.sqrt(17)) / 2),
};

describe("6.1 the hunt", () => {
  const hunt = (v: readonly [number, number], lines: readonly EigenLine[], caught: boolean): Shape[] =>
    eigenHuntShapes({ A, v, lines, caught, reach: imageReach(A) });

  test("no line is drawn before it is found", () => {
    const shapes = hunt([0, 1], [], false);
    expect(marked(shapes, "l1")).toEqual([]);
    expect(texts(shapes)).toEqual(["v", "Av"]);
  });

  test("6.2 6.3 a line that was found is drawn whole, with its eigenvalue", () => {
    const shapes = hunt([0, 1], LINES, false);
    for (const { along, index } of LINES) {
      const [p, q] = points(marked(shapes, `l${index}`)[0]).map(eigenHuntPlane(imageReach(A)).at) as [
        readonly [number, number],
        readonly [number, number],
      ];
      expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeGreaterThan(2 * imageReach(A) - 1e-9);
      expect(p[0] * along[1] - p[1] * along[0]).toBeCloseTo(0, 9);
      expect(q[0] * along[1] - q[1] * along[0]).toBeCloseTo(0, 9);
    }
    expect(texts(shapes)).toContain("λ₁ = 2.5");
    expect(texts(shapes)).toContain("λ₂ = 1");
  });

  test("the turn from v to Av is drawn unless there is none", () => {
    const arcs = (caught: boolean): number => hunt([0, 1], [], caught).filter((s) => s.stroke === "muted").length;
    expect(arcs(false)).toBe(arcs(true) + 2);
  });

  test("a direction finds the nearest line on either side, within the tolerance only", () => {
    const near = (angle: number): number | undefined =>
      nearestLine(direction((angle * Math.PI) / 180), LINES, Math.PI / 72)?.index;
    expect([26, 29, 206.6, 24.2].map(near)).toEqual([1, 1, 1, 1]);
    expect([135, 137.4, 313].map(near)).toEqual([2, 2, 2]);
    expect([23, 30, 90, 138].map(near)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("a map to 0 has no direction and no arc that fails", () => {
    const shapes = eigenHuntShapes({ A: [[0, 0], [0, 0]], v: [1, 0], lines: [], caught: true, reach: 2 }); // oxfmt-ignore
    expect(JSON.stringify(shapes)).not.toMatch(/null|NaN/);
  });
});

describe("6.6 the map of traces and determinants", () => {
  const entry = fc.double({ min: -8, max: 8, noNaN: true });
  const rows = fc.tuple(entry, entry, entry, entry).map(([a, b, c, d]): Rows2 => [
    [a, b],
    [c, d],
  ]);
  const trace = ([[a], [, d]]: Rows2): number => a + d;
  const det = ([[a, b], [c, d]]: Rows2): number => a * d - b * c;

  test("the matrix that a place stands for has its trace and determinant", () => {
    fc.assert(
      fc.property(rows, entry, entry, (A, t, d) => {
        const B = withTraceAndDeterminant(A, t, d);
        const size = 1 + Math.max(...B.flat().map(Math.abs)) ** 2;
        expect(Math.abs(trace(B) - t) / size).toBeLessThan(1e-14);
        expect(Math.abs(det(B) - d) / size).toBeLessThan(1e-14);
      }),
      { examples: [[[[0, 0], [1e-323, -1e-323]], 8, 0]] }, // oxfmt-ignore
    );
  });

  test("staying is staying, and who comes back finds the same matrix", () => {
    fc.assert(
      fc.property(rows, entry, entry, (A, t, d) => {
        const [rho, kappa] = [Math.hypot(A[0][0] - A[1][1], A[0][1] + A[1][0]), Math.abs(A[1][0] - A[0][1])];
        fc.pre(rho > 0.1 && kappa > 0.1);
        const back = withTraceAndDeterminant(withTraceAndDeterminant(A, t, d), trace(A), det(A));
        for (const [i, row] of withTraceAndDeterminant(A, trace(A), det(A)).entries())
          for (const [j, x] of row.entries()) {
            expect(x).toBeCloseTo(A[i][j], 9);
            expect(back[i][j]).toBeCloseTo(A[i][j], 6);
          }
      }),
    );
  });

  test("a symmetric matrix stays symmetric outside of the parabola and comes to a multiple of I on it", () => {
    const [[, b], [c]] = withTraceAndDeterminant([[4, 2], [2, 3]], 5, -3); // oxfmt-ignore
    expect(b).toBe(c);
    expect(withTraceAndDeterminant([[4, 2], [2, 3]], 4, 4)).toEqual([[2, 0], [0, 2]]); // oxfmt-ignore
  });

  test("a hand near the parabola is taken onto it, and places beyond the edge are shown at the edge", () => {
    expect(snappedDeterminant(4, 4.1, 0.2)).toBe(4);
    expect(snappedDeterminant(4, 4.3, 0.2)).toBe(4.3);
    const [x, y] = traceDeterminantPlane.place(onMap(900, -900));
    expect(x).toBeLessThan(500);
    expect(y).toBeLessThan(500);
  });

  test("the curve is tr² = 4 det at every point", () => {
    const curve = traceDeterminantShapes(1, 1).find((s) => s.kind === "path" && s.mark === "parabola");
    const [p, q, r, s] = points(curve).map(traceDeterminantPlane.at) as [number, number][];
    for (const t of [0.1, 0.3, 0.5, 0.8]) {
      const at = (i: 0 | 1): number =>
        (1 - t) ** 3 * p[i] + 3 * t * (1 - t) ** 2 * q[i] + 3 * t ** 2 * (1 - t) * r[i] + t ** 3 * s[i];
      expect(at(0) ** 2).toBeCloseTo(4 * at(1), 9);
    }
  });
});

describe("6.7 a symmetric map", () => {
  test("at the end it is S, and its axes stand 29.74° apart", () => {
    const film = stretchFilm(S, { eigenGrid: true, axisGrid: true });
    const M = stretchedAt(S, film.duration);
    expect(M.flat().map((x) => Number(x.toFixed(12)))).toEqual([4, 2, 2, 3]);
    expect(degrees(signedAngle([M[0][0], M[1][0]], [M[0][1], M[1][1]])).toFixed(2)).toBe("29.74");
    expect(texts(film.at(film.duration))).toContain("29.7°");
  });

  test("the directions q₁ and q₂ stay square at all times, those of the axes do not", () => {
    const q = [direction(S.angle), direction(S.angle + Math.PI / 2)] as const;
    for (let t = 0; t <= 2.1; t += 0.1) {
      const M = stretchedAt(S, t);
      expect(degrees(signedAngle(apply(M, q[0]), apply(M, q[1])))).toBeCloseTo(90, 9);
      const corner = degrees(signedAngle(apply(M, [1, 0]), apply(M, [0, 1])));
      if (t > 0.3) expect(corner).toBeLessThan(85);
    }
  });

  test("each grid is there when it is asked for", () => {
    const shapes = (eigenGrid: boolean, axisGrid: boolean): readonly Shape[] =>
      stretchFilm(S, { eigenGrid, axisGrid }).at(1);
    expect(marked(shapes(true, false), "axes")).toEqual([]);
    expect(marked(shapes(false, true), "Q")).toEqual([]);
    expect(marked(shapes(true, true), "axes").length).toBeGreaterThan(5);
    expect(marked(shapes(true, true), "Q").length).toBeGreaterThan(5);
  });

  test("[[1, 1], [1, 2]] leaves 18.43° of the corner", () => {
    const values = [(3 + Math.sqrt(5)) / 2, (3 - Math.sqrt(5)) / 2] as const;
    const M = stretchedAt({ values, angle: Math.atan2(1, (Math.sqrt(5) - 1) / 2) }, 9);
    expect(degrees(signedAngle([M[0][0], M[1][0]], [M[0][1], M[1][1]])).toFixed(2)).toBe("18.43");
  });
});

describe("8.4 turn, stretch, turn back", () => {
  const film = spectralFilm(S, [1, 0]);
  const plane = spectralPlane(S.values);
  const tip = (mark: string, time: number): readonly [number, number] => {
    const head = marked(film.at(time), mark).find(
      (s) => s.kind === "path" && s.closed === true && s.fill !== undefined,
    );
    return plane.at(points(head)[0]);
  };

  test("three chapters: Qᵀ lays q₁ and q₂ on the axes, Λ multiplies by λ, Q returns", () => {
    expect(film.chapters.map(({ name }) => name)).toEqual(["Qᵀ", "Λ", "Q"]);
    const [first, second, third] = film.chapters.map(({ end }) => end) as [number, number, number];
    expect(tip("l1", first)[0]).toBeCloseTo(1, 9);
    expect(tip("l1", first)[1]).toBeCloseTo(0, 9);
    expect(tip("l2", first)[1]).toBeCloseTo(1, 9);
    expect(tip("l1", second)[0]).toBeCloseTo(S.values[0], 9);
    expect(tip("l2", second)[1]).toBeCloseTo(S.values[1], 9);
    const [x, y] = tip("u", third);
    expect([x, y].map((t) => Number(t.toFixed(9)))).toEqual([4, 2]);
    expect(texts(film.at(third))).toContain("Sx");
  });

  test("while it turns a circle stays a circle", () => {
    for (const time of [0.2, 0.45, 0.7]) {
      const ring = points(marked(film.at(time), "L")[0])
        .filter((_, i) => i % 3 === 0)
        .map(plane.at);
      for (const p of ring) expect(Math.hypot(...p)).toBeCloseTo(1, 9);
    }
  });

  test("a negative eigenvalue turns its direction over, and 0 flattens", () => {
    const reversed = spectralFilm({ values: [3, -1], angle: Math.PI / 4 }, [1, 0]);
    expect(reversed.chapters[1].caption).toContain("flipped");
    const lost = spectralFilm({ values: [5, 0], angle: 1 }, [1, 0]);
    expect(lost.chapters[1].caption).toContain("flattened to 0");
    for (const time of [0, 1.5, 1.65, 2.1, 3.3])
      for (const shapes of [reversed.at(time), lost.at(time)]) expect(JSON.stringify(shapes)).not.toMatch(/null|NaN/);
  });
});

describe("8.1 8.2 right angles and lengths", () => {
  test("the mark of a right angle stands only where there is one", () => {
    const frame = (square: boolean): Shape[] =>
      marked(eigenFrameShapes({ A, lines: LINES, chosen: false, square, reach: 4 }), "dot");
    expect(frame(true).length).toBe(1);
    expect(frame(false).length).toBe(0);
  });

  test("(4, 3) has the legs 4 and 3 and the length 5; divided by it, length 1", () => {
    const input = { a: [4, 3], b: [-1.5, 2], lengths: [5, 2.5], square: true } as const;
    expect(texts(lengthsShapes({ ...input, normalised: false }))).toEqual(expect.arrayContaining(["4", "3", "5"]));
    const shapes = lengthsShapes({ ...input, normalised: true });
    const heads = shapes.filter((s) => s.kind === "path" && s.closed === true && s.fill === "v");
    const tips = heads.map((head) => lengthsPlane.at(points(head)[0]));
    expect(tips.map(([x, y]) => [x.toFixed(9), y.toFixed(9)])).toEqual([
      ["0.800000000", "0.600000000"],
      ["-0.600000000", "0.800000000"],
    ]);
  });

  test("vectors on an axis and the vector 0 make a picture too", () => {
    for (const a of [
      [0, 0],
      [3, 0],
      [0, -1],
    ] as const)
      // oxfmt-ignore
      for (const normalised of [false, true]) {
        const shapes = lengthsShapes({ a, b: [1, 1], lengths: [Math.hypot(...a), Math.SQRT2], square: false, normalised });
        expect(JSON.stringify(shapes)).not.toMatch(/null|NaN/);
      }
  });
});
