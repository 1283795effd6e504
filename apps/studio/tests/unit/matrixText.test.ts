import { expect, test } from "vitest";
import { parseMatrixText } from "../../src/matrixText/matrixText.ts";

const A = [
  [1, -2.5, 3],
  [4, 5, 6e-3],
];

test.each([
  ["a spreadsheet", "1\t-2.5\t3\n4\t5\t6e-3\n"],
  ["a spreadsheet with decimal commas", "1\t-2,5\t3\n4\t5\t0,006"],
  ["CSV", "1,-2.5,3\n4,5,0.006"],
  ["CSV with semicolons and decimal commas", "1;-2,5;3\n4;5;0,006"],
  ["what NumPy prints", "[[ 1.    -2.5    3.   ]\n [ 4.     5.     0.006]]"],
  ["what NumPy is given", "np.array([[1, -2.5, 3], [4., 5, 6e-3]], dtype=np.float64)"],
  ["PyTorch", "tensor([[ 1.0000, -2.5000,  3.0000],\n        [ 4.0000,  5.0000,  0.0060]], dtype=torch.float64)"],
  ["MATLAB", "A = [1 -2.5 3; 4 5 6e-3]"],
  ["LaTeX", "\\begin{pmatrix} 1 & -2.5 & 3 \\\\ 4 & 5 & 0.006 \\end{pmatrix}"],
  ["LaTeX with an array", "$\\left[\\begin{array}{rrr}1 & -2.5 & 3 \\\\[2pt] 4 & 5 & 0.006\\end{array}\\right]$"],
  ["JSON", "[[1,-2.5,3],[4,5,0.006]]"],
  ["true minus signs", "1 −2.5 3\n4 5 0.006"],
  ["blank lines and spaces", "\n  1  -2.5   3\n\n\r\n4 5 .006  \n"],
])("%s", (_, text) => {
  expect(parseMatrixText(text)).toEqual(A);
});

test("fractions, rows and columns alone", () => {
  expect(parseMatrixText("1/3 2/4")).toEqual([[1 / 3, 0.5]]);
  expect(parseMatrixText("\\begin{bmatrix}\\frac{1}{2}\\\\ 3\\end{bmatrix}")).toEqual([[0.5], [3]]);
  expect(parseMatrixText("7")).toEqual([[7]]);
  expect(parseMatrixText("1\n2\n3")).toEqual([[1], [2], [3]]);
});

test.each([
  ["", /no number/],
  ["1 2\n3", /Row 2 has 1 entry, and the rows before it have 2 entries/],
  ["1 x\n3 4", /Row 1, column 2: expected a finite number, got “x”/],
  ["1 NaN", /Row 1, column 2/],
  ["1e999", /Row 1, column 1/],
  ["1/0", /Row 1, column 1/],
  ["1,,2", /Row 1, column 2: expected a finite number, got nothing/],
  ["<img src=x onerror=alert(1)>", /Row 1, column 1/],
])("%j is refused with its place", (text, message) => {
  expect(() => parseMatrixText(text)).toThrow(message);
});
