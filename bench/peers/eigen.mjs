// Eigen, the C++ library, compiled here for this processor.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { inProcess } from "../harness/process.mjs";

const SOURCE = fileURLToPath(new URL("eigen.cpp", import.meta.url));
const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));
const HEADERS = ["/usr/include/eigen3", "/usr/local/include/eigen3", "/opt/homebrew/include/eigen3"];

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "Eigen",
  kind: "native",
  debian: ["libeigen3-dev", "g++"],
  async open(threads, build) {
    return inProcess(compiled(build), [], threads, ["svd", "svdInto", "svdvals", "svdBatch", "eigh", "eig", "gemm"]);
  },
};

/** The program, compiled once for each source, compiler and processor. @param {boolean} [build] */
function compiled(build) {
  const headers = HEADERS.find((folder) => existsSync(folder));
  if (!headers) throw new Error("no headers of Eigen");
  const compiler = process.env.CXX ?? "g++";
  const { status, stdout } = spawnSync(compiler, ["--version"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`no C++ compiler: ${compiler}; CXX names another`);
  const key = createHash("sha256").update(readFileSync(SOURCE)).update(`${stdout}${cpus()[0]?.model}`).digest("hex");
  const program = `${CACHE}eigen-${key.slice(0, 16)}`;
  if (existsSync(program)) return program;
  if (!build) throw new Error("not compiled yet: npm run bench does it");
  console.error("Compiling Eigen once, which takes a minute or two.");
  mkdirSync(CACHE, { recursive: true });
  const flags = ["-O3", "-march=native", "-DNDEBUG", "-std=c++17", `-I${headers}`];
  const { status: failed, stderr } = spawnSync(compiler, [...flags, "-o", `${program}.part`, SOURCE], {
    encoding: "utf8",
  });
  if (failed !== 0) throw new Error(`${compiler} refused: ${stderr.split("\n")[0]}`);
  renameSync(`${program}.part`, program);
  return program;
}
