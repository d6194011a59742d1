// Tests against real servers. They are skipped, with the reason, where a server cannot be had.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.real.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/build-programs.ts'],
    testTimeout: 180_000,
    hookTimeout: 360_000,
    maxWorkers: 1,
  },
});
