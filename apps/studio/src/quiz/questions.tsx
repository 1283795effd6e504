import type { Question } from "./question.ts";

const A = <i>A</i>;
const U = <i>U</i>;
const V = <i>V</i>;
const Vt = (
  <>
    <i>V</i>ᵀ
  </>
);
const factors = (
  <>
    <i>A</i> = <i>U</i>Σ<i>V</i>ᵀ
  </>
);
const AtA = (
  <>
    <i>A</i>ᵀ<i>A</i>
  </>
);
const AAt = (
  <>
    <i>A</i>
    <i>A</i>ᵀ
  </>
);

/** The questions by the section that they close. Every wrong answer is a misunderstanding that readers really have. */
export const questions: Readonly<Record<string, readonly Question[]>> = {
  "linear-maps": [
    {
      name: "columns",
      text: <>A linear map of the plane sends (1, 0) to (3, 1) and (0, 1) to (−1, 2). What is its matrix?</>,
      options: [
        {
          text: "rows (3, 1) and (−1, 2)",
          feedback:
            "These two go into the columns. As rows they would say which dot products make the two entries of the image.",
        },
        {
          text: "rows (3, −1) and (1, 2)",
          right: true,
          feedback: "The image of (1, 0) is the first column, that of (0, 1) the second.",
          see: { figure: "linear-map", fields: { A: "3,-1;1,2", x: "1,1" } },
        },
        {
          text: "two vectors are not enough to know it",
          feedback: "They are: every vector is x·(1, 0) + y·(0, 1), and a linear map keeps sums and multiples.",
          see: { figure: "linear-map", fields: { A: "3,-1;1,2", x: "1,1" } },
        },
      ],
    },
  ],
  inverse: [
    {
      name: "singular",
      text: <>Which of these has no inverse?</>,
      options: [
        {
          text: "rows (0.1, 0) and (0, 0.1)",
          feedback:
            "Its determinant is small, 0.01, but it only shrinks: ten times the identity undoes it. A small determinant says nothing.",
        },
        {
          text: "rows (1, 2) and (2, 4)",
          right: true,
          feedback:
            "Both columns lie on one line, so the plane is pressed onto it, and nothing can tell two points apart that landed on one.",
        },
        {
          text: "rows (0, 1) and (1, 0)",
          feedback: "This one swaps the axes. Doing it twice changes nothing, so it is its own inverse.",
        },
      ],
    },
  ],
  symmetric: [
    {
      name: "mirror",
      text: <>The entry in row 2, column 3 of a symmetric matrix is 5. What else is certain?</>,
      options: [
        {
          text: "row 3, column 2 holds 5",
          right: true,
          feedback: "The diagonal is the mirror: rows and columns change places.",
        },
        {
          text: "row 3, column 2 holds −5",
          feedback: "That would be a skew-symmetric matrix, the opposite of its transpose.",
        },
        {
          text: "the entry in the middle of the diagonal is 5",
          feedback: "The diagonal is the mirror itself; its entries are free.",
        },
      ],
    },
  ],
  orthogonal: [
    {
      name: "tall",
      text: (
        <>
          A 3 × 2 matrix <i>Q</i> has orthonormal columns. What is true?
        </>
      ),
      options: [
        {
          text: (
            <>
              <i>Q</i>ᵀ<i>Q</i> = <i>I</i>, but <i>QQ</i>ᵀ ≠ <i>I</i>
            </>
          ),
          right: true,
          feedback: (
            <>
              <i>Q</i>ᵀ<i>Q</i> is the 2 × 2 table of dot products of the columns. <i>QQ</i>ᵀ is 3 × 3 and of rank 2: it
              projects onto their plane.
            </>
          ),
        },
        {
          text: <>both products are identities</>,
          feedback: (
            <>
              The 3 × 3 product has rank 2 at most, and <i>I</i> has rank 3. Only a square matrix can do both.
            </>
          ),
        },
        {
          text: <>its rows are orthonormal too</>,
          feedback: <>Three vectors of the plane cannot all be perpendicular to each other.</>,
        },
      ],
    },
  ],
  "rotations-and-reflections": [
    {
      name: "proper",
      text: <>An orthogonal 2 × 2 matrix has determinant −1. What does it do to the plane?</>,
      options: [
        {
          text: "it turns it by 180°",
          feedback: "The half turn is −1 times the identity, and its determinant is (−1)(−1) = +1: orientation stays.",
        },
        {
          text: "it reflects it in a line",
          right: true,
          feedback:
            "In the plane every orthogonal matrix of determinant −1 has a mirror line through the origin, and an F reads backwards afterwards.",
        },
        {
          text: "it makes lengths smaller",
          feedback:
            "Orthogonal matrices keep every length. The sign of the determinant tells the orientation, its size the area.",
        },
      ],
    },
    {
      name: "order",
      text: (
        <>A rotation by 20° takes vectors at 10° and 350°. What about their order counterclockwise from the x-axis?</>
      ),
      options: [
        {
          text: "it stays, because rotations keep the order of angles",
          feedback:
            "They arrive at 30° and 10°: the second is now nearer to the axis. What a rotation keeps is the sense of turning from one to the other.",
        },
        {
          text: "it changes, but the sense of turning from one to the other does not",
          right: true,
          feedback:
            "30° and 10° are in the other order, since 370° counts as 10°. The sign of det [v w] is what rotations keep and reflections flip.",
        },
        { text: "it changes, because the determinant is negative", feedback: "Every rotation has determinant +1." },
      ],
    },
  ],
  eigenvectors: [
    {
      name: "shear",
      text: <>How many directions does the shear with rows (1, 1) and (0, 1) leave on their line?</>,
      options: [
        { text: "none", feedback: "The x-axis stays where it is: (1, 0) goes to (1, 0)." },
        {
          text: "one",
          right: true,
          feedback: "Its eigenvalue 1 counts twice and has one line only. Such a matrix is called defective.",
        },
        { text: "two", feedback: "It would need a second line. Hunt for it: only the x-axis stays." },
        { text: "all", feedback: "Only multiples of the identity keep every line. (0, 1) goes to (1, 1)." },
      ],
    },
    {
      name: "negative",
      text: <>What does an eigenvalue −1 mean for its eigenvector?</>,
      options: [
        { text: "it is turned by 90°", feedback: "Then it would leave its line, and would be no eigenvector." },
        {
          text: "it stays on its line and points the other way",
          right: true,
          feedback: "The line is kept; the arrow is reversed.",
        },
        {
          text: "such a vector has no length",
          feedback: "Eigenvectors are never zero, and lengths are never negative.",
        },
      ],
    },
  ],
  spectral: [
    {
      name: "first-step",
      text: (
        <>
          In <i>S</i> = <i>Q</i>Λ<i>Q</i>ᵀ, applied to a vector, what happens first?
        </>
      ),
      options: [
        {
          text: (
            <>
              <i>Q</i> turns the axes onto the eigenvectors
            </>
          ),
          feedback: <>That is the last step: the factor next to the vector acts first.</>,
        },
        {
          text: (
            <>
              <i>Q</i>ᵀ turns the eigenvectors onto the axes
            </>
          ),
          right: true,
          feedback: (
            <>
              Then Λ can stretch along the axes, and <i>Q</i> turns everything back.
            </>
          ),
        },
        {
          text: "Λ stretches along the eigenvectors",
          feedback: <>Λ knows only the axes. The eigenvectors must be brought there before.</>,
        },
      ],
    },
  ],
  gram: [
    {
      name: "sizes",
      text: (
        <>
          {A} is 3 × 2. Where do the eigenvectors of {AAt} and {AtA} live?
        </>
      ),
      options: [
        {
          text: (
            <>
              those of {AAt} in ℝ³, those of {AtA} in ℝ²
            </>
          ),
          right: true,
          feedback: (
            <>
              {AAt} is 3 × 3 and gives the left singular vectors; {AtA} is 2 × 2 and gives the right ones.
            </>
          ),
        },
        {
          text: (
            <>
              those of {AAt} in ℝ², those of {AtA} in ℝ³
            </>
          ),
          feedback: <>The other way round: (3 × 2)(2 × 3) is 3 × 3.</>,
        },
        { text: <>both in ℝ³</>, feedback: <>{AtA} is (2 × 3)(3 × 2), which is 2 × 2.</> },
      ],
    },
  ],
  svd: [
    {
      name: "largest",
      text: (
        <>
          Among all unit vectors <i>x</i>, which makes ‖{A}
          <i>x</i>‖ largest?
        </>
      ),
      options: [
        {
          text: <>the eigenvector of {A} with the largest eigenvalue</>,
          feedback: (
            <>{A} may have none. A shear stretches some other direction by 1.618, while its only eigenvalue is 1.</>
          ),
        },
        {
          text: (
            <>
              the first left singular vector <i>u</i>₁
            </>
          ),
          feedback: (
            <>
              <i>u</i>₁ is where the longest image points. The question is where it comes from.
            </>
          ),
        },
        {
          text: (
            <>
              the first right singular vector <i>v</i>₁
            </>
          ),
          right: true,
          feedback: (
            <>
              The maximum is σ₁, and it is reached at <i>v</i>₁, whose image is σ₁<i>u</i>₁.
            </>
          ),
        },
      ],
    },
  ],
  "final-note": [
    {
      name: "negative-eigenvalue",
      text: <>A symmetric matrix has the eigenvalues 3 and −4. What are its singular values?</>,
      options: [
        { text: "3 and −4", feedback: "Singular values are lengths of half-axes; none is negative." },
        {
          text: "4 and 3",
          right: true,
          feedback: "The sizes of the eigenvalues, in descending order. The sign goes into U.",
        },
        {
          text: "9 and 16",
          feedback:
            "These are the eigenvalues of the Gram matrix; the singular values are their roots, in descending order.",
        },
      ],
    },
  ],
  numpy: [
    {
      name: "gram-digits",
      text: <>Why does nobody compute singular values as roots of the eigenvalues of {AtA}?</>,
      options: [
        { text: "the two are not equal", feedback: "On paper they are equal." },
        {
          text: "squaring loses the small ones to rounding",
          right: true,
          feedback:
            "A value below 10⁻⁸ of the largest becomes less than 10⁻¹⁶ of it when squared, and that is where double precision ends.",
        },
        {
          text: <>{AtA} is not symmetric</>,
          feedback: "It always is, and its eigenvalues are never negative on paper.",
        },
      ],
    },
  ],
  "low-rank": [
    {
      name: "error",
      text: (
        <>
          A matrix has the singular values 5, 3, 1. How far is its best approximation of rank 1, in the spectral norm?
        </>
      ),
      options: [
        { text: "5", feedback: "5 is what is kept." },
        {
          text: "3",
          right: true,
          feedback:
            "The first value left out is the error in the spectral norm; in the Frobenius norm it is √(3² + 1²).",
        },
        { text: "4", feedback: "Values left out do not add up: each belongs to a direction of its own." },
      ],
    },
    {
      name: "share",
      text: (
        <>
          Two factors of rank <i>r</i> replace a 64 × 64 update. At which rank do they hold as many numbers as the
          update itself?
        </>
      ),
      options: [
        { text: "8", feedback: "8 · (64 + 64) = 1024, a quarter of 4096." },
        {
          text: "32",
          right: true,
          feedback: "32 · (64 + 64) = 4096. Beyond it the factors cost more than what they approximate.",
        },
        { text: "64", feedback: "64 · (64 + 64) = 8192, twice the update." },
      ],
    },
  ],
  quiz: [
    {
      name: "input-space",
      text: <>In {factors}, which matrix turns or reflects the input space?</>,
      options: [
        {
          text: <>{Vt}</>,
          right: true,
          feedback: (
            <>It stands next to the vector and acts first, in ℝⁿ: it brings the right singular vectors onto the axes.</>
          ),
          see: { figure: "hero", fields: { t: "0.9" } },
        },
        {
          text: <>{U}</>,
          feedback: <>{U} is of the right kind, but it acts last, in the output space ℝᵐ.</>,
          see: { figure: "hero", fields: { t: "3.3" } },
        },
        {
          text: "Σ",
          feedback:
            "Σ stretches along the axes. It is the only one of the three that changes lengths, so it can be neither a rotation nor a reflection.",
          see: { figure: "hero", fields: { t: "2.1" } },
        },
        {
          text: <>{AtA}</>,
          feedback: <>{AtA} is no factor of the decomposition. It stretches by σᵢ² along the right singular vectors.</>,
        },
      ],
    },
    {
      name: "roots",
      text: (
        <>
          How do the singular values of {A} relate to the eigenvalues of {AtA} and {AAt}?
        </>
      ),
      options: [
        {
          text: <>they are the same numbers</>,
          feedback: (
            <>
              Only where each is 0 or 1. For rows (3, 0) and (4, 5) the eigenvalues are 45 and 5, the singular values
              √45 and √5.
            </>
          ),
        },
        {
          text: (
            <>
              the positive singular values are the square roots of the eigenvalues that are not zero, and both matrices
              share those
            </>
          ),
          right: true,
          feedback: (
            <>
              {AtA}
              <i>v</i> = σ²<i>v</i> and {AAt}
              <i>u</i> = σ²<i>u</i>. The larger of the two has zeros besides.
            </>
          ),
        },
        {
          text: <>the singular values are the squares of the eigenvalues</>,
          feedback: <>The other way round: multiplying by the transpose squares.</>,
        },
        {
          text: <>they are the square roots of the eigenvalues of {A}</>,
          feedback: (
            <>
              {A} need not have any. The shear with rows (1, 1) and (0, 1) has only the eigenvalue 1, and singular
              values 1.618 and 0.618.
            </>
          ),
          see: { figure: "hero", fields: { A: "1,1;0,1", t: "2.1" } },
        },
      ],
    },
    {
      name: "advantage",
      text: <>What can the SVD do that the spectral decomposition cannot?</>,
      options: [
        {
          text: <>it exists for every matrix, of any shape and any rank, symmetric or not</>,
          right: true,
          feedback: <>The spectral decomposition needs a symmetric matrix. Here is one that is not even square.</>,
          see: { figure: "hero", fields: { A: "3,2,2;2,3,-2", t: "2.1" } },
        },
        {
          text: <>it is always faster to compute</>,
          feedback: <>It is the more expensive of the two where both exist.</>,
        },
        {
          text: <>it needs one orthogonal matrix instead of two</>,
          feedback: (
            <>
              The reverse: two different ones, {U} and {V}, are the price of its generality.
            </>
          ),
        },
        {
          text: <>its diagonal may be negative</>,
          feedback: <>The reverse: eigenvalues may be negative, singular values never are.</>,
        },
      ],
    },
  ],
};
