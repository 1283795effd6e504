// The public surface of each library as one text file, docs/api/<name>.api.md, reviewed in the diff.
//
// Fails where the surface differs from the committed report, where an export has no documentation, and where an
// exported signature names a type that is not exported. `npm run api` writes the reports anew.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { root } from "./setUp.mjs";

const write = process.argv.includes("--write");
const reportFolder = join(root, "docs", "api");
const reportTempFolder = join(root, ".cache", "api");
mkdirSync(reportFolder, { recursive: true });
mkdirSync(reportTempFolder, { recursive: true });

// A second entry of a package may name the types that its index exports.
/** @type {[report: string, folder: string, entry: string][]} */
const surfaces = [
  ["eckart", "eckart", "index"],
  ["eckart-worker", "eckart", "worker"],
  ["formats", "formats", "index"],
  ["formats-node", "formats", "node"],
  ["views", "views", "index"],
];

for (const [name, packageFolder, entry] of surfaces) {
  const folder = join(root, "packages", packageFolder);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, "dist", `${entry}.d.ts`),
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions: { lib: ["es2023"], module: "nodenext", types: ["node"] } } },
      apiReport: { enabled: true, reportFileName: name, reportFolder, reportTempFolder },
      docModel: { enabled: false },
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
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (apiReportChanged && !write) {
    console.error(`The public surface of ${name} changed. Run "npm run api", and review docs/api/${name}.api.md.`);
  }
  const report = readFileSync(join(reportTempFolder, `${name}.api.md`), "utf8");
  const undocumented = [...report.matchAll(/^\/\/ @.*\(undocumented\)\n(.*)$/gm)].map(([, declaration]) => declaration);
  for (const declaration of undocumented) console.error(`${name} has no documentation of: ${declaration}`);
  if (!succeeded || undocumented.length > 0 || (apiReportChanged && !write)) process.exitCode = 1;
}
