import { Matrix } from "eckart";
import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { linkTo, readAddress, shareLink } from "../address/address.ts";
import { Panel, Tabs } from "../cells/Tabs.tsx";
import type { Wanted } from "../figures/compress/Compressor.tsx";
import { readFile } from "../files/files.ts";
import { MatrixTextError, parseMatrixText } from "../matrixText/matrixText.ts";
import { lazily } from "./lazily.tsx";
import { BENCH, fieldsOf, stateOf } from "./link.ts";
import { presetOf, type Preset } from "./presets.ts";
import { Source } from "./Source.tsx";
import { subjectOf, typed, type MatrixSubject, type Subject } from "./subject.ts";
import { Overview } from "./Overview.tsx";

const Compressor = lazily(async () => (await import("../figures/compress/Compressor.tsx")).Compressor);
const Components = lazily(async () => (await import("./Components.tsx")).Components);
const Eigen = lazily(async () => (await import("./Views.tsx")).Eigen);
const Factorisations = lazily(async () => (await import("./Views.tsx")).Factorisations);
const Geometry = lazily(async () => (await import("./Geometry.tsx")).Geometry);
const Singular = lazily(async () => (await import("./Views.tsx")).Singular);
const Solved = lazily(async () => (await import("./Views.tsx")).Solved);

const VIEWS = ["overview", "svd", "eig", "factors", "solve", "geometry", "components"] as const;
type View = (typeof VIEWS)[number];

const NAMES: Readonly<Record<View, string>> = {
  overview: "Overview",
  svd: "SVD",
  eig: "Eigenvalues",
  factors: "Factorisations",
  solve: "Systems",
  geometry: "Geometry",
  components: "Components",
};

const FIRST = "wide";

/** Whether a map is between spaces that can be drawn. */
const isDrawable = ({ rows, cols }: Matrix): boolean => [rows, cols].every((size) => size === 2 || size === 3);

/** The views that make sense for a matrix. */
const viewsOf = (A: Matrix): readonly View[] =>
  VIEWS.filter((view) =>
    view === "geometry" ? isDrawable(A) : view === "components" ? A.rows >= 3 && A.cols >= 2 : true,
  );

/** The bench: a matrix or a picture, and everything that the library says of it. */
export function Workbench({ id }: { id: string }): VNode {
  const [subject, setSubject] = useState<Subject>(() => typed(presetOf(FIRST)!.rows!, "A"));
  const [preset, setPreset] = useState<string | undefined>(FIRST);
  const [wantedView, setView] = useState<View>("overview");
  const [b, setB] = useState("");
  const [fault, setFault] = useState("");
  const [reading, setReading] = useState<string | undefined>(undefined);
  const [wanted, setWanted] = useState<Wanted>({ rank: 20 });
  const [dropping, setDropping] = useState(false);
  const task = useRef<AbortController | undefined>(undefined);
  const touched = useRef(false);

  const put = (next: Subject, of?: string): void => {
    task.current?.abort();
    setReading(undefined);
    setFault("");
    setSubject(next);
    setPreset(of);
  };
  const rows = (next: number[][]): void => {
    touched.current = true;
    put(typed(next));
  };
  /** Reads something that takes a while: the last of several is what counts. */
  const open = (name: string, load: (signal: AbortSignal) => Promise<Subject>, of?: string): void => {
    task.current?.abort();
    const control = new AbortController();
    task.current = control;
    setReading(name);
    setFault("");
    load(control.signal).then(
      (read) => {
        if (control.signal.aborted) return;
        task.current = undefined;
        put(read, of);
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        setReading(undefined);
        setFault(error instanceof Error ? error.message : String(error));
      },
    );
  };
  const openFile = (file: File, entry?: string): void => {
    touched.current = true;
    open(file.name, async (signal) => subjectOf(await readFile(file, signal, { entry }), file));
  };
  const show = (one: Preset): void => {
    setB(one.b ?? "");
    if (one.rows) put(typed(one.rows), one.id);
    else if (one.csv !== undefined) {
      const file = new File([one.csv], `${one.id}.csv`);
      open(file.name, async (signal) => subjectOf(await readFile(file, signal), file), one.id);
      setView((view) => (view === "overview" ? "components" : view));
    } else {
      const waiting: Subject = { kind: "picture", name: one.name, picture: undefined, file: undefined };
      setSubject(waiting);
      open(
        "the picture",
        async (signal) => {
          const { dusk } = await import("../figures/compress/dusk.ts");
          return { ...waiting, picture: await dusk(signal) };
        },
        one.id,
      );
    }
  };
  const brightness = (): void => {
    if (subject.kind !== "picture") return;
    const { file, picture } = subject;
    if (file) open(file.name, async (signal) => subjectOf(await readFile(file, signal, { brightness: true }), file));
    else if (picture) put(typedPlane(picture));
  };

  useLayoutEffect(() => {
    const read = async (): Promise<void> => {
      const fields = readAddress(BENCH);
      if (!fields) return;
      const state = await stateOf(fields, VIEWS);
      if (state.rows) put(typed(state.rows));
      const one = presetOf(state.preset);
      if (one) show(one);
      if (state.b !== undefined) setB(state.b);
      if (state.view) setView(state.view as View);
    };
    void read();
    const again = (): void => void read();
    addEventListener("hashchange", again);
    return () => removeEventListener("hashchange", again);
  }, []);

  // The address follows what is on the bench, once the reader has put something there.
  const A = subject.kind === "matrix" ? subject.A : undefined;
  const state = { preset, A: subject.kind === "matrix" && !subject.file ? A : smallEnough(A), view: wantedView, b };
  useLayoutEffect(() => {
    if (!touched.current) return;
    const rest = setTimeout(() => {
      void fieldsOf(state).then((fields) => history.replaceState(null, "", fields ? linkTo(BENCH, fields) : "#"));
    }, 400);
    return () => clearTimeout(rest);
  }, [preset, A, wantedView, b]);

  useFilesAndPaste(openFile, rows, setFault, setDropping);

  const views = A ? viewsOf(A) : [];
  const view = views.includes(wantedView) ? wantedView : "overview";
  return (
    <div class={dropping ? "bench dropping" : "bench"}>
      <Source
        id={id}
        subject={subject}
        preset={preset}
        fault={fault}
        reading={reading}
        onPreset={(one) => {
          touched.current = true;
          show(presetOf(one)!);
        }}
        onRows={rows}
        onFile={openFile}
        onStop={() => {
          task.current?.abort();
          setReading(undefined);
        }}
      >
        <Share fields={() => fieldsOf(state)} />
      </Source>
      <section class="results" aria-label="Results">
        {subject.kind === "picture" ? (
          <Compressor id={`${id}-picture`} picture={subject.picture} wanted={wanted} onWanted={setWanted}>
            <h3>Compression by rank</h3>
            <button type="button" onClick={brightness} disabled={!subject.picture}>
              Take its brightness as a matrix
            </button>
          </Compressor>
        ) : (
          <>
            <Tabs
              id={id}
              label="What to compute"
              value={view}
              options={views.map((one) => [one, NAMES[one]] as const)}
              onChange={(one) => {
                touched.current = true;
                setView(one);
              }}
            />
            {views.map((one) => (
              <Panel key={one} id={id} option={one} value={view}>
                {one === view && <Shown id={id} view={view} subject={subject} b={b} onB={setB} onRows={rows} />}
              </Panel>
            ))}
          </>
        )}
      </section>
    </div>
  );
}

interface ShownProps {
  readonly id: string;
  readonly view: View;
  readonly subject: MatrixSubject;
  readonly b: string;
  readonly onB: (b: string) => void;
  readonly onRows: (rows: number[][]) => void;
}

function Shown({ id, view, subject, b, onB, onRows }: ShownProps): VNode {
  const { A, columns, texts } = subject;
  switch (view) {
    case "overview":
      return <Overview id={id} A={A} />;
    case "svd":
      return <Singular id={id} A={A} />;
    case "eig":
      return <Eigen id={id} A={A} />;
    case "factors":
      return <Factorisations id={id} A={A} />;
    case "solve":
      return <Solved id={id} A={A} b={b} onB={onB} />;
    case "geometry":
      return <Geometry id={`${id}-geometry`} A={A} onChange={onRows} />;
    case "components":
      return <Components id={id} A={A} columns={columns} texts={texts} />;
  }
}

function Share({ fields }: { fields: () => Promise<Record<string, string> | undefined> }): VNode {
  const [said, say] = useState("");
  const copy = async (): Promise<void> => {
    const state = await fields();
    if (!state) {
      say("This is too large for a link: send the file.");
      return;
    }
    const link = shareLink(BENCH, state);
    try {
      await navigator.clipboard.writeText(link);
      say("Link copied");
    } catch {
      history.replaceState(null, "", link);
      say("The link is in the address bar");
    }
  };
  return (
    <p class="tools">
      <button type="button" class="quiet" onClick={() => void copy()}>
        Copy a link to this
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </p>
  );
}

/** A matrix of a file goes into an address where it is small. */
const smallEnough = (A: Matrix | undefined): Matrix | undefined => (A && A.rows * A.cols <= 2000 ? A : undefined);

/** The mean of the channels of the picture that ships. */
function typedPlane({
  planes,
  rows,
  cols,
}: {
  planes: readonly Float32Array[];
  rows: number;
  cols: number;
}): MatrixSubject {
  const data = Float64Array.from(
    planes[0]!,
    (_, k) => planes.reduce((sum, plane) => sum + plane[k]!, 0) / planes.length,
  );
  return { ...typed([[0]]), name: "brightness", A: Matrix.wrap(data, [rows, cols]) };
}

/** Files that are dropped on the page, and what is pasted outside of its fields. */
function useFilesAndPaste(
  onFile: (file: File) => void,
  onRows: (rows: number[][]) => void,
  onFault: (fault: string) => void,
  onDropping: (dropping: boolean) => void,
): void {
  const now = useRef({ onFile, onRows, onFault, onDropping });
  now.current = { onFile, onRows, onFault, onDropping };
  useLayoutEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      now.current.onDropping(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) now.current.onDropping(false);
    };
    const drop = (event: DragEvent): void => {
      now.current.onDropping(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (!file) return;
      event.preventDefault();
      now.current.onFile(file);
    };
    const paste = (event: ClipboardEvent): void => {
      if ((event.target as Element).closest("input, textarea, select, [contenteditable]")) return;
      const [file] = event.clipboardData?.files ?? [];
      if (file) {
        now.current.onFile(file);
        return;
      }
      const text = event.clipboardData?.getData("text") ?? "";
      if (text.trim() === "") return;
      try {
        now.current.onRows(parseMatrixText(text));
      } catch (error) {
        now.current.onFault(error instanceof MatrixTextError ? `What was pasted: ${error.message}` : String(error));
      }
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
      removeEventListener("paste", paste);
    };
  }, []);
}
