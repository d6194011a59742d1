// For changed copies of the code: no programs are built, and workspaces mean the copy, not the checkout.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const workspace = (name: string) => fileURLToPath(new URL(`${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: { alias: { '@wellhead/protocol': workspace('protocol'), '@wellhead/host': workspace('host') } },
  test: {
    include: ['{protocol,host,edge,cloud,sim}/**/*.test.ts'],
    setupFiles: ['test/mutants/short-properties.ts'],
    // A test that hangs is one that failed, and the next change is tried by the same process: that is quick.
    testTimeout: 4_000,
  },
});
