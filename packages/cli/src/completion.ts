import { readdirSync } from "node:fs";
import process from "node:process";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { formatOfName } from "@eckart/formats";

/** Options that take a file. */
const FILE_OPTIONS = ["output", "svg"];

type Complete = (value: string, description: string) => void;

/**
 * Adds `completion <shell>`, which prints a script for the shell, and the hidden command that the script asks:
 * commands, options, their values, and the files that a reader knows.
 */
export function addCompletion(program: Command): void {
  const root = tab(program, { completionCommandName: "completion" });
  for (const command of program.commands) {
    if (command.name() === "completion") command.description("completion for bash, zsh, fish or powershell");
    const known = root.commands.get(command.name());
    if (!known) continue;
    for (const argument of known.arguments.values()) argument.handler ??= completeFiles;
    for (const name of FILE_OPTIONS) {
      const option = known.options.get(name);
      if (option) option.handler = completeFiles;
    }
  }
}

/** The files and folders that the word typed so far may become. */
function completeFiles(complete: Complete): void {
  const word = process.argv.at(-1) ?? "";
  listFiles(word.slice(0, word.lastIndexOf("/") + 1), complete, true);
}

/** A folder comes with what it holds, so that the shell does not take its name for a complete word. */
function listFiles(folder: string, complete: Complete, deeper: boolean): void {
  for (const entry of entriesOf(folder)) {
    const path = `${folder}${entry.name}`;
    const format = formatOfName(entry.name);
    if (format) complete(path, format);
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    complete(`${path}/`, "folder");
    if (deeper) listFiles(`${path}/`, complete, false);
  }
}

function entriesOf(folder: string): { name: string; isDirectory: () => boolean }[] {
  try {
    return readdirSync(folder || ".", { withFileTypes: true });
  } catch {
    return [];
  }
}
