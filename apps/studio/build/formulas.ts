import katex from "katex";

/** A node of the tree of a page, as far as formulas need it. */
interface Node {
  type: string;
  tagName?: string;
  name?: string;
  value?: string;
  properties?: { className?: readonly string[] };
  attributes?: { type: string; name: string; value: string }[];
  children?: Node[];
}

/** Letters of the notation that recur, each in the colour of its role and linked to the objects of the figures. */
const MACROS = {
  // \mark{v1}{…}: touching it lights what the figures of the same section call v1. \live{s1}{5}: a number that they keep up to date.
  "\\mark": "\\htmlData{mark=#1}{#2}",
  "\\live": "\\htmlData{live=#1}{#2}",
  "\\R": "\\mathbb{R}",
  "\\T": "^{\\mathsf T}",
  "\\norm": "\\lVert #1 \\rVert",
};

/** TeX as HTML with MathML beside it. What is not TeX fails the build. */
function formula(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex, {
    displayMode,
    macros: { ...MACROS },
    throwOnError: true,
    strict: (code: string) => (code === "htmlExtension" ? "ignore" : "error"),
    trust: ({ command }: { command: string }) => command === "\\htmlData",
  });
}

/** Sets the formulas of a page when it is built: no typesetter travels to the reader. */
export function rehypeFormulas(): (tree: Node) => void {
  return (tree) => visit(tree);
}

function visit(parent: Node): void {
  parent.children?.forEach((child, i) => {
    const [first] = child.children ?? [];
    if (child.tagName === "pre" && isFormula(first)) parent.children![i] = element(text(first!), true);
    else if (isFormula(child)) parent.children![i] = element(text(child), classes(child).includes("math-display"));
    else visit(child);
  });
}

const classes = (node: Node | undefined): readonly string[] => node?.properties?.className ?? [];
const isFormula = (node: Node | undefined): boolean =>
  node?.tagName === "code" && classes(node).includes("language-math");
const text = (node: Node): string => node.value ?? (node.children ?? []).map(text).join("");

function element(tex: string, display: boolean): Node {
  return {
    type: "mdxJsxTextElement",
    name: "Formula",
    attributes: [
      { type: "mdxJsxAttribute", name: "html", value: formula(tex, display) },
      ...(display ? [{ type: "mdxJsxAttribute", name: "display", value: "true" }] : []),
    ],
    children: [],
  };
}
