// A real part is put together by its recipe once, and kept in a folder outside the work tree.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const buildWithinMs = 5 * 60_000;

/**
 * The folder of the part made by the recipe `test/real/<name>/build.sh FOLDER`; a changed recipe makes another.
 * Throws where it cannot be made: no tools, no repositories.
 */
export function buildOnce(name: string): string {
  const recipe = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  const cache = process.env.WELLHEAD_CACHE ?? join(tmpdir(), 'wellhead-cache');
  const hash = createHash('sha256');
  for (const file of readdirSync(recipe).sort()) hash.update(readFileSync(join(recipe, file)));
  const home = join(cache, `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  // Made beside and renamed when whole: a build that was broken off is never taken for the part.
  const made = mkdtempSync(join(cache, 'build-'));
  try {
    execFileSync('bash', [join(recipe, 'build.sh'), made], {
      timeout: buildWithinMs,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    renameSync(made, home);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return home;
}

/** The first line of what went wrong, for the title of a test that is skipped. */
export function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
