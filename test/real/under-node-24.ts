// Runs the unit and acceptance tests of `npm test` again under Node 24. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { fetchNode24, nodeVersion } from './node-24.ts';

/** Whole-system tests with kills, orders and browsers ask nothing of Node that these do not. */
const folders = ['protocol/src', 'host/src', 'edge/src', 'cloud/src', 'sim/src', 'test/acceptance'];

const node = fetchNode24();
if (node === undefined) {
  console.log(`Skipped under Node 24: ${nodeVersion} cannot be had here.`);
} else {
  console.log(`Under Node ${nodeVersion}:`);
  const { status } = spawnSync(
    node,
    ['node_modules/vitest/vitest.mjs', 'run', ...folders, ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
}
