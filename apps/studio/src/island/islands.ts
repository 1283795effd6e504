import type { ComponentType } from "preact";

/** What can come alive on a page: a name for the page, and where its code is. It is fetched when the reader comes near. */
export const islands: Readonly<Record<string, () => Promise<ComponentType<never>>>> = {
  contents: async () => (await import("../contents/Contents.tsx")).Contents,
  hero: async () => (await import("../figures/hero/Hero.tsx")).Hero,
  sweep: async () => (await import("../figures/sweep/Sweep.tsx")).Sweep,
  plane: async () => (await import("../figures/plane/Plane.tsx")).Plane,
  products: async () => (await import("../figures/products/Products.tsx")).Products,
  thereAndBack: async () => (await import("../figures/inverse/ThereAndBack.tsx")).ThereAndBack,
  symmetric: async () => (await import("../figures/symmetric/Symmetric.tsx")).Symmetric,
  dotProducts: async () => (await import("../figures/orthogonal/DotProducts.tsx")).DotProducts,
  keptAngles: async () => (await import("../figures/orthogonal/KeptAngles.tsx")).KeptAngles,
  tall: async () => (await import("../figures/orthogonal/Tall.tsx")).Tall,
  rotationDial: async () => (await import("../figures/motions/Dial.tsx")).RotationDial,
  mirrorDial: async () => (await import("../figures/motions/Dial.tsx")).MirrorDial,
  twoMotions: async () => (await import("../figures/motions/TwoMotions.tsx")).TwoMotions,
  cell: async () => (await import("../cells/CodeCell.tsx")).CodeCell,
  gram: async () => (await import("../figures/gram/Gram.tsx")).Gram,
  compare: async () => (await import("../figures/compare/Compare.tsx")).Compare,
  quiz: async () => (await import("../quiz/Quiz.tsx")).Quiz,
  hunt: async () => (await import("../figures/eigen/Hunt.tsx")).Hunt,
  stretch: async () => (await import("../figures/eigen/Stretch.tsx")).Stretch,
  rightAngles: async () => (await import("../figures/eigen/RightAngles.tsx")).RightAngles,
  lengths: async () => (await import("../figures/eigen/Lengths.tsx")).Lengths,
  orthonormal3: async () => (await import("../figures/eigen/Orthonormal3.tsx")).Orthonormal3,
  spectralFilm: async () => (await import("../figures/eigen/SpectralFilm.tsx")).SpectralFilm,
};
