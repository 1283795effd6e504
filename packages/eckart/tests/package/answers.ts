// What consumer/answer.js answers, and what is right.

import { expect } from "vitest";

export interface Answer {
  backend: "wasm" | "typescript";
  residual: number;
  error: number;
  small: number[];
  refusal: string;
}

/** What consumer/offThread.js answers. */
export interface OffThreadAnswer {
  place: "worker" | "caller";
  startedIn: "worker" | "caller";
  backend: "wasm" | "typescript";
  ticks: number;
  same: boolean;
  order: number[];
  refusal: string;
  aborted: string;
  after: number;
  moved: number;
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

export function expectOffThread(
  answer: OffThreadAnswer,
  place: OffThreadAnswer["place"],
  backend: OffThreadAnswer["backend"],
): void {
  const { ticks, ...rest } = answer;
  expect(rest).toEqual({
    place,
    startedIn: place,
    backend,
    same: true,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    refusal: "row 0, column 1",
    aborted: place === "worker" ? "AbortError" : "not tried",
    after: 5,
    moved: 0,
  });
  if (place === "worker") expect(ticks, "turns of a timer while the worker computes").toBeGreaterThan(5);
}
