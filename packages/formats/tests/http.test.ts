import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { httpSource, openSafetensors, readMatrix, writeMatrix } from "@eckart/formats";
import { errorOf, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server that answers so; gives its address and the ranges that it was asked for. */
async function serve(answer: Answer, path = "/model.safetensors"): Promise<{ url: string; ranges: string[] }> {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? request.method ?? "");
    answer(request, response, ranges.length);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}${path}`, ranges };
}

/** Answers as RFC 9110 says. */
const ranged =
  (content: Uint8Array, headers: Record<string, string> = {}): Answer =>
  ({ headers: { range } }, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "")!.map(Number);
    if (first >= content.length) return void response.writeHead(416).end();
    const end = Math.min(last + 1, content.length);
    response.writeHead(206, { "content-range": `bytes ${first}-${end - 1}/${content.length}`, ...headers });
    response.end(content.subarray(first, end));
  };

const QUICK = { retryMs: 1 };
const big = (): Promise<Uint8Array> =>
  writeMatrix(
    Array.from({ length: 20_000 }, (_, i) => [i]),
    { format: "npy" },
  );

describe("FMT-25 a file on a server is read by ranges", () => {
  test("a small file takes one request", async () => {
    const { url, ranges } = await serve(
      ranged(readFileSync(`${FIXTURES}weight.safetensors`)),
      "/a/weight.safetensors?x=1#y",
    );
    const source = await httpSource(url);
    expect(source.name).toBe("weight.safetensors");
    const model = await openSafetensors(source);
    expect((await model.read("layers.0.weight")).shape).toEqual([3, 4]);
    expect(ranges).toEqual(["bytes=0-65535"]);
  });

  test("a larger one a request for each range behind the first", async () => {
    const content = await big();
    const { url, ranges } = await serve(ranged(content, { etag: '"1"' }), "/big.npy");
    const source = await httpSource(new URL(url));
    expect(source.byteLength).toBe(content.length);
    expect(rowsOf(await readMatrix(source))).toHaveLength(20_000);
    expect(ranges).toEqual(["bytes=0-65535", `bytes=128-${content.length - 1}`]);
  });

  test("an empty file", async () => {
    const { url } = await serve(ranged(new Uint8Array()));
    expect((await httpSource(url)).byteLength).toBe(0);
  });

  test("a server that ignores ranges is taken whole up to a limit", async () => {
    const content = await big();
    const { url } = await serve((_, response) => void response.writeHead(200).end(content));
    const source = await httpSource(url);
    expect(await source.slice(content.length - 8, content.length)).toEqual(content.slice(-8));
    const error = await errorOf(httpSource(url, { maxWholeBytes: 1000 }));
    expect(error.message).toMatch(/sends no ranges, and the file has more than 1000 bytes/);
  });

  test("a length that the range hides is asked for", async () => {
    const content = await big();
    const hidden: Answer = ({ method, headers: { range } }, response) => {
      if (method === "HEAD") return void response.writeHead(200, { "content-length": content.length }).end();
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range!)!.map(Number);
      response.writeHead(206).end(content.subarray(first, last + 1));
    };
    const { url, ranges } = await serve(hidden);
    expect((await httpSource(url)).byteLength).toBe(content.length);
    expect(ranges[1]).toBe("HEAD");
    const mute = await serve((request, response, count) =>
      request.method === "HEAD" ? void response.writeHead(200).end() : hidden(request, response, count),
    );
    expect((await errorOf(httpSource(mute.url))).message).toMatch(/does not tell the file's length/);
  });

  test("what the server loses is asked for again, a bounded number of times", async () => {
    const content = await big();
    const good = ranged(content);
    const flaky = await serve((request, response, count) => {
      if (count % 3 === 1) return void response.writeHead(503, { "retry-after": "0" }).end();
      if (count % 3 === 2) return void response.destroy();
      good(request, response, count);
    });
    const source = await httpSource(flaky.url, QUICK);
    expect(await source.slice(content.length - 8, content.length)).toEqual(content.slice(-8));
    expect(flaky.ranges).toHaveLength(6);

    const dead = await serve((_, response) => void response.writeHead(500).end());
    expect((await errorOf(httpSource(dead.url, { ...QUICK, retries: 2 }))).message).toMatch(
      /no answer after 3 tries: the server answers 500/,
    );
    expect(dead.ranges).toHaveLength(3);
  });

  test("a range that stays short is an error", async () => {
    const content = await big();
    const { url } = await serve(({ headers: { range } }, response) => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range!)!.map(Number);
      response.writeHead(206, { "content-range": `bytes ${first}-${last}/${content.length}` });
      response.end(content.subarray(first, Math.min(last + 1, 70_000)));
    });
    const source = await httpSource(url, { ...QUICK, retries: 1 });
    const error = await errorOf(source.slice(69_990, 70_010));
    expect(error.message).toMatch(/byte 69990: no answer after 2 tries: 10 of 20 bytes came/);
  });

  test("a refusal is not asked again", async () => {
    const { url, ranges } = await serve((_, response) => void response.writeHead(404).end("gone"));
    expect((await errorOf(httpSource(url, QUICK))).message).toMatch(/the server answers 404 Not Found/);
    expect(ranges).toHaveLength(1);
  });

  test("a file that changes meanwhile, and a server that sends too much", async () => {
    const content = await big();
    const changing = await serve((request, response, count) =>
      ranged(content, { etag: `"${count}"` })(request, response, count),
    );
    const source = await httpSource(changing.url, QUICK);
    expect((await errorOf(source.slice(70_000, 70_010))).message).toMatch(/changed on the server/);
    const flood = await serve((_, response, count) => {
      response.writeHead(206, { "content-range": `bytes 0-65535/${content.length}` });
      response.end(content.subarray(0, count === 1 ? 65_536 : 70_000));
    });
    const flooded = await httpSource(flood.url, QUICK);
    expect((await errorOf(flooded.slice(65_536, 65_540))).message).toMatch(/more than it was asked for/);
  });

  test("headers are sent, and a signal ends the reading", async () => {
    const content = await big();
    const { url } = await serve((request, response, count) =>
      request.headers.authorization === "Bearer x"
        ? ranged(content)(request, response, count)
        : void response.writeHead(401).end(),
    );
    expect((await errorOf(httpSource(url))).message).toMatch(/401/);
    const stop = new AbortController();
    const source = await httpSource(url, { headers: { authorization: "Bearer x" }, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(source.slice(70_000, 70_010)).rejects.toThrow("enough");
    await expect(httpSource(url, { retries: -1 })).rejects.toThrow(/expected retries to be a whole number/);
  });
});
