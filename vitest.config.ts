import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The tests of what is published: they build, pack and install, so they have a project of their own. */
const PACKAGE_TESTS = "packages/*/tests/package/**/*.test.ts";

export default defineConfig({
  resolve: {
    alias: {
      "eckart/worker": source("packages/eckart/src/worker.ts"),
      eckart: source("packages/eckart/src/index.ts"),
      "@eckart/formats/node": source("packages/formats/src/node.ts"),
      "@eckart/formats": source("packages/formats/src/index.ts"),
      "@eckart/views": source("packages/views/src/index.ts"),
      "@eckart/testing": source("testing/src/index.ts"),
    },
  },
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          setupFiles: source("testing/src/propertySeed.ts"),
          include: [
            "packages/*/tests/**/*.test.ts",
            "apps/*/tests/unit/**/*.test.ts",
            "testing/tests/**/*.test.ts",
            "scripts/tests/**/*.test.ts",
            "bench/tests/**/*.test.ts",
          ],
          exclude: [PACKAGE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: [PACKAGE_TESTS],
          globalSetup: "packages/eckart/tests/package/globalSetup.ts",
          fileParallelism: false,
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "studio",
          include: ["apps/studio/tests/browser/**/*.test.ts"],
          globalSetup: "apps/studio/tests/browser/globalSetup.ts",
          fileParallelism: false,
          testTimeout: 120_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
