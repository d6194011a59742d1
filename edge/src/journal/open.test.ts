import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKey, openLevel } from '@wellhead/host';
import { type BlockHead, decodeBlock, type Row, rowsOf } from '@wellhead/protocol';
import { Level } from 'level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { strictReports } from './journal.testing.ts';
import type { Journal } from './journal.ts';
import { type OpenedJournal, openJournalFolder } from './open.ts';

const head: BlockHead = { sensor: 'b1', type: 'sonde', rules: 'sonde@1', properties: ['level'] };
const now = () => Date.UTC(2026, 0, 31, 12, 30);

let folder: string;
let path: string;
let opened: Journal[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-journal-'));
  path = join(folder, 'journal');
  opened = [];
});
afterEach(async () => {
  for (const journal of opened) await journal.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<OpenedJournal> {
  const result = await openJournalFolder(folder, strictReports, now);
  opened.push(result.journal);
  return result;
}

async function add(journal: Journal, count: number): Promise<void> {
  const row = (i: number): Row => ({
    seq: 0,
    revision: 0,
    measuredAt: i,
    receivedAt: i,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [i],
    flags: [1],
    causes: [0],
  });
  await Promise.all(Array.from({ length: count }, (_, i) => journal.append({ head, row: row(i) })));
}

async function seqs(journal: Journal): Promise<number[]> {
  const { blocks } = await journal.read('b1', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return blocks.flatMap(({ bytes }) => rowsOf(decodeBlock(bytes)).map(({ seq }) => seq));
}

/** A journal of ten readings, closed; gives its origin. */
async function filled(): Promise<string> {
  const { journal } = await open();
  await add(journal, 10);
  await journal.compact();
  await journal.close();
  return journal.origin;
}

describe('a sound folder', () => {
  it('is made where there is none, with an origin of its own', async () => {
    const { journal, setAside } = await open();
    expect(setAside).toBeUndefined();
    expect(journal.origin).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is opened again with its origin and its readings', async () => {
    const origin = await filled();
    const { journal, setAside } = await open();
    expect(setAside).toBeUndefined();
    expect(journal.origin).toBe(origin);
    expect(await seqs(journal)).toHaveLength(10);
  });
});

it('a journal that a newer program wrote is refused and left where it is', async () => {
  const origin = await filled();
  const db = openLevel(path);
  await db.open();
  await db.put(formatKey, Buffer.from('2'));
  await db.close();
  await expect(open()).rejects.toMatchObject({
    code: 'JOURNAL_OPEN',
    message: 'the journal is of version 2, this program knows 1',
  });
  expect(readdirSync(folder)).toEqual(['journal']);
  await db.open();
  await db.put(formatKey, Buffer.from('1'));
  await db.close();
  const { journal } = await open();
  expect(journal.origin).toBe(origin);
  expect(await seqs(journal)).toHaveLength(10);
});

describe('a damaged folder', () => {
  const files = (pattern: RegExp) => readdirSync(path).filter((name) => pattern.test(name));
  const damages: Record<string, () => void> = {
    'whose MANIFEST is cut': () => {
      for (const name of files(/^MANIFEST/)) truncateSync(join(path, name), 20);
    },
    'whose MANIFEST is gone': () => {
      for (const name of files(/^MANIFEST/)) rmSync(join(path, name));
    },
    'whose CURRENT is nonsense': () => writeFileSync(join(path, 'CURRENT'), 'nonsense'),
    'whose CURRENT is empty': () => truncateSync(join(path, 'CURRENT'), 0),
    'whose CURRENT is gone': () => rmSync(join(path, 'CURRENT')),
    'that lacks a table': () => {
      for (const name of files(/\.ldb$/)) rmSync(join(path, name));
    },
  };

  it.each(Object.keys(damages))(
    '%s is set aside as it is, and intake goes on under a new origin',
    async (damage) => {
      const origin = await filled();
      damages[damage]!();
      const tables = files(/\.ldb$/).map((name) => [name, statSync(join(path, name)).size]);
      const { journal, setAside } = await open();
      expect(setAside).toBe(`${path}.damaged-2026-01-31T123000.000Z`);
      expect(journal.origin).not.toBe(origin);
      await add(journal, 3);
      expect(await seqs(journal)).toEqual([1, 2, 3]);
      for (const [name, size] of tables) expect(statSync(join(setAside!, String(name))).size).toBe(size);
      await journal.close();
      const again = await open();
      expect(again.setAside).toBeUndefined();
      expect(again.journal.origin).toBe(journal.origin);
    },
  );
});

describe('a folder that cannot be used now', () => {
  it('because another process holds it is left alone', async () => {
    const { journal } = await open();
    await add(journal, 2);
    await expect(open()).rejects.toMatchObject({
      code: 'JOURNAL_OPEN',
      hint: expect.stringContaining('another gateway'),
    });
    expect(readdirSync(folder)).toEqual(['journal']);
    await add(journal, 1);
    expect(await seqs(journal)).toEqual([1, 2, 3]);
  });

  it('because another process holds it is left alone, even where its name speaks of damage', async () => {
    const named = join(folder, 'copy of the corrupt CURRENT file');
    const { journal } = await openJournalFolder(named, strictReports, now);
    opened.push(journal);
    await expect(openJournalFolder(named, strictReports, now)).rejects.toMatchObject({
      code: 'JOURNAL_OPEN',
    });
    expect(readdirSync(named)).toEqual(['journal']);
  });

  it('because a database other than ours holds it is left alone', async () => {
    await filled();
    const other = new Level(path);
    await other.open();
    await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_OPEN' });
    await other.close();
    expect(readdirSync(folder)).toEqual(['journal']);
  });

  it('because a file stands in its place is left alone', async () => {
    writeFileSync(path, 'something of somebody');
    await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_OPEN' });
    expect(readdirSync(folder)).toEqual(['journal']);
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('because its rights forbid it is left alone', async () => {
    await filled();
    chmodSync(path, 0o500);
    try {
      await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_OPEN' });
      expect(readdirSync(folder)).toEqual(['journal']);
    } finally {
      chmodSync(path, 0o700);
    }
  });
});

it('a folder that cannot be made is said', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(openJournalFolder(join(folder, 'file', 'below'), strictReports, now)).rejects.toMatchObject({
    code: 'JOURNAL_OPEN',
    message: expect.stringContaining('cannot be made'),
  });
});
