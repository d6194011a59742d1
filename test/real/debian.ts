// Programs that Debian has: installed where we may, otherwise the tests that want them are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

let updated = false;

/** The first of `places` that exists, after an attempt to install the package where none does. */
export function findOrInstall(name: string, places: readonly string[]): string | undefined {
  const found = () => places.find((path) => existsSync(path));
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (found() === undefined && mayInstall) {
    if (!updated) spawnSync('apt-get', ['update'], { stdio: 'ignore', timeout: 120_000 });
    updated = true;
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], {
      stdio: 'ignore',
      timeout: 300_000,
    });
  }
  return found();
}
