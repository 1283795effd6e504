import { signMatrices, subnormalMatrices, type GalleryMatrix } from "@eckart/testing";
import { expect, test } from "vitest";
import { cond, det, inv, lstsq, lu, norm, nullSpace, orth, pinv, polar, qr, slogdet, solve } from "../../src/index.ts";
import { SingularError } from "../../src/errors.ts";

/** Every number that a function answers with; a singular matrix may be refused. */
const ANSWERS: Record<string, (A: GalleryMatrix) => Iterable<number>> = {
  qr: (A) => Object.values(qr(A)).flatMap(({ data }) => [...data]),
  "pivoted qr": (A) => [...qr(A, { pivot: true }).R.data],
  lu: (A) => [...lu(A).L.data, ...lu(A).U.data],
  det: (A) => [det(A), slogdet(A).logabsdet],
  inv: (A) => inv(A).data,
  solve: (A) => solve(A, [1, 1e-300]),
  pinv: (A) => [...pinv(A).data, ...pinv(A, { atol: 0 }).data],
  lstsq: (A) => [...lstsq(A, [1, -2], { atol: 0 }).x, ...lstsq(A, [1, -2], { atol: 0 }).residuals],
  cond: (A) => [cond(A), cond(A, 1)],
  norm: (A) => [norm(A), norm(A, "nuc")],
  subspaces: (A) => [...orth(A).data, ...nullSpace(A).data],
  polar: (A) => [...polar(A).U.data, ...polar(A).P.data],
};

for (const [name, answer] of Object.entries(ANSWERS)) {
  test(`LIN-11 ${name} of every small matrix of signs and subnormal numbers holds no NaN`, () => {
    for (const A of [...signMatrices(), ...signMatrices("f32"), ...everyThird(subnormalMatrices())]) {
      try {
        for (const x of answer(A)) if (Number.isNaN(x)) expect.fail(`${A.name}: NaN`);
      } catch (error) {
        expect(error, A.name).toBeInstanceOf(SingularError);
      }
    }
  });
}

function everyThird<T>(values: Iterable<T>): T[] {
  return [...values].filter((_, i) => i % 3 === 0);
}
