import { heatMap } from "@eckart/views";
import type { Matrix } from "eckart";
import type { VNode } from "preact";
import { FittedStage } from "../stage/FittedStage.tsx";
import { Answer } from "./Answer.tsx";
import { overview } from "./overview.ts";
import { flopsOf } from "./result.ts";
import { useWork } from "./useWork.ts";

/** A part of the bench and its matrix. */
export interface ViewProps {
  readonly id: string;
  readonly A: Matrix;
}

/** Numbers that say what kind of matrix it is, and its entries as a picture. */
export function Overview({ id, A }: ViewProps): VNode {
  const flops = flopsOf(A) / 4;
  const running = useWork((watch) => overview(A, watch), [A], flops);
  return (
    <>
      <Answer
        id={`${id}-overview`}
        title="Overview"
        equation={`A, ${A.rows} × ${A.cols}`}
        running={running}
        flops={flops}
      />
      {A.rows * A.cols > 0 && (
        <FittedStage
          id={`${id}-map`}
          deps={[A]}
          draw={(width) => heatMap(A, { title: "Entries of A", width, height: 440 })}
        />
      )}
    </>
  );
}
