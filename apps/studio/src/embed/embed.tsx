import { Component, type ComponentChildren, h, render, type ComponentType, type VNode } from "preact";
import { addressee, readAddress } from "../address/address.ts";
import { islands } from "../island/islands.ts";
import { linkMarks } from "../light/light.ts";

/** What is no figure. */
const PARTS_OF_PAGES: readonly string[] = ["contents", "quiz", "cell"];
const figures = Object.keys(islands).filter((name) => !PARTS_OF_PAGES.includes(name));

/** What the page tells the page that it is in: so much room the figure takes. */
export interface Size {
  readonly eckart: "size";
  readonly height: number;
}

/** Shows the one figure that the address names: `embed.html#plane:v=1&A=2,1;0.5,1.5`. Its state is read by the figure. */
export function showFigure(root: HTMLElement): void {
  linkMarks();
  let shown: string | undefined;
  const show = async (): Promise<void> => {
    const name = addressee(location.hash) ?? "";
    setTheme(readAddress(name)?.get("theme"));
    if (name === shown) return;
    shown = name;
    const load = figures.includes(name) ? islands[name]! : undefined;
    const Figure = (await load?.()) as ComponentType<{ id: string }> | undefined;
    if (shown !== name) return;
    render(<Embedded key={name}>{Figure ? h(Figure, { id: name }) : <Unknown name={name} />}</Embedded>, root);
  };
  void show();
  addEventListener("hashchange", () => void show());
  if (parent !== window) {
    new ResizeObserver(() => {
      const size: Size = { eckart: "size", height: Math.ceil(root.getBoundingClientRect().height) };
      parent.postMessage(size, "*");
    }).observe(root);
  }
}

/** A page in the light may hold a reader's dark figure, so the page may say which; otherwise the reader's choice holds. */
function setTheme(theme: string | undefined): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/** A figure that needs more than an address can say fails alone. */
class Embedded extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): VNode {
    return (
      <>
        {this.state.failed ? <p class="embed-notice">This figure is shown in the lesson only.</p> : this.props.children}
        <p class="embed-source">
          <a href="./index.html" target="_blank" rel="noopener">
            A Geometric Explanation of SVD
          </a>
        </p>
      </>
    );
  }
}

function Unknown({ name }: { name: string }): VNode {
  return (
    <p class="embed-notice">
      {name ? <>No figure is called “{name}”.</> : <>The address names no figure.</>} There are:{" "}
      {figures.map((known, i) => (
        <>
          {i > 0 && ", "}
          <a href={`#${known}`}>{known}</a>
        </>
      ))}
      .
    </p>
  );
}
