import { concatenate } from "../bytes.ts";
import { FormatError, FormatOptionError, checkOptionNames } from "../errors.ts";
import type { Source } from "../source.ts";
import { FIRST_BYTES, MAX_WAIT_MS, MAX_WHOLE_BYTES, RETRIES } from "./limits.ts";

/** How a file on a server is read. */
export interface HttpOptions {
  /** Sent with every request, for example `{ authorization: "Bearer …" }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that may be held where the server ignores ranges and sends the whole file. Default 2^26. */
  readonly maxWholeBytes?: number;
  /** How often a request is tried again that the network or an overloaded server lost. Default 3. */
  readonly retries?: number;
  /** Wait before the first new try, in milliseconds; each further one doubles it. Default 250. */
  readonly retryMs?: number;
  /** Ends every request that is under way; an AbortSignal is one. */
  readonly signal?: Signal;
}

/** The part of AbortSignal that is used. */
export interface Signal {
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

const HTTP_OPTIONS: readonly string[] = ["headers", "maxWholeBytes", "retries", "retryMs", "signal"];

/** A file on a server, which the readers read by ranges. */
export interface HttpSource extends Source {
  readonly name: string;
  slice(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a file on a server. The first request asks for 64 KiB, which tells the length and often is the whole header; each
 * further range is one request. Works in browsers and in Node; a page needs the server's leave (CORS), and its leave to
 * see Content-Range or Content-Length.
 *
 * @throws FormatError  an answer other than 200 or 206; a server that ignores ranges, for a file beyond `maxWholeBytes`;
 *                      a length that is not told; a file that changes while it is read; a range that stays incomplete
 *                      after `retries`. Statuses 408, 429 and 5xx and broken connections are tried again.
 *
 * Source: RFC 9110, §14.
 */
export async function httpSource(
  url: string | { readonly href: string },
  options: HttpOptions = {},
): Promise<HttpSource> {
  checkOptionNames("httpSource", options, HTTP_OPTIONS);
  const { retries = RETRIES, maxWholeBytes = MAX_WHOLE_BYTES } = options;
  if (!(Number.isInteger(retries) && retries >= 0))
    throw new FormatOptionError("httpSource", "retries", retries, "a whole number");
  const address = typeof url === "string" ? url : url.href;
  const name = nameOf(address);
  const fail = (problem: string, byteOffset?: number): never => {
    throw new FormatError("http", { file: name, byteOffset }, problem);
  };
  const client = new Client(address, name, { ...options, retries });

  const first = await client.request(0, FIRST_BYTES, async (response) => {
    if (response.status === 416) return { head: new Uint8Array(), byteLength: 0, tag: null };
    if (response.status === 200) {
      const whole = await readBody(response, maxWholeBytes, () =>
        fail(`the server sends no ranges, and the file has more than ${maxWholeBytes} bytes (maxWholeBytes)`),
      );
      return { head: whole, byteLength: whole.length, tag: null };
    }
    const head = await readBody(response, FIRST_BYTES, () => fail("the server sent more than it was asked for"));
    const total = totalOf(response);
    if (total !== undefined) expectBytes(head, Math.min(total, FIRST_BYTES));
    return { head, byteLength: total, tag: response.headers.get("etag") };
  });
  const { head, tag } = first;
  const byteLength = first.byteLength ?? (await client.length()) ?? fail("the server does not tell the file's length");
  if (head.length !== Math.min(byteLength, Math.max(FIRST_BYTES, head.length)))
    fail(`the server tells ${byteLength} bytes and sent ${head.length} of the first ${FIRST_BYTES}`);

  return {
    name,
    byteLength,
    async slice(start, end) {
      if (end <= head.length || start >= end) return head.slice(start, end);
      return client.request(start, end, async (response) => {
        const etag = response.headers.get("etag");
        const same = etag === null || tag === null || etag === tag;
        if (response.status !== 206 || !same || (totalOf(response) ?? byteLength) !== byteLength) {
          await response.body?.cancel();
          return fail("the file changed on the server while it was read", start);
        }
        const bytes = await readBody(response, end - start, () =>
          fail("the server sent more than it was asked for", start),
        );
        expectBytes(bytes, end - start);
        return bytes;
      });
    },
  };
}

/** An answer that broke off, which is worth another try. */
class Incomplete extends Error {}

function expectBytes(bytes: Uint8Array, wanted: number): void {
  if (bytes.length < wanted) throw new Incomplete(`${bytes.length} of ${wanted} bytes came`);
}

class Client {
  readonly #address: string;
  readonly #name: string;
  readonly #options: HttpOptions & { readonly retries: number };

  constructor(address: string, name: string, options: HttpOptions & { readonly retries: number }) {
    this.#address = address;
    this.#name = name;
    this.#options = options;
  }

  /** Asks for bytes start … end − 1 and hands the answer on; tries again while that may help. */
  async request<T>(start: number, end: number, use: (response: Response) => Promise<T>): Promise<T> {
    // The last byte of a range is named, not the one after it.
    const headers = { ...this.#options.headers, range: `bytes=${start}-${end - 1}` };
    return this.#again(start, async () => {
      const response = await this.#fetch("GET", headers);
      const { status } = response;
      if (status === 206 || status === 200 || (status === 416 && start === 0)) return use(response);
      await response.body?.cancel();
      throw this.#refused(response, start);
    });
  }

  /** The length that a HEAD request tells, for servers that hide it in the answer to a range. */
  async length(): Promise<number | undefined> {
    return this.#again(0, async () => {
      const response = await this.#fetch("HEAD", { ...this.#options.headers });
      if (!response.ok) throw this.#refused(response, 0);
      // The length of a packed answer is not that of the file.
      const packed = (response.headers.get("content-encoding") ?? "identity") !== "identity";
      return packed ? undefined : naturalOf(response.headers.get("content-length"));
    });
  }

  async #again<T>(start: number, step: () => Promise<T>): Promise<T> {
    const { retries, retryMs = 250, signal } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await step();
      } catch (cause) {
        signal?.throwIfAborted();
        const lost = cause instanceof Incomplete || cause instanceof TypeError || cause instanceof Overloaded;
        if (!lost) throw cause;
        if (attempt === retries)
          throw new FormatError(
            "http",
            { file: this.#name, byteOffset: start },
            `no answer after ${attempt + 1} tries: ${cause.message}`,
            { cause },
          );
        const asked = cause instanceof Overloaded ? cause.waitMs : 0;
        await pause(Math.min(Math.max(retryMs * 2 ** attempt, asked), MAX_WAIT_MS), signal);
      }
    }
  }

  #fetch(method: string, headers: Record<string, string>): Promise<Response> {
    const { signal } = this.#options;
    return fetch(this.#address, { method, headers, ...(signal && { signal: signal as AbortSignal }) });
  }

  #refused(response: Response, start: number): Error {
    const { status, statusText } = response;
    const words = `the server answers ${status}${statusText ? ` ${statusText}` : ""}`;
    if (status === 408 || status === 429 || status >= 500)
      return new Overloaded(words, 1000 * (naturalOf(response.headers.get("retry-after")) ?? 0));
    return new FormatError("http", { file: this.#name, byteOffset: start }, words);
  }
}

/** A server that may answer later. */
class Overloaded extends Error {
  readonly waitMs: number;
  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/** The body of an answer, which `tooLong` ends where it goes on beyond what is wanted. */
async function readBody(response: Response, maxBytes: number, tooLong: () => never): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let total = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader!.read()) {
    total += part.value.length;
    parts.push(part.value);
    if (total > maxBytes) {
      await reader!.cancel();
      tooLong();
    }
  }
  return concatenate(parts);
}

/** The length of the whole file from `Content-Range: bytes 0-99/1234`; undefined where it is hidden or unknown. */
function totalOf(response: Response): number | undefined {
  return naturalOf(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1]);
}

function naturalOf(text: string | null | undefined): number | undefined {
  const value = text && /^\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The last part of an address, which is the file's name. */
function nameOf(address: string): string {
  const path = address.replace(/[?#].*$/s, "");
  const last = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last) || address;
  } catch {
    return last;
  }
}

function pause(ms: number, signal: Signal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
}
