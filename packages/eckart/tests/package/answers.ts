// What consumer/answer.js answers, and what is right.

import { expect } from "vitest";

export interface Answer {
  backend: "wasm" | "typescript";
  residual: number;
  error: number;
  small: number[];
  refusal: string;
}

/** 2·max(m, n)·ε·‖A‖, the backward error that a good decomposition of a 40 × 30 matrix of norm 30 stays below. */
const TOLERANCE = 2 * 40 * 2 ** -52 * 30;

export function expectRight(answer: Answer, backend: Answer["backend"]): void {
  expect(answer.residual, `residual of ${answer.backend}`).toBeLessThan(TOLERANCE);
  expect(answer.error, `error of the singular values of ${answer.backend}`).toBeLessThan(TOLERANCE);
  expect(answer.small).toHaveLength(2);
  expect(answer.small[0]).toBeCloseTo(5, 14);
  expect(answer.small[1]).toBeCloseTo(3, 14);
  expect(answer.refusal).toBe("row 0, column 1");
  expect(answer.backend).toBe(backend);
}
