// For changed copies of the code: no programs are built, and workspaces mean the copy, not the checkout.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const workspace = (name: string) => fileURLToPath(new URL(`${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: { alias: { '@wellhead/protocol': workspace('protocol'), '@wellhead/host': workspace('host') } },
  test: {
    include: ['{protocol,host,edge,cloud,sim}/**/*.test.ts'],
    testTimeout: 5_000,
  },
});
