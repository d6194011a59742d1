import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,host,edge,cloud,sim}/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/build-programs.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
