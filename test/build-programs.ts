import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Whole-system tests start the programs as users do: built once before the first test. */
export function setup(): void {
  execFileSync(process.execPath, ['build.mjs'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
