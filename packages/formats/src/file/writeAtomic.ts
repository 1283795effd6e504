import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** What a file is to hold, whole or in parts. */
export type Content = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file so that its name holds either the old content or all of the new, whatever interrupts the writing.
 *
 * The bytes go to a temporary file in the same folder, are flushed to the disk, and take the name by a rename, with the
 * access rights of the file that they replace. The temporary file is removed on failure, on SIGINT, SIGTERM and SIGHUP,
 * and when the process exits. A symbolic link is kept and its target replaced. A pipe or a device, /dev/stdout say, has
 * no old content to keep: it is written directly.
 *
 * @throws the system's own error (NodeJS.ErrnoException), or what `content` throws.
 */
export async function writeFileAtomic(path: string, content: Content): Promise<void> {
  const old = await stat(path).catch(ifMissing);
  if (isStream(path) || (old && !old.isFile() && !old.isDirectory())) return writeDirectly(path, content);

  const target = await finalTarget(path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  const release = removeOnExit(temporary);
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
    release();
  }
  await syncFolder(dirname(target));
}

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  for await (const part of content instanceof Uint8Array ? [content] : content) await file.writeFile(part);
}

/** Names of open streams, which may lead to a file that others write to as well. */
function isStream(path: string): boolean {
  return /^\/(dev|proc)\//.test(path);
}

async function writeDirectly(path: string, content: Content): Promise<void> {
  const file = await open(path, "a");
  try {
    await writeAll(file, content);
  } finally {
    await file.close();
  }
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

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Removes the file if the process ends before the returned function is called. */
function removeOnExit(path: string): () => void {
  const remove = (): void => {
    try {
      unlinkSync(path);
    } catch {
      // It was not there yet, or no longer is.
    }
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    release();
    // With no other listener the signal would have ended the process, so let it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off("exit", remove);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on("exit", remove);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return release;
}
