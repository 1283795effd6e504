import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** What a file is to hold, whole or in parts. */
export type Content = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file so that its name holds either the old content or all of the new, whatever interrupts the writing.
 *
 * The bytes go to a temporary file in the same folder, are flushed to the disk, and take the name by a rename, with the
 * access rights of the file that they replace. The temporary file is removed on failure, when the process
 * exits, and on SIGINT, SIGTERM and SIGHUP where the program does not handle these itself. A symbolic link is kept and its target replaced. A pipe or a device has no old
 * content to keep: it is written directly, and so are /dev/stdout and /dev/stderr.
 *
 * @throws the system's own error (NodeJS.ErrnoException), or what `content` throws.
 */
export async function writeFileAtomic(path: string, content: Content): Promise<void> {
  const stream = openStream(path);
  if (stream) return writeStream(stream, content);
  const old = await stat(path).catch(ifMissing);
  if (old && !old.isFile() && !old.isDirectory()) return writeDirectly(path, content);

  const target = await finalTarget(path);
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  watch(temporary);
  try {
    const file = await open(temporary, "wx", old ? old.mode & 0o777 : 0o666);
    try {
      // The process's mask may have taken rights that the old file had.
      if (old) await file.chmod(old.mode & 0o777);
      await writeAll(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    unwatch(temporary);
  }
  await syncFolder(dirname(target));
}

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  for await (const part of partsOf(content)) await file.writeFile(part);
}

function partsOf(content: Content): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return content instanceof Uint8Array ? [content] : content;
}

async function writeDirectly(path: string, content: Content): Promise<void> {
  const file = await open(path, "a");
  try {
    await writeAll(file, content);
  } finally {
    await file.close();
  }
}

/** The process's own streams by their names; they may be sockets, which cannot be opened by name. */
function openStream(path: string): NodeJS.WriteStream | undefined {
  if (/^\/dev\/(stdout|fd\/1)$/.test(path)) return process.stdout;
  return /^\/dev\/(stderr|fd\/2)$/.test(path) ? process.stderr : undefined;
}

async function writeStream(stream: NodeJS.WriteStream, content: Content): Promise<void> {
  for await (const part of partsOf(content))
    await new Promise<void>((done, failed) => {
      // The error also comes as an event, which would end the process if nobody listened.
      stream.once("error", failed);
      stream.write(part, (error) => {
        if (error) return failed(error);
        stream.off("error", failed);
        done();
      });
    });
}

/** Where a chain of symbolic links ends, though nothing may be there yet. */
async function finalTarget(path: string): Promise<string> {
  const real = await realpath(path).catch(ifMissing);
  if (real !== undefined) return real;
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : finalTarget(resolve(dirname(path), link));
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** Makes the new name itself last through a loss of power, where the system can. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  try {
    await folder?.sync();
  } catch {
    // Some systems cannot flush a folder; the file's own content is safe already.
  } finally {
    await folder?.close();
  }
}

/** Temporary files that the end of the process would leave behind. */
const unfinished: Set<string> = new Set();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function watch(path: string): void {
  if (unfinished.size === 0) {
    process.on("exit", removeUnfinished);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  unfinished.add(path);
}

function unwatch(path: string): void {
  unfinished.delete(path);
  if (unfinished.size > 0) return;
  process.off("exit", removeUnfinished);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // It was not there yet, or no longer is.
    }
  }
}

/** Does what the signal would have done, unless the program has a listener of its own, which then decides. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeUnfinished();
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
