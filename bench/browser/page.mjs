// The page's side of peers/chromium.mjs: the same tasks, the same adapter, the same loop.
import { timed } from "../harness/timed.mjs";
import { makeTask } from "../harness/tasks.mjs";
import { adapter } from "../peers/eckart.mjs";

const library = await adapter.open(1);
/** @type {(import("../harness/types.ts").Remote | null)[]} */
const prepared = [];

Object.assign(globalThis, {
  bench: {
    version: library.version,
    /** The place of the prepared task, −1 where it cannot be. @param {import("../harness/types.ts").Recipe} recipe */
    async prepare(recipe) {
      const remote = await timed(library, makeTask(recipe));
      return remote ? prepared.push(remote) - 1 : -1;
    },
    time: (/** @type {number} */ place, /** @type {number} */ calls) => prepared[place]?.time(calls),
    check: (/** @type {number} */ place) => prepared[place]?.check(),
    close: (/** @type {number} */ place) => void (prepared[place] = null),
  },
});
