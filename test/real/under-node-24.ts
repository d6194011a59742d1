// Runs all tests of `npm test` again under Node 24. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { fetchNode24, nodeVersion } from './node-24.ts';

const node = fetchNode24();
if (node === undefined) {
  console.log(`Skipped under Node 24: ${nodeVersion} cannot be had here.`);
} else {
  console.log(`Under Node ${nodeVersion}:`);
  const { status } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
