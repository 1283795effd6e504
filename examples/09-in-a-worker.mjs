// The same functions off the main thread: this one stays free, and a call can be given up.

import { Random } from "eckart";
import { svdvals, terminate } from "eckart/worker";

const A = new Random(7).normalMatrix(400, 400);
let ticks = 0;
const clock = setInterval(() => ticks++, 1);
const s = await svdvals(A);
clearInterval(clock);
console.log(`largest value ${s[0].toFixed(2)}, near 2·√400 = 40; the clock ticked meanwhile: ${ticks > 0}`);

const giveUp = new AbortController();
const call = svdvals(A, { signal: giveUp.signal });
giveUp.abort("no longer wanted");
console.log(await call.catch((reason) => `stopped: ${reason}`));
terminate();
