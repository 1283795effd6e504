import { significant } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { ink } from "../text.ts";
import { anyOperand, rankAndThreshold, singularValues } from "./parts.ts";

/** How many singular values count, and how clear the cut is. */
export const rankCommand: Command = {
  compute(context): Answer {
    const { A } = anyOperand(context);
    const s = singularValues(A);
    const { rank } = rankAndThreshold(A, s, context.options);
    const [smallestCounted, largestDropped] = [s[rank - 1], s[rank]];
    const notes = [
      ...(smallestCounted === undefined
        ? []
        : [`smallest singular value that counts: ${significant(smallestCounted)}`]),
      ...(largestDropped === undefined ? [] : [`largest that counts as zero: ${significant(largestDropped)}`]),
    ];
    return { values: { rank, of: s.length, smallestCounted, largestDropped }, report: [[ink(String(rank))]], notes };
  },
};
