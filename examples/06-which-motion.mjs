// What a matrix does: a motion by its name, any map as rotate, scale, rotate, and a film of it.
// node examples/06-which-motion.mjs > film.svg draws the shear at the end.

import { classify, eigenStructure, reflection, rotateScaleRotate, rotation } from "eckart";
import { mapFilm, toAnimatedSvg } from "@eckart/views";

const degrees = (radians) => `${((radians * 180) / Math.PI).toFixed(1)}°`;
const say = (text) => process.stderr.write(`${text}\n`);

const turn = classify(rotation(2, [1, 1, 1]));
say(`${turn.kind} by ${degrees(turn.angle)} about ${turn.axis.map((x) => x.toFixed(3))}`);
const mirror = classify(reflection(Math.PI / 6));
say(`${mirror.kind} in the line at ${degrees(mirror.angle)}`);

const shear = [
  [1, 1],
  [0, 1],
];
const { kind, spaces } = eigenStructure(shear);
say(`the shear is ${kind}: ${spaces[0].geometric} line for an eigenvalue that counts ${spaces[0].algebraic} times`);
const steps = rotateScaleRotate(shear);
say(`it turns by ${degrees(steps.first.angle)}, stretches by ${Array.from(steps.s, (x) => x.toFixed(3)).join(", ")}`);
say(`and turns by ${degrees(steps.last.angle)}`);
process.stdout.write(toAnimatedSvg(mapFilm(steps, { title: "A shear" })));
