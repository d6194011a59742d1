// Runs all tests of `npm test` again under Node 24, fetched once into the cache folder. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '24.21.0';
const installWithinMs = 300_000;

const folder = join(process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache'), `node-${version}`);
const node = join(folder, 'node_modules/node/bin/node');
if (!existsSync(node)) {
  mkdirSync(folder, { recursive: true });
  spawnSync('npm', ['install', '--no-save', '--prefix', folder, `node@${version}`], {
    stdio: 'ignore',
    timeout: installWithinMs,
  });
}
if (!existsSync(node)) {
  console.log(`Skipped under Node 24: ${version} cannot be had here.`);
} else {
  console.log(`Under Node ${version}:`);
  const { status } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
