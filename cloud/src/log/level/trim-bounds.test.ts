// A look at the log's room where the bytes are exactly as many as there may be.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LevelLog } from './level-log.ts';
import { trimLog } from './trim.ts';

const budgetBytes = 1_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-trim-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A folder of one file, and a log that removes what it is told to and rewrites the file as it is told to. */
async function look(
  bytes: number,
  { removes = 0, compactsTo = bytes }: { readonly removes?: number; readonly compactsTo?: number } = {},
) {
  const file = join(folder, 'entries');
  writeFileSync(file, Buffer.alloc(bytes));
  const did = { looks: 0, compactions: 0 };
  let left = removes;
  const log = {
    isFull: false,
    async removeOldest() {
      did.looks++;
      const removed = { entries: left > 0 ? 1 : 0, bytes: left };
      left = 0;
      return removed;
    },
    async compact() {
      did.compactions++;
      truncateSync(file, compactsTo);
    },
  };
  await trimLog({ log: log as unknown as LevelLog, folder, budgetBytes, onRemoved: () => undefined });
  return { ...did, isFull: log.isFull };
}

it('a folder of exactly the budget is left alone', async () => {
  expect(await look(1_000)).toEqual({ looks: 0, compactions: 0, isFull: false });
});

it('one byte more makes it look for what may go', async () => {
  expect(await look(1_001)).toEqual({ looks: 1, compactions: 1, isFull: true });
});

it('when exactly the excess is removed it looks no further, and batches are taken although the disk is slow to shrink', async () => {
  expect(await look(1_500, { removes: 500 })).toEqual({ looks: 1, compactions: 1, isFull: false });
});

it('when more than the excess is removed batches are taken although the disk is slow to shrink', async () => {
  expect(await look(1_500, { removes: 600 })).toEqual({ looks: 1, compactions: 1, isFull: false });
});

it('when the disk shrinks to exactly the budget batches are taken although too little was removed', async () => {
  expect(await look(1_500, { removes: 100, compactsTo: 1_000 })).toEqual({
    looks: 2,
    compactions: 1,
    isFull: false,
  });
});
