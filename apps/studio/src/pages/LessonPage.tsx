import type { VNode } from "preact";
import { Island } from "../island/Island.tsx";
import { ContentsList, Formula, Note, Section, Try } from "../lesson/parts.tsx";
import Opening from "../lesson/00-opening.mdx";
import Notation from "../lesson/notation.mdx";
import LinearMaps from "../lesson/01-linear-maps.mdx";
import Inverse from "../lesson/02-inverse.mdx";
import Symmetric from "../lesson/03-symmetric.mdx";
import Orthogonal from "../lesson/04-orthogonal.mdx";
import RotationsAndReflections from "../lesson/05-rotations-and-reflections.mdx";
import Eigenvectors from "../lesson/06-eigenvectors.mdx";
import FirstCell from "../lesson/07-first-cell.mdx";
import Spectral from "../lesson/08-spectral.mdx";
import Gram from "../lesson/09-gram.mdx";
import Svd from "../lesson/10-svd.mdx";
import Numpy from "../lesson/12-numpy.mdx";
import LowRank from "../lesson/13-low-rank.mdx";
import FinalNote from "../lesson/11-final-note.mdx";
import Practice from "../lesson/14-quiz.mdx";

const components = { Contents: ContentsList, Formula, Island, Note, Section, Try };

/** The sections in the order in which they are read. */
const sections = [
  Opening,
  LinearMaps,
  Inverse,
  Symmetric,
  Orthogonal,
  RotationsAndReflections,
  Eigenvectors,
  FirstCell,
  Spectral,
  Gram,
  Svd,
  Numpy,
  LowRank,
  FinalNote,
  Practice,
];

export function LessonPage(): VNode {
  return (
    <main class="lesson">
      <nav class="bar" aria-label="At hand">
        <p class="course">Linear Algebra · Singular Value Decomposition</p>
        <button type="button" popovertarget="contents-sheet">
          Contents
        </button>
        <button type="button" popovertarget="notation">
          Notation
        </button>
        <a href="./workbench.html">Workbench</a>
      </nav>
      <header class="title">
        <p class="course">Linear Algebra · Singular Value Decomposition</p>
        <h1>A Geometric Explanation of SVD</h1>
      </header>
      <div class="opening" data-scope="hero">
        <Island name="hero" id="hero" />
      </div>
      {sections.map((Content) => (
        <Content components={components as never} />
      ))}
      <div id="contents-sheet" class="sheet" popover="auto">
        <h2>Contents</h2>
        <ContentsList id="contents-at-hand" />
      </div>
      <div id="notation" class="sheet notation-sheet" popover="auto" tabIndex={-1}>
        <h2>Notation</h2>
        <Notation components={components as never} />
      </div>
    </main>
  );
}
