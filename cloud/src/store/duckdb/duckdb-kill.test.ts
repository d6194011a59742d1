import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allPages, minute, start } from '../reading-store.testing.ts';
import type { ReadingStore } from '../reading-store.ts';
import { openDuckdbStore } from './duckdb-store.ts';
import { StoreChild } from './store-child.testing.ts';
import { numberedWrite, rowsPerWrite, sensorNames } from './write-until-killed.testing.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellhead-kill-'));
  path = join(folder, 'readings.duckdb');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Checks that the store holds the writes up to some number, each whole and once, and says up to which. */
async function wholeWrites(store: ReadingStore, since: number): Promise<number> {
  const summaries = await store.sensors();
  const last = (summaries.find(({ sensor }) => sensor === 'feed')?.readings ?? 0) as number;
  for (const sensor of sensorNames) {
    const summary = summaries.find((one) => one.sensor === sensor);
    const highest = last * rowsPerWrite;
    expect(summary).toMatchObject({ readings: highest, origins: [{ highest, missing: [] }] });
    const from = start + (since * rowsPerWrite + 1) * minute;
    const { readings } = await allPages(store, { sensor, from, limit: 5000 });
    expect(readings.map(({ seq }) => seq)).toEqual(
      Array.from({ length: highest - since * rowsPerWrite }, (_, i) => since * rowsPerWrite + i + 1),
    );
    if (sensor !== 'well-1') continue;
    const revised = readings.filter(({ revision }) => revision === 1).map(({ values }) => values.water_level);
    expect(revised).toEqual(
      Array.from({ length: Math.max(0, last - since - 1) }, (_, i) => -(since + i + 2)),
    );
  }
  return last;
}

describe('a store whose process is killed', () => {
  it('holds every resolved write, whole and once, after each of twelve kills', {
    timeout: 120_000,
  }, async () => {
    let last = 0;
    for (let kill = 1; kill <= 12; kill++) {
      const child = new StoreChild(path, last + 1);
      const goal = 1 + Math.floor(Math.random() * 25);
      await child.until((lines) => lines.length >= goal);
      // Somewhere inside a write, a commit or a checkpoint.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      await child.kill();
      const store = await openDuckdbStore({ path });
      const held = await wholeWrites(store, last);
      expect(held).toBeGreaterThanOrEqual(child.lastResolved);
      expect(await store.write(numberedWrite(held))).toMatchObject({ written: 0 });
      await store.close();
      last = held;
    }
  });
});

const canLimit = process.platform === 'linux';

describe('a store whose disk is full', () => {
  // A limit on the size of files makes the system refuse writes just as a full disk does; Linux can lift it again.
  it.skipIf(!canLimit)(
    'fails the write, keeps what it had, and goes on when there is room',
    { timeout: 60_000 },
    async () => {
      const child = new StoreChild(path, 1, [
        'bash',
        '-c',
        'trap "" XFSZ; ulimit -S -f 3000; exec "$0" "$@"',
      ]);
      await child.until((lines) => lines.filter(({ failed }) => failed !== undefined).length >= 3);
      const before = child.lastResolved;
      for (const { failed, readings } of child.lines) {
        if (failed === undefined) continue;
        expect(readings).toBe((failed - 1) * (3 * rowsPerWrite + 1));
      }
      execFileSync('bash', ['-c', 'prlimit --pid="$0" --fsize=unlimited', String(child.process.pid)]);
      await child.until((lines) => (lines.at(-1)?.resolved ?? 0) >= before + 20);
      await child.kill();
      const store = await openDuckdbStore({ path });
      expect(await wholeWrites(store, 0)).toBeGreaterThanOrEqual(child.lastResolved);
      await store.close();
    },
  );
});
