import { MemoryLevel } from 'memory-level';
import { beforeEach, expect, it } from 'vitest';
import { checkFormat, formatKey } from './format.ts';
import type { KeyValueDb } from './key-value.ts';

let db: KeyValueDb;
beforeEach(() => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
});
const check = (version: number) => checkFormat(db, { what: 'journal', version, code: 'JOURNAL_OPEN' });

it('marks new data, and those of before there were versions', async () => {
  await check(1);
  expect(Buffer.from((await db.get(formatKey))!).toString()).toBe('1');
  await check(1);
});

it('refuses what a newer program wrote, and changes nothing', async () => {
  await db.put(formatKey, Buffer.from('2'));
  await expect(check(1)).rejects.toMatchObject({
    code: 'JOURNAL_OPEN',
    message: 'the journal is of version 2, this program knows 1',
  });
  expect(await db.keys({}).all()).toEqual([formatKey]);
  expect(Buffer.from((await db.get(formatKey))!).toString()).toBe('2');
});

it('refuses what cannot be a version', async () => {
  await db.put(formatKey, Buffer.from('1x'));
  await expect(check(1)).rejects.toMatchObject({ code: 'JOURNAL_OPEN' });
});
