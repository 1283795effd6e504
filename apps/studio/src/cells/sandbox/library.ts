import * as eckart from "eckart";

const library = { __esModule: true, ...eckart };

/** What an import in a cell gives: the library, and an error that names what it does not have. */
export function requireInCell(name: string): object {
  if (name !== "eckart") throw new SyntaxError(`a cell can import from "eckart" only, not from "${name}"`);
  return new Proxy(library, {
    get(target, key) {
      if (typeof key === "string" && !Object.hasOwn(target, key)) throw new SyntaxError(`eckart has no ${key}`);
      return Reflect.get(target, key) as unknown;
    },
  });
}
