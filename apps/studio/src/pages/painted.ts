/** Resolves when the first screen is on the screen, and after two seconds in any case: a hidden page is not painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 2000);
    new PerformanceObserver(() => setTimeout(resolve)).observe({ type: "paint", buffered: true });
  });
}
