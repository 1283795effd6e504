import { defineConfig } from "vitest/config";

const source = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: {
      eckart: source("packages/eckart/src/index.ts"),
      "@eckart/formats": source("packages/formats/src/index.ts"),
      "@eckart/views": source("packages/views/src/index.ts"),
      "@eckart/testing": source("testing/src/index.ts"),
    },
  },
  test: {
    include: ["packages/*/tests/**/*.test.ts", "testing/tests/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
