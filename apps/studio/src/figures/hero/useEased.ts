import { easeInOut } from "@eckart/views";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const SECONDS = 0.5;

/** A number that goes to a new value within half a second, by equal factors; at once where less motion is wanted. */
export function useEased(goal: number): number {
  const [value, set] = useState(goal);
  const now = useRef(value);
  now.current = value;
  useLayoutEffect(() => {
    const from = now.current;
    if (from === goal) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set(goal);
      return;
    }
    let start: number | undefined;
    let frame = requestAnimationFrame(function step(at) {
      start ??= at;
      const part = Math.min(1, (at - start) / 1000 / SECONDS);
      set(part === 1 ? goal : from * (goal / from) ** easeInOut(part));
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [goal]);
  return value;
}
