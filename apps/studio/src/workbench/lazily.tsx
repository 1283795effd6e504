import { h, type ComponentType, type VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** A component whose code is fetched when it is first shown. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: ComponentType<P> | undefined;
  return function Lazy(properties: P): VNode | null {
    const [Component, set] = useState(() => found);
    useLayoutEffect(() => {
      if (!found) void load().then((loaded) => set(() => (found = loaded)));
    }, []);
    return Component ? h(Component as ComponentType<object>, properties) : null;
  };
}
