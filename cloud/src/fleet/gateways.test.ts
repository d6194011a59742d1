import type { KeyValueDb } from '@wellhead/host';
import type { Ledger, Status } from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { beforeEach, expect, it } from 'vitest';
import { Gateways } from './gateways.ts';

const at = Date.UTC(2026, 5, 1);
const online: Status = { state: 'online', at: new Date(at + 4_000).toISOString() };
const ledger: Ledger = { origin: 'aa', at: new Date(at).toISOString(), sensors: [] };

let db: KeyValueDb;
let failed: number;
const open = () => Gateways.open(db, () => failed++);
beforeEach(() => {
  db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
  failed = 0;
});

it('what several gateways said is known apart, also after a restart', async () => {
  const gateways = await open();
  await gateways.note({ site: 'site-a', gateway: 'one' }, at, { status: online });
  await gateways.note({ site: 'site-a', gateway: 'two' }, at + 1, { ledger });
  await gateways.note({ site: 'site-b', gateway: 'one' }, at + 2, { ledger });
  const known = [
    { site: 'site-a', gateway: 'one', heardAt: at, status: online, clockAheadMs: 4_000 },
    { site: 'site-a', gateway: 'two', heardAt: at + 1, ledger },
    { site: 'site-b', gateway: 'one', heardAt: at + 2, ledger },
  ];
  expect(gateways.all()).toEqual(known);
  const again = await open();
  expect(again.all()).toEqual(known);
  await again.note({ site: 'site-a', gateway: 'two' }, at + 3, { status: { ...online, state: 'offline' } });
  expect(again.all()[1]).toEqual({
    ...known[1],
    heardAt: at + 3,
    status: { ...online, state: 'offline' },
  });
  expect(again.all()).toHaveLength(3);
});

it('keeps how far a clock is ahead when the gateway goes away', async () => {
  const gateways = await open();
  await gateways.note({ site: 'a', gateway: 'g' }, at, { status: online });
  await gateways.note({ site: 'a', gateway: 'g' }, at + 60_000, { status: { ...online, state: 'offline' } });
  expect(gateways.all()[0]!.clockAheadMs).toBe(4_000);
});

it('reads nothing of what else stands in the database, and passes over a ledger of another version', async () => {
  for (const key of ['c!reader', 'f!x', 'h!x', 'x!0001']) await db.put(key, Buffer.from('no JSON'));
  const record = { site: 'a', gateway: 'g', heardAt: at };
  await db.put('g!a/g', Buffer.from(JSON.stringify({ ...record, ledger: { sensors: 'all' } })));
  expect((await open()).all()).toEqual([record]);
});

it('counts what could not be written, and knows it all the same', async () => {
  const gateways = await open();
  db.put = () => Promise.reject(new Error('no space left on device'));
  await gateways.note({ site: 'a', gateway: 'g' }, at, { ledger });
  expect(failed).toBe(1);
  expect(gateways.all()).toEqual([{ site: 'a', gateway: 'g', heardAt: at, ledger }]);
});

it('takes 100,000 gateways and no more, counts what the others say, and hears the known ones still', async () => {
  db.put = () => Promise.resolve();
  const gateways = await open();
  for (let i = 0; i < 100_000; i++) await gateways.note({ site: 'a', gateway: `g${i}` }, at, { ledger });
  expect(gateways.all()).toHaveLength(100_000);
  expect(failed).toBe(0);
  await gateways.note({ site: 'a', gateway: 'more' }, at, { ledger });
  expect(gateways.all()).toHaveLength(100_000);
  expect(failed).toBe(1);
  await gateways.note({ site: 'a', gateway: 'g7' }, at + 5, { ledger });
  expect(gateways.all()[7]!.heardAt).toBe(at + 5);
});
