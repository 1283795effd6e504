import type { VNode } from "preact";
import { Island } from "../island/Island.tsx";
import { Formula, Note, Section, Try } from "../lesson/parts.tsx";
import LinearMaps from "../lesson/01-linear-maps.mdx";
import FirstCell from "../lesson/07-first-cell.mdx";
import Numpy from "../lesson/12-numpy.mdx";
import Practice from "../lesson/14-quiz.mdx";

const components = { Formula, Island, Note, Section, Try };

/** The sections in the order in which they are read. */
const sections = [LinearMaps, FirstCell, Numpy, Practice];

export function LessonPage(): VNode {
  return (
    <main class="lesson">
      <header class="title">
        <p class="course">Linear Algebra · Singular Value Decomposition</p>
        <h1>A Geometric Explanation of SVD</h1>
      </header>
      {sections.map((Content) => (
        <Content components={components as never} />
      ))}
    </main>
  );
}
