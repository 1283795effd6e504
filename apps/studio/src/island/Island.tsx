import { createContext, type ComponentType, type VNode } from "preact";
import { useContext } from "preact/hooks";

/** The components of all islands while a page is rendered ahead of time. */
export const Ahead = createContext<ReadonlyMap<string, ComponentType<never>>>(new Map());

/** A part of a page that comes alive: rendered ahead like everything else, with its name and properties for the browser. */
export function Island({ name, ...properties }: { name: string } & Record<string, unknown>): VNode {
  const Component = useContext(Ahead).get(name) as ComponentType<Record<string, unknown>> | undefined;
  if (!Component) throw new Error(`no island is called ${name}`);
  return (
    <div class="island" data-island={name} data-properties={JSON.stringify(properties)}>
      <Component {...properties} />
    </div>
  );
}
