// R beside our own figures, in the same run and on the same series, where R is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs an R script that finds the values in `x` and prints one number a line; undefined where there is no
 * `Rscript`.
 */
export function runR(values: Float64Array, script: string): number[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'wellhead-bench-r-'));
  try {
    const file = join(folder, 'values.txt');
    writeFileSync(file, values.join('\n'));
    const { error, status, stdout, stderr } = spawnSync(
      'Rscript',
      ['--vanilla', '-e', `x <- scan(${JSON.stringify(file)}, quiet = TRUE)\n${script}`],
      { encoding: 'utf8' },
    );
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    if (status !== 0) throw new Error(`Rscript ended with ${status}: ${stderr}`);
    return stdout.trim().split(/\s+/).map(Number);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A level with a cycle of `period`, a slow slope, scatter, and bursts; always the same. */
export function benchSeries(count: number, period: number): Float64Array {
  let state = 2_024;
  const scatter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return Float64Array.from({ length: count }, (_, i) => {
    const burst = i % 1_999 < 15 ? 12 : 0;
    const value =
      80 + 15 * Math.sin((2 * Math.PI * i) / period) + i / 2_000 + 3 * (scatter() + scatter()) + burst;
    return Math.round(value * 1000) / 1000;
  });
}
