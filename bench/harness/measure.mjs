// Times one problem on every library: answers are measured first, then the libraries take turns, round after round, each
// round the other way about, so that a disturbance of the machine falls on all of them.

import { setTimeout as pause } from "node:timers/promises";
import { isAccurate } from "./accuracy.mjs";
import { reasonOf } from "./reason.mjs";
import { callsFor, Forecast, median, pairedRatio, quantile, spread } from "./statistics.mjs";
import { caseName, makeTask, workOf } from "./tasks.mjs";
import { timed } from "./timed.mjs";

/** @typedef {import("./types.ts").Peer} Peer @typedef {import("./types.ts").Recipe} Recipe @typedef {import("./types.ts").Task} Task
 *  @typedef {import("./types.ts").Remote} Remote @typedef {import("./types.ts").Line} Line @typedef {import("./types.ts").Accuracy} Accuracy */

/**
 * How long to measure. `rounds` rounds of `seconds` for each library after `warmUp` seconds; one that has taken three times as much in all has
 * three rounds. One call of more than `patience` seconds is the only one, and none is made where it can be foretold.
 * @typedef {{ rounds: number, seconds: number, warmUp: number, patience: number }} Effort
 */

/** OpenBLAS's threads go on spinning for this long after their work. */
const SETTLE = 40;

/** @type {Map<string, Forecast>} */
const forecasts = new Map();

/**
 * The first library is the one that the others are compared with; lines come in the order of the libraries.
 * @param {string} subject @param {readonly Peer[]} peers @param {Recipe} recipe @param {Effort} effort
 * @returns {Promise<Line[]>}
 */
export async function measure(subject, peers, recipe, effort) {
  const task = makeTask(recipe);
  /** @type {Entry[]} */
  const entries = [];
  for (const peer of peers) {
    // What the others are compared with, at each number of threads, takes part whatever its time, and every ratio rests
    // on its warmth.
    const ours = { ...effort, patience: Infinity, warmUp: 3 * effort.warmUp };
    const entry = await enter(peer, task, peer.name === peers[0]?.name ? ours : effort);
    if (entry) entries.push(entry);
  }
  const running = entries.filter(({ failed, samples }) => failed === undefined && samples.length === 0);
  for (let round = 0; round < effort.rounds; round++) {
    for (const entry of round % 2 ? running.toReversed() : running) await takeTurn(entry, round, effort);
  }
  for (const { remote } of entries) remote?.close?.();
  const own = entries.filter(({ peer }) => peer.name === peers[0]?.name);
  return entries.map((entry) => lineOf(entry, baseline(own, entry.peer), { subject, recipe }));
}

/** @typedef {{ peer: Peer, remote?: Remote, calls: number, samples: number[], accuracy?: Accuracy, failed?: string }} Entry */

/**
 * A library with its answer measured and its calls counted; undefined where it does not take part.
 * @param {Peer} peer @param {Task} task @param {Effort} effort @returns {Promise<Entry | undefined>}
 */
async function enter(peer, task, { seconds, warmUp, patience }) {
  const key = `${peer.name} ${peer.threads} ${task.operation} ${task.dtype}`;
  const forecast = forecasts.get(key) ?? new Forecast();
  forecasts.set(key, forecast);
  if (forecast.seconds(workOf(task)) > patience) return undefined;
  /** @type {Entry} */
  const entry = { peer, calls: 1, samples: [] };
  try {
    const remote = await timed(peer, task);
    if (!remote) return undefined;
    entry.remote = remote;
    entry.accuracy = await remote.check();
    let each = await remote.time(1);
    if (each > patience) each = Math.min(each, await remote.time(1));
    if (each > patience) entry.samples.push(each);
    // First calls are slow: compilers are still at work.
    const passes = peer.kind === "native" ? 2 : Math.ceil(warmUp / seconds);
    for (let pass = 0; pass < passes && each < seconds; pass++) {
      entry.calls = callsFor(seconds, each);
      each = (await remote.time(entry.calls)) / entry.calls;
    }
    forecast.learn(workOf(task), each);
    return entry;
  } catch (error) {
    return { ...entry, failed: reasonOf(error) };
  }
}

/** @param {Entry} entry @param {number} round @param {Effort} effort */
async function takeTurn(entry, round, { rounds, seconds }) {
  const { remote, samples, calls, peer } = entry;
  const spent = samples.reduce((sum, each) => sum + each * calls, 0);
  if (entry.failed !== undefined || !remote || (round > 2 && spent > 3 * rounds * seconds)) return;
  try {
    samples.push((await remote.time(calls)) / calls);
  } catch (error) {
    entry.failed = reasonOf(error);
  }
  if (peer.threads > 1) await pause(SETTLE);
}

/**
 * What a library is compared with: ours at as many threads, or at as many as it can have.
 * @param {readonly Entry[]} own @param {Peer} peer
 */
function baseline(own, { threads }) {
  const fitting = own.filter(({ peer }) => peer.threads <= threads);
  return fitting.toSorted((a, b) => b.peer.threads - a.peer.threads)[0]?.samples ?? [];
}

/**
 * @param {Entry} entry @param {readonly number[]} ours @param {{ subject: string, recipe: Recipe }} about @returns {Line}
 */
function lineOf({ peer, samples, accuracy, failed }, ours, { subject, recipe }) {
  return {
    subject,
    operation: recipe.operation,
    case: caseName(recipe),
    dtype: recipe.dtype,
    library: peer.name,
    kind: peer.kind,
    version: peer.version,
    threads: peer.threads,
    median: median(samples),
    best: quantile(samples, 0),
    rounds: samples.length,
    spread: spread(samples),
    ratio: pairedRatio(samples, ours),
    bestRatio: quantile(samples, 0) / quantile(ours, 0),
    ...(accuracy && { residual: accuracy.residual, orthogonality: accuracy.orthogonality, excess: accuracy.excess }),
    ...(accuracy && !isAccurate(accuracy) && { inaccurate: true }),
    ...(failed !== undefined && { failed }),
  };
}
