// The editor of a cell: CodeMirror in a shadow root, where its styles are adopted sheets and need no inline <style>,
// which the page's policy forbids. Colours and letters are those of the page, through its variables.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { EditorState, type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  ViewPlugin,
} from "@codemirror/view";
import type { Roles } from "./Code.tsx";
import { highlighter } from "./highlighter.ts";

export interface Editor {
  readonly text: () => string;
  /** Replaces the whole text; undo brings the old one back. */
  readonly replace: (text: string) => void;
  readonly focus: () => void;
  /** Puts the cursor where a pointer is, in pixels of the window. */
  readonly focusAt: (x: number, y: number) => void;
  /** Marks the line of an error, or none. */
  readonly markLine: (line: number | undefined) => void;
  readonly destroy: () => void;
}

interface EditorOptions {
  readonly text: string;
  readonly label: string;
  readonly description: string;
  readonly roles: Roles;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

export function createEditor(host: HTMLElement, options: EditorOptions): Editor {
  const { text, label, roles, onChange, onRun } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: () => (onRun(), true) },
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...historyKeymap,
          // Escape and then Tab leaves: the editor itself sees to that.
          indentWithTab,
        ]),
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        typescriptLanguage,
        syntaxHighlighting(highlighter),
        rolesOf(roles),
        faultyLine,
        look,
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({
          tabindex: "0",
          "aria-label": label,
          "aria-description": options.description,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    replace: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    focus: () => view.focus(),
    focusAt: (x, y) => {
      view.focus();
      view.dispatch({ selection: { anchor: view.posAtCoords({ x, y }, false) } });
    },
    markLine: (line) => view.dispatch({ effects: setFault.of(line) }),
    destroy: () => view.destroy(),
  };
}

const setFault = StateEffect.define<number | undefined>();

/** The line of the last error, until the text changes. */
const faultyLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, { effects, docChanged, state: { doc } }) {
    const fault = effects.find((effect) => effect.is(setFault));
    if (fault === undefined) return docChanged ? Decoration.none : marked;
    const line: number | undefined = fault.value;
    if (line === undefined || line > doc.lines) return Decoration.none;
    return Decoration.set(Decoration.line({ class: "fault" }).range(doc.line(line).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Names in the colours of their roles. */
function rolesOf(roles: Roles): Extension {
  const decorate = (view: EditorView): DecorationSet => {
    const marks: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      syntaxTree(view.state).iterate({
        from,
        to,
        enter: (node) => {
          if (!/^(Variable|Property)(Name|Definition)$/.test(node.name)) return;
          const name = view.state.sliceDoc(node.from, node.to);
          if (!Object.hasOwn(roles, name)) return;
          marks.push(Decoration.mark({ class: `role-${roles[name]}` }).range(node.from, node.to));
        },
      });
    }
    return Decoration.set(marks, true);
  };
  return ViewPlugin.define(
    (view) => ({
      decorations: decorate(view),
      update({ view: now, docChanged, viewportChanged, startState, state }) {
        if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state)) {
          this.decorations = decorate(now);
        }
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );
}

/** What cells.css says of code that stands still, said again inside the shadow root. */
const look = EditorView.theme({
  "&": { color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    fontSize: "var(--small)",
    lineHeight: "1.6",
    fontVariantLigatures: "none",
  },
  ".cm-content": { padding: "0.9rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1rem 0 0" },
  ".cm-gutters": { background: "none", border: "none", color: "var(--muted)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "calc(2ch + 1.8rem)", padding: "0 0.8rem 0 1rem" },
  ".cm-cursor": { borderLeft: "2px solid var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--v) 25%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--muted)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", outline: "1px solid var(--wrong)" },
  ".keyword": { fontWeight: "600" },
  ".comment": { color: "var(--muted)", fontStyle: "italic" },
  ".string": { color: "var(--muted)" },
  ".fault": { background: "color-mix(in srgb, var(--wrong) 18%, transparent)" },
  ".role-v": { color: "var(--v)" },
  ".role-sigma": { color: "var(--sigma)" },
  ".role-u": { color: "var(--u)" },
  ".role-lambda": { color: "var(--lambda)" },
});
