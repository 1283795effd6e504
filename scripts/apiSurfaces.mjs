// The public surfaces of the libraries, and API Extractor's reading of them.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { root } from "./setUp.mjs";

/** @typedef {{ name: string, folder: string, entry: string, specifier: string }} Surface */

/** @type {(name: string, packageFolder: string, entry: string, specifier: string) => Surface} */
const surface = (name, packageFolder, entry, specifier) => ({
  name,
  folder: join(root, "packages", packageFolder),
  entry,
  specifier,
});

/** A second entry of a package may name the types that its index exports. */
export const surfaces = [
  surface("eckart", "eckart", "index", "eckart"),
  surface("eckart-worker", "eckart", "worker", "eckart/worker"),
  surface("formats", "formats", "index", "@eckart/formats"),
  surface("formats-node", "formats", "node", "@eckart/formats/node"),
  surface("views", "views", "index", "@eckart/views"),
];

/** Where reports are compared and models are kept. */
export const cacheFolder = join(root, ".cache", "api");

/** The model of a surface, which `extract` writes. @param {Surface} surface */
export const modelPath = ({ name }) => join(cacheFolder, `${name}.api.json`);

/**
 * Writes the report of a surface, docs/api/<name>.api.md, or compares it, and its model, .cache/api/<name>.api.json.
 * @param {Surface} surface @param {boolean} write
 */
export function extract({ name, folder, entry }, write) {
  const reportFolder = join(root, "docs", "api");
  mkdirSync(reportFolder, { recursive: true });
  mkdirSync(cacheFolder, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, "dist", `${entry}.d.ts`),
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions: { lib: ["es2023"], module: "nodenext", types: ["node"] } } },
      apiReport: { enabled: true, reportFileName: name, reportFolder, reportTempFolder: cacheFolder },
      docModel: { enabled: true, apiJsonFilePath: join(cacheFolder, `${name}.api.json`) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
          "ae-undocumented": { logLevel: ExtractorLogLevel.None },
          ...(entry === "index" ? {} : { "ae-forgotten-export": { logLevel: ExtractorLogLevel.None } }),
          "ae-unresolved-link": { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
  });
  return Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
}
