// Node 24, fetched once into the cache folder, for what must run under it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const nodeVersion = '24.21.0';
const installWithinMs = 300_000;

/** The path of its program; undefined where it cannot be had. */
export function fetchNode24(): string | undefined {
  const folder = join(process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache'), `node-${nodeVersion}`);
  const node = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    spawnSync('npm', ['install', '--no-save', '--prefix', folder, `node@${nodeVersion}`], {
      stdio: 'ignore',
      timeout: installWithinMs,
    });
  }
  return existsSync(node) ? node : undefined;
}
