import { expect, test } from "vitest";
import { column, cumulativeEnergy, percent, powerOfTen, rankForEnergy, significant, typeset } from "@eckart/views";

test.each([
  [95.95991, "95.96"],
  [0.00123456, "0.001235"],
  [1.23456e-7, "1.235e-7"],
  [123456.7, "123457"],
  [1234567.8, "1.235e6"],
  [5, "5"],
  [4.999999999999999, "5.000"],
  [-0.5, "-0.5000"],
  [999.96, "1000"],
  [0, "0"],
  [Infinity, "Infinity"],
])("significant(%d) is %s", (x, expected) => expect(significant(x)).toBe(expected));

test("a column lines up its decimal points, or is scientific as a whole", () => {
  expect(column([95.95991, 17.76103, 3.46093])).toEqual(["95.9599", "17.7610", "3.4609"]);
  expect(column([5, 3])).toEqual(["5", "3"]);
  expect(column([1, 1e-9])).toEqual(["1.00000e+0", "1.00000e-9"]);
  expect(column([0, 0.5])).toEqual(["0.000000", "0.500000"]);
  expect(column([])).toEqual([]);
});

test("percent cuts", () => {
  expect(percent(0.99999)).toBe("99.99 %");
  expect(percent(1)).toBe("100 %");
  expect(percent(0.5, 0)).toBe("50 %");
});

test("typeset uses the true minus and raised exponents", () => {
  expect(typeset("-1.5e-7")).toBe("−1.5 × 10⁻⁷");
  expect(powerOfTen(-12)).toBe("10⁻¹²");
});

test("VIEW-3 the cumulative energy neither overflows nor loses its end", () => {
  expect(cumulativeEnergy([1.7e308, 1.7e308])).toEqual([0.5, 1]);
  expect(cumulativeEnergy([5e-324, 0])).toEqual([1, 1]);
  expect(cumulativeEnergy([0, 0])).toEqual([1, 1]);
  expect(cumulativeEnergy([])).toEqual([]);
  expect(cumulativeEnergy(Float32Array.of(3, 1))).toEqual([0.9, 1]);
  expect(rankForEnergy([0.5, 0.9, 1], 0.9)).toBe(2);
});
