import { describe, expect, test } from "vitest";
import { callsFor, cliffs, Forecast, median, pairedRatio, quantile, spread } from "../harness/statistics.mjs";

describe("statistics of the bench", () => {
  test("quantiles lie between the samples, whatever their order", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([30, 10, 20], 0)).toBe(10);
    expect(quantile([30, 10, 20], 1)).toBe(30);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  test("the spread is the distance of the quartiles over the median", () => {
    expect(spread([1, 2, 3, 4, 5])).toBe(2 / 3);
    expect(spread([7, 7, 7])).toBe(0);
  });

  test("a disturbance that falls on both times of a round leaves the ratio", () => {
    expect(pairedRatio([2, 20, 2], [1, 10, 1])).toBe(2);
    expect(pairedRatio([3, 3], [1, 1, 1])).toBe(3);
    expect(pairedRatio([1], [])).toBeNaN();
  });

  test("calls fill the time, and there is at least one", () => {
    expect(callsFor(0.1, 0.001)).toBe(100);
    expect(callsFor(0.1, 3)).toBe(1);
    expect(callsFor(0.1, 0)).toBe(1e6);
  });

  test("a forecast grows with the work, but for what every call costs", () => {
    const forecast = new Forecast();
    expect(forecast.seconds(1e6)).toBe(0);
    forecast.learn(100, 0.0015);
    expect(forecast.seconds(1e6)).toBe(0.0015);
    forecast.learn(1000, 1.002);
    expect(forecast.seconds(8000)).toBeCloseTo(8.002, 12);
    forecast.learn(10, 5); // a smaller problem than the largest known tells nothing
    expect(forecast.seconds(8000)).toBeCloseTo(8.002, 12);
  });

  test("a size that sticks out of n³ is found, and cost that grows as n³ has no cliff", () => {
    const times = [8, 16, 24, 32].map((n) => ({ n, seconds: 1e-9 * n ** 3 * (n === 16 ? 1.5 : 1) }));
    const [at16, at24] = cliffs(times);
    expect(at16?.n).toBe(16);
    expect(at16?.ratio).toBeCloseTo(1.5, 12);
    expect(at24?.ratio).toBeCloseTo(2 / 2.5, 12);
    for (const { ratio } of cliffs([8, 16, 24].map((n) => ({ n, seconds: n ** 3 })))) expect(ratio).toBe(1);
  });
});
