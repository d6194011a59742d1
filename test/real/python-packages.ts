// Python packages for tests, each set in an environment of its own, made once and kept outside the work tree.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const installWithinMs = 5 * 60_000;

/**
 * The folder with the programs of the environment. `name` stands for its packages: when they change, so must it.
 * @throws Error where there is no Python, or no way to its packages
 */
export function installPython(name: string, packages: readonly string[]): string {
  const cache = process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache');
  const home = join(cache, name);
  const programs = join(home, 'bin');
  if (existsSync(join(home, 'ready'))) return programs;
  // An environment knows its own path, so it is made in place; the mark comes last.
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { timeout: installWithinMs, stdio: ['ignore', 'ignore', 'pipe'] });
  run('python3', '-m', 'venv', home);
  run(join(programs, 'python'), '-m', 'pip', 'install', '--quiet', ...packages);
  mkdirSync(join(home, 'ready.part'));
  renameSync(join(home, 'ready.part'), join(home, 'ready'));
  return programs;
}

/** As `installPython`; where it cannot be had, why: for the titles of the tests that are skipped then. */
export function tryPython(
  name: string,
  packages: readonly string[],
): { readonly programs: string } | { readonly missing: string } {
  try {
    return { programs: installPython(name, packages) };
  } catch (error) {
    return { missing: `${packages[0]} cannot be installed: ${(error as Error).message.split('\n')[0]}` };
  }
}
