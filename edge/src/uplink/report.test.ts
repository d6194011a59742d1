import { clockStates, ledgerSchema, statusSchema } from '@wellhead/protocol';
import { beforeEach, expect, it } from 'vitest';
import { edgeConfigSchema } from '../config/schema.ts';
import { strictReports } from '../journal/journal.testing.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { blockKey } from '../journal/keys.ts';
import { memory } from '../parts.testing.ts';
import { createReport, type Report } from './report.ts';

const start = Date.UTC(2026, 5, 1);

let journal: Journal;
let time: number;
let isSynchronised: boolean;
let teller: Report;
beforeEach(async () => {
  time = start;
  isSynchronised = true;
  journal = await openJournal({
    ...strictReports,
    db: memory(),
    newOrigin: () => 'aa',
    defer: setImmediate,
    onLost: () => undefined,
  });
  teller = createReport({
    config: edgeConfigSchema.parse({
      site: 's',
      gateway: 'g',
      uplink: { url: 'mqtt://cloud:1883' },
      journal: { budget: '5MB' },
      sensors: [
        { id: 'b1', type: 'sonde', title: 'Borehole one' },
        { id: 'b2', type: 'sonde' },
      ],
    }),
    version: '1.2.3',
    journal,
    clockState: () => (isSynchronised ? clockStates.synchronised : clockStates.unsynchronised),
    journalBytes: () => 4_321,
    counters: () => ({ readings_accepted_total: 7 }),
    now: () => time,
  });
});

async function add(sensor: string, count: number): Promise<void> {
  const head = { sensor, type: 'sonde', rules: 'sonde@1', properties: ['level'] };
  for (let i = 0; i < count; i++)
    await journal.append({
      head,
      row: {
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
      },
    });
}

const status = (state: 'online' | 'offline') => statusSchema.parse(JSON.parse(teller.status(state)));
const ledger = () => ledgerSchema.parse(JSON.parse(teller.ledger()));

it('the status says what the gateway is, since when, and how it stands', async () => {
  await add('b1', 3);
  await journal.deliver('b1', [[1, 1]]);
  time = start + 60_000;
  expect(status('online')).toEqual({
    state: 'online',
    at: '2026-06-01T00:01:00.000Z',
    version: '1.2.3',
    startedAt: '2026-06-01T00:00:00.000Z',
    clock: 'synchronised',
    origin: 'aa',
    sensors: [
      { sensor: 'b1', type: 'sonde', title: 'Borehole one' },
      { sensor: 'b2', type: 'sonde' },
    ],
    undelivered: 2,
    journal: { bytes: 4_321, budgetBytes: 5 * 1024 * 1024 },
    counters: { readings_accepted_total: 7 },
  });
  isSynchronised = false;
  expect(status('offline')).toMatchObject({ state: 'offline', clock: 'unsynchronised' });
});

it('the ledger says of each sensor what is held, what waits and what is lost', async () => {
  await add('b1', 10);
  await add('b2', 2);
  await journal.deliver('b1', [
    [1, 3],
    [6, 7],
  ]);
  await journal.evict('b1', [blockKey('b1', 1), blockKey('b1', 2)], 2);
  await journal.db.put(blockKey('b1', 9), Buffer.from('damaged'));
  await journal.confirmLost('b1', [1, 10]);
  time = start + 1_000;
  expect(ledger()).toEqual({
    origin: 'aa',
    at: '2026-06-01T00:00:01.000Z',
    sensors: [
      {
        sensor: 'b1',
        first: 3,
        last: 10,
        undelivered: 4,
        waiting: [
          [4, 5],
          [8, 8],
          [10, 10],
        ],
        lost: [[9, 9, 'unreadable']],
      },
      { sensor: 'b2', first: 1, last: 2, undelivered: 2, waiting: [[1, 2]], lost: [] },
    ],
  });
});

it('a sensor of which everything was removed for room begins at its last reading', async () => {
  await add('b1', 4);
  await journal.deliver('b1', [[1, 4]]);
  await journal.evict('b1', [], 4);
  expect(ledger().sensors).toMatchObject([{ sensor: 'b1', first: 4, last: 4, waiting: [] }]);
});
