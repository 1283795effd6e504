import * as eckart from "eckart";

const library = { __esModule: true, ...eckart };

/** What an import in a cell gives: the library, and an error that names what it does not have. */
export function requireInCell(name: string): object {
  if (name !== "eckart") throw new SyntaxError(`a cell can import from "eckart" only, not from "${name}"`);
  return new Proxy(library, {
    get(target, key) {
      // `await import("eckart")` asks whether the library is a promise.
      const known = typeof key === "symbol" || key === "then" || Object.hasOwn(target, key);
      if (!known) throw new SyntaxError(`eckart has no ${key}`);
      return Reflect.get(target, key) as unknown;
    },
  });
}
