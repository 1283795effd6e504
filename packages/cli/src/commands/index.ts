import type { Command } from "../answer.ts";
import type { CommandName } from "../request.ts";
import { certifyCommand } from "./certify.ts";
import { classifyCommand } from "./classify.ts";
import { condCommand } from "./cond.ts";
import { convertCommand } from "./convert.ts";
import { detCommand } from "./det.ts";
import { eigCommand } from "./eig.ts";
import { eighCommand } from "./eigh.ts";
import { infoCommand } from "./info.ts";
import { invCommand } from "./inv.ts";
import { lowrankCommand } from "./lowrank.ts";
import { lstsqCommand } from "./lstsq.ts";
import { pcaCommand } from "./pca.ts";
import { pinvCommand } from "./pinv.ts";
import { rankCommand } from "./rank.ts";
import { solveCommand } from "./solve.ts";
import { streamCommand } from "./stream.ts";
import { svdCommand } from "./svd.ts";
import { svdsCommand } from "./svds.ts";

/** What each command does, by its name. */
export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  svd: svdCommand,
  svds: svdsCommand,
  eigh: eighCommand,
  eig: eigCommand,
  lowrank: lowrankCommand,
  pca: pcaCommand,
  stream: streamCommand,
  classify: classifyCommand,
  certify: certifyCommand,
  rank: rankCommand,
  cond: condCommand,
  det: detCommand,
  solve: solveCommand,
  lstsq: lstsqCommand,
  inv: invCommand,
  pinv: pinvCommand,
  info: infoCommand,
  convert: convertCommand,
};
