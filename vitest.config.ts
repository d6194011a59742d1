import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,host,edge,cloud,sim}/**/*.test.ts', '{test,lab}/**/*.test.ts'],
    // Those need real servers: `vitest run -c vitest.real.config.ts`.
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.real.test.ts'],
    globalSetup: ['test/build-programs.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
