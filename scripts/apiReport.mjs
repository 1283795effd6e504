// The public surface of each library as one text file, docs/api/<name>.api.md, reviewed in the diff.
//
// Fails where the surface differs from the committed report, where an export has no documentation, and where an
// exported signature names a type that is not exported. `npm run api` writes the reports anew.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, extract, surfaces } from "./apiSurfaces.mjs";

const write = process.argv.includes("--write");

for (const surface of surfaces) {
  const { name } = surface;
  const { succeeded, apiReportChanged } = extract(surface, write);
  if (apiReportChanged && !write) {
    console.error(`The public surface of ${name} changed. Run "npm run api", and review docs/api/${name}.api.md.`);
  }
  const report = readFileSync(join(cacheFolder, `${name}.api.md`), "utf8");
  const undocumented = [...report.matchAll(/^\/\/ @.*\(undocumented\)\n(.*)$/gm)].map(([, declaration]) => declaration);
  for (const declaration of undocumented) console.error(`${name} has no documentation of: ${declaration}`);
  if (!succeeded || undocumented.length > 0 || (apiReportChanged && !write)) process.exitCode = 1;
}
