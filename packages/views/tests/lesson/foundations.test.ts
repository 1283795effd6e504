import { describe, expect, test } from "vitest";
import fc from "fast-check";
import {
  after,
  apply,
  besidePlane,
  columnsPlane,
  columnsShapes,
  degrees,
  dialPlane,
  direction,
  eigenvalueLine,
  IDENTITY,
  mappedPlane,
  mappedPlaneFilm,
  mappedPlaneShapes,
  mirrorDial,
  movedPair,
  onTheWay,
  pairPlane,
  pairShapes,
  rotationDial,
  seen,
  seenAt,
  settled,
  shadowPlane,
  shadowShapes,
  signedAngle,
  signedArea,
  thereAndBack,
  turn,
  twoMotions,
  type Plane,
  type Point,
  type Rows2,
  type Shape,
  type Vector2,
} from "@eckart/views";

const marked = (shapes: readonly Shape[], mark: string): Shape[] => shapes.filter((shape) => shape.mark === mark);
const texts = (shapes: readonly Shape[]): string[] => shapes.flatMap((s) => (s.kind === "text" ? [s.text] : []));
const points = (shape: Shape | undefined): readonly Point[] => (shape?.kind === "path" ? shape.points : []);
const reflection = (phi: number): Rows2 => [
  [Math.cos(2 * phi), Math.sin(2 * phi)],
  [Math.sin(2 * phi), -Math.cos(2 * phi)],
];
/** Where the arrow of a mark points to: the tip of its head. */
const tip = (shapes: readonly Shape[], mark: string, plane: Plane): Vector2 => {
  const heads = marked(shapes, mark).filter((shape) => shape.kind === "path" && shape.points.length === 3);
  const head = heads[0];
  return plane.at(points(head)[head.kind === "path" && head.closed ? 0 : 1]);
};
/** The F of a picture: the strokes of width 3 with an angle in them. */
const strokesOfF = (shapes: readonly Shape[]): Shape[] =>
  shapes.filter((s) => s.kind === "path" && s.width === 3 && s.points.length === 3 && !s.closed);
const near = (a: Vector2, b: Vector2, digits = 9): void => {
  expect(a[0]).toBeCloseTo(b[0], digits);
  expect(a[1]).toBeCloseTo(b[1], digits);
};
const entry = fc.integer({ min: -400, max: 400 }).map((hundredths) => hundredths / 100);
const map = fc.tuple(entry, entry, entry, entry).map(([a, b, c, d]): Rows2 => [[a, b], [c, d]]); // oxfmt-ignore
const part = fc.double({ min: 0, max: 1, noNaN: true });
const angle = fc.integer({ min: -180, max: 180 }).map((whole) => (whole * Math.PI) / 180);

describe("a map on its way", () => {
  test("begins at the identity and ends at the map", () => {
    fc.assert(
      fc.property(map, (A) => {
        expect(onTheWay(A, 0)).toEqual(IDENTITY);
        expect(onTheWay(A, 1)).toBe(A);
        const nearly = onTheWay(A, 1 - 1e-12);
        for (const e of [IDENTITY[0], IDENTITY[1]]) near(apply(nearly, e), apply(A, e));
      }),
    );
  });

  test("BASE-3 never flattens the plane on the way to a map that keeps its orientation", () => {
    fc.assert(
      fc.property(map, part, (A, t) => {
        fc.pre(signedArea(A) > 0);
        expect(signedArea(onTheWay(A, t))).toBeGreaterThan(0);
      }),
    );
  });

  test("BASE-3 angles move, never entries: a rotation stays one", () => {
    fc.assert(
      fc.property(angle, part, (alpha, t) => {
        const [[a, b], [c, d]] = onTheWay(turn(alpha), t);
        expect(a).toBeCloseTo(Math.cos(t * alpha), 9);
        expect(Math.hypot(a, c)).toBeCloseTo(1, 9);
        expect(Math.hypot(b, d)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("1 linear maps", () => {
  const A: Rows2 = [[2, 1], [0.5, 1.5]]; // oxfmt-ignore

  test("1.1 columns and images stand where the entries say, to 1e-12", () => {
    fc.assert(
      fc.property(map, fc.tuple(entry, entry), ([[a, b], [c, d]], v) => {
        const shapes = mappedPlaneShapes({ A: [[a, b], [c, d]], vectors: [v] }); // oxfmt-ignore
        if (Math.hypot(a, c) > 1e-3) near(tip(shapes, "a1", mappedPlane), [a, c], 12);
        if (Math.hypot(b, d) > 1e-3) near(tip(shapes, "a2", mappedPlane), [b, d], 12);
        const image: Vector2 = [a * v[0] + b * v[1], c * v[0] + d * v[1]];
        if (Math.hypot(...image) > 1e-3) near(tip(shapes, "Av", mappedPlane), image, 12);
      }),
    );
  });

  test("1.1 the F is reversed exactly where the determinant is negative", () => {
    for (const [B, role] of [
      [A, "ink"],
      [
        [
          [1, 2],
          [2, 1],
        ],
        "reversed",
      ],
    ] as const)
      // oxfmt-ignore
      expect(strokesOfF(mappedPlaneShapes({ A: B, vectors: [] })).map((s) => s.kind === "path" && s.stroke)).toEqual([
        role,
      ]);
  });

  test("1.2 the columns of X go to the columns of AX", () => {
    const shapes = mappedPlaneShapes({ A, vectors: [[1, 0], [0, 1], [-1, 2]], columns: false }); // oxfmt-ignore
    const tips = marked(shapes, "Av").flatMap((s) =>
      s.kind === "path" && s.closed ? [mappedPlane.at(s.points[0])] : [],
    );
    [[2, 0.5], [1, 1.5], [0, 2.5]].forEach((image, i) => near(tips[i], image as unknown as Vector2)); // oxfmt-ignore
    expect(texts(shapes)).toEqual(expect.arrayContaining(["Ax₁", "Ax₂", "Ax₃", "x₁", "x₂", "x₃"]));
  });

  test("1.4 the film goes from the plane at rest to the plane under A", () => {
    const film = mappedPlaneFilm({ A, vectors: [[-1, 2]] }, "", "");
    expect(film.chapters).toHaveLength(1);
    near(tip(film.at(0), "Av", mappedPlane), [-1, 2]);
    near(tip(film.at(film.duration), "Av", mappedPlane), [0, 2.5]);
    expect(film.at(film.duration)).toEqual(mappedPlaneShapes({ A, vectors: [[-1, 2]] }));
  });
});

describe("2 the inverse", () => {
  const film = thereAndBack({ M: [[1, 1], [1, 2]], inverse: [[2, -1], [-1, 1]], x: [-1, 1.5] }, "", ""); // oxfmt-ignore

  test("2.3 M, then M⁻¹: everything returns", () => {
    expect(film.chapters.map(({ name }) => name)).toEqual(["M", "M⁻¹"]);
    const arrived = film.chapters[0].end;
    near(tip(film.at(arrived), "m2", mappedPlane), [1, 2]);
    near(tip(film.at(film.duration), "m1", mappedPlane), [1, 0]);
    near(tip(film.at(film.duration), "m2", mappedPlane), [0, 1]);
    near(tip(film.at(film.duration), "Mx", mappedPlane), [-1, 1.5]);
    expect(strokesOfF(film.at(film.duration))).toEqual(strokesOfF(film.at(0)));
  });

  test("BASE-4 2.3 where the rank is 1 the film ends on the column line, with two points that have become one", () => {
    const M: Rows2 = [[1, 2], [2, 4]]; // oxfmt-ignore
    const lost: Vector2 = [1, -0.5];
    const flat = thereAndBack({ M, x: [-1, 1], columnLine: [0.5, 1], lost }, "", "");
    expect(flat.chapters).toHaveLength(1);
    const shapes = flat.at(flat.duration);
    expect(texts(shapes)).toEqual(expect.arrayContaining(["column line", "x", "x′", "Mx = Mx′"]));
    const [x, other] = marked(shapes, "x").flatMap((s) =>
      s.kind === "path" && s.points.length === 3 ? [mappedPlane.at(s.points[1])] : [],
    ) as [Vector2, Vector2];
    expect(Math.hypot(other[0] - x[0], other[1] - x[1])).toBeGreaterThan(1);
    near(apply(M, x), apply(M, other));
  });
});

describe("3 symmetric matrices", () => {
  const ticks = (values: readonly number[]): number[] =>
    [1, 2, 3].map((i) => points(marked(eigenvalueLine(values), `l${i}`)[0])[0][0]);

  test("3.1 eigenvalues stand in proportion on their line, 0 in its middle", () => {
    const [a, b, c] = ticks([13.899, 1.838, -4.737]) as [number, number, number];
    expect((a - 220) / (b - 220)).toBeCloseTo(13.899 / 1.838, 9);
    expect((c - 220) / (b - 220)).toBeCloseTo(-4.737 / 1.838, 9);
  });

  test.each([[[0, 0, 0]], [[5, 5, 5]], [[1e-9, 0, -1e-9]], [[900, 899, -1000]]])(
    "the names of %j stand apart and inside",
    (values) => {
      const names = eigenvalueLine(values).filter((s) => s.kind === "text" && s.fill === "lambda");
      const places = names.map((s) => (s.kind === "text" ? s.x : NaN));
      for (let i = 1; i < 3; i++) expect(places[i - 1] - places[i]).toBeGreaterThan(18);
      for (const x of places) expect(x > 12 && x < 428).toBe(true);
    },
  );
});

describe("4 orthogonal matrices", () => {
  const right = (shapes: readonly Shape[]): boolean => texts(shapes).some((text) => /^[+−]90°$/.test(text));
  const names = ["o₁", "o₂"] as const;

  test("4.1 4.3 columns at a right angle are marked so; the turn between them has the sign of the determinant", () => {
    fc.assert(
      fc.property(angle, (alpha) => {
        const [R, F] = [turn(alpha), reflection(alpha)].map((M) => columnsShapes({ M, names, picked: [0, 1] }));
        expect(right(R) && texts(R).includes("+90°")).toBe(true);
        expect(right(F) && texts(F).includes("−90°")).toBe(true);
        expect(strokesOfF(F).every((s) => s.kind === "path" && s.stroke === "reversed")).toBe(true);
        expect(strokesOfF(R).every((s) => s.kind === "path" && s.stroke === "ink")).toBe(true);
      }),
    );
    const neither = columnsShapes({ M: [[1.2, 0.4], [0.3, 0.9]], names, picked: [0, 1] }); // oxfmt-ignore
    expect(right(neither)).toBe(false);
  });

  test("4.1 a column with itself shows as its length", () => {
    expect(texts(columnsShapes({ M: turn(0.5), names, picked: [0, 0] }))).toContain("1");
    expect(texts(columnsShapes({ M: [[3, 0], [4, 1]], names, picked: [0, 0] }))).toContain("5"); // oxfmt-ignore
  });

  test("4.4 an orthogonal map keeps the angle between two vectors, a reflection turns its sign, a shear keeps neither", () => {
    const [v, w]: [Vector2, Vector2] = [[2, 0.5], [0.5, 1.5]]; // oxfmt-ignore
    const label = (M?: Rows2): string =>
      texts(pairShapes({ v, w, names: ["v", "w"], ...(M && { map: M }) })).find((text) => text.endsWith("°"))!;
    expect(label()).toBe("+58°");
    expect(label(turn(2))).toBe("+58°");
    expect(label(reflection(1))).toBe("−58°");
    expect(label([[1, 1], [0, 1]])).toBe("+26°"); // oxfmt-ignore
  });

  test("4.6 a point of space is dragged parallel to the picture", () => {
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry), fc.tuple(entry, entry), (b, to) => {
        near(seen(seenAt(b, to)), to);
        const back = seenAt(seenAt(b, to), seen(b));
        back.forEach((x, k) => expect(x).toBeCloseTo(b[k], 9));
      }),
    );
  });

  test("4.6 b and its shadow are drawn where they are seen", () => {
    const [b, shadow] = [[-1, -0.7, 0.2], [-0.69, -0.08, -0.42]] as const; // oxfmt-ignore
    const shapes = shadowShapes({ q1: [2 / 3, 1 / 3, 2 / 3], q2: [-2 / 3, 2 / 3, 1 / 3], b, shadow });
    near(tip(shapes, "b", shadowPlane), seen(b));
    near(tip(shapes, "QQb", shadowPlane), seen(shadow));
  });
});

describe("5 rotations and reflections", () => {
  test("5.1 the columns of the rotation stand at α and at α + 90°", () => {
    fc.assert(
      fc.property(angle, (alpha) => {
        const shapes = rotationDial(alpha);
        near(tip(shapes, "c1", dialPlane), direction(alpha));
        near(tip(shapes, "c2", dialPlane), direction(alpha + Math.PI / 2));
      }),
    );
  });

  test("5.3 the mirror image stands at 2φ − θ, and both steps are equal", () => {
    fc.assert(
      fc.property(angle, angle, (phi, theta) => {
        const shapes = mirrorDial(phi, theta);
        near(tip(shapes, "image", dialPlane), direction(2 * phi - theta));
        const steps = texts(marked(shapes, "step"));
        expect(steps).toHaveLength(2);
        expect(steps[0]).toBe(steps[1]);
      }),
    );
  });

  test("BASE-7 5.2 5.3 from v to w: a rotation keeps the way round, a reflection turns it", () => {
    const vector = fc.tuple(angle, fc.double({ min: 0.5, max: 1.8, noNaN: true })).map(([t, r]): Vector2 => {
      const [x, y] = direction(t);
      return [r * x, r * y];
    });
    const turns = (shapes: readonly Shape[]): string[] => texts(marked(shapes, "order"));
    fc.assert(
      fc.property(angle, vector, vector, (t, v, w) => {
        fc.pre(Math.abs(signedAngle(v, w)) < 3.1);
        const way = degrees(signedAngle(v, w));
        expect(turns(movedPair(turn(t), v, w))).toEqual([way, way]);
        const opposite = degrees(-signedAngle(v, w));
        expect(turns(movedPair(reflection(t), v, w, t))).toEqual([way, opposite]);
      }),
    );
  });

  test("5.2 5.3 the errata's numbers: order of angles is neither kept nor flipped", () => {
    const at = (degree: number): Vector2 => direction((degree * Math.PI) / 180);
    const goes = (M: Rows2, degree: number): number => {
      const [x, y] = apply(M, at(degree));
      return Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
    };
    const [rotation, mirror] = [turn(Math.PI / 9), reflection(Math.PI / 6)];
    expect([goes(rotation, 10), goes(rotation, 350)]).toEqual([30, 10]);
    expect([goes(mirror, 10), goes(mirror, 100)]).toEqual([50, 320]);
  });

  test("5.4 the film: a rotation keeps lengths at every moment, the reflection ends at 2φ − θ and its F is reversed", () => {
    const [alpha, phi] = [1.4, -0.14];
    const film = twoMotions(alpha, phi, "", "");
    expect(film.chapters).toHaveLength(2);
    const unit = film.height / 4.2;
    const from = ([x, y]: Point): Vector2 => [(x - film.width / 2) / unit, (film.height / 2 - y) / unit];
    const end = (time: number, mark: string): Vector2 =>
      from(points(marked(film.at(time), mark).find((s) => s.kind === "path" && s.closed))[0]);
    const v: Vector2 = [1.55, 0.75];
    for (const time of [0.3, 0.7, 1, film.duration])
      expect(Math.hypot(...end(time, "rotated")), `at ${time} s`).toBeCloseTo(Math.hypot(...v), 9);
    near(end(film.duration, "rotated"), apply(turn(alpha), v));
    near(end(film.duration, "mirrored"), apply(reflection(phi), v));
    const roles = (time: number): unknown[] => strokesOfF(film.at(time)).map((s) => s.kind === "path" && s.stroke);
    expect(roles(film.duration)).toEqual(["ink", "ink", "reversed"]);
    expect(marked(film.at(film.chapters[0].end), "mirrored")).toEqual([]);
  });

  test("5.5 determinants", () => {
    fc.assert(
      fc.property(angle, angle, (t, u) => {
        expect(signedArea(turn(t))).toBeCloseTo(1, 12);
        expect(signedArea(reflection(t))).toBeCloseTo(-1, 12);
        expect(signedArea(after(reflection(t), reflection(u)))).toBeCloseTo(1, 12);
      }),
    );
  });
});

/** What two texts of a picture overlap, by a measure of their letters that is a little too narrow. */
function collisions(shapes: readonly Shape[]): string[] {
  const boxes = shapes.flatMap((s) => {
    if (s.kind !== "text" || s.opacity === 0) return [];
    const [size, wide] = [s.size ?? 13, [...s.text].length * 0.48 * (s.size ?? 13)];
    return [{ text: s.text, left: s.x - wide / 2, right: s.x + wide / 2, top: s.y - 0.6 * size, bottom: s.y }];
  });
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} on ${b.text}`),
  );
}

describe("labels", () => {
  const all = Array.from({ length: 72 }, (_, i) => ((5 * i - 175) * Math.PI) / 180);

  test("BASE-8 of the dials never lie on each other, at any angle", () => {
    const [v, w]: [Vector2, Vector2] = [direction(0.26), direction(1.92)];
    for (const t of all) {
      const said = `at ${degrees(t)}`;
      expect(collisions(rotationDial(t)), said).toEqual([]);
      expect(collisions(mirrorDial(t, 0.26)), said).toEqual([]);
      expect(collisions(movedPair(turn(t), v, w)), said).toEqual([]);
      expect(collisions(movedPair(reflection(t), v, w, t)), said).toEqual([]);
    }
  });

  test("BASE-8 of columns and pairs never lie on each other, at any angle", () => {
    for (const t of all) {
      for (const M of [turn(t), reflection(t)]) {
        expect(collisions(columnsShapes({ M, names: ["Oᵀo₁", "Oᵀo₂"], picked: [0, 1] })), degrees(t)).toEqual([]);
        const pair = { v: [2, 0.5], w: [0.5, 1.5], names: ["Ov", "Ow"], map: M } as const;
        expect(collisions(pairShapes(pair)), degrees(t)).toEqual([]);
      }
    }
  });

  test("keep clear of handles, and stay in the picture where an arrow leaves it", () => {
    const label: Shape = { kind: "text", x: 100, y: 106, anchor: "middle", size: 20, text: "v" };
    const [moved] = settled([label], [0, 0, 200, 200], [[100, 100]]);
    expect(moved.kind === "text" && Math.hypot(moved.x - 100, moved.y - 106)).toBeGreaterThan(9);
    const shapes = mappedPlaneShapes({ A: [[40, 0], [0, 30]], vectors: [[3, 2]] }); // oxfmt-ignore
    for (const s of shapes)
      if (s.kind === "text")
        expect(s.x > 0 && s.x < 720 && s.y > 0 && s.y < 520, `${s.text} at ${s.x}, ${s.y}`).toBe(true);
  });

  test("planes give back what they place, to 1e-12", () => {
    for (const plane of [mappedPlane, columnsPlane, pairPlane, dialPlane, besidePlane, shadowPlane])
      fc.assert(fc.property(fc.tuple(entry, entry), (p) => near(plane.at(plane.place(p)), p, 12)));
  });
});
