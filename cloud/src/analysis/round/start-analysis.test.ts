import { MemoryLevel } from 'memory-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeadLetters } from '../../dead-letter/dead-letters.ts';
import type { StoredEvent } from '../../event/stored-event.ts';
import { type CloudMeters, openCloudMeters } from '../../health/meters.ts';
import { createIndexer } from '../../indexer/indexer.ts';
import { type LevelLog, openLevelLog } from '../../log/level/level-log.ts';
import type { Consumption } from '../../log/reading-log.ts';
import { openDuckdbStore } from '../../store/duckdb/duckdb-store.ts';
import type { ReadingStore } from '../../store/reading-store.ts';
import { batchOf, type Faults, firstHour, hour } from './runner.testing.ts';
import { startAnalysis } from './start-analysis.ts';

const newDb = () => new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
const days = 60 * 24;

let log: LevelLog;
let store: ReadingStore;
let indexer: Consumption;
let analysis: Consumption;
let meters: CloudMeters;
let troubles: string[];
let now: number;

async function start(more: { detectors?: number; workers?: number } = {}): Promise<void> {
  meters = openCloudMeters();
  analysis = await startAnalysis({
    log,
    store,
    meters,
    types: new Map(),
    sites: new Map(),
    now: () => ++now,
    settings: { every: 0, workers: 1, alarmsPerYear: 2, detectors: 100, ...more },
    onTrouble: (message, facts) => troubles.push(`${message} ${JSON.stringify(facts)}`),
  });
}

beforeEach(async () => {
  now = 1_000;
  troubles = [];
  log = await openLevelLog({ db: newDb(), now: () => now, defer: setImmediate });
  store = await openDuckdbStore({ path: ':memory:' });
  const deadLetters = await openDeadLetters({
    db: newDb(),
    limit: 10,
    now: () => now,
    count: () => undefined,
  });
  indexer = await log.consume(
    'indexer',
    createIndexer({ store, deadLetters, onStored: () => undefined, count: () => undefined }),
    { maxBytes: 100_000, lingerMs: 0, onError: (error) => troubles.push(String(error)) },
  );
  await start();
});
afterEach(async () => {
  await analysis.close();
  await indexer.close();
  await log.close();
  await store.close();
});

async function all(): Promise<readonly StoredEvent[]> {
  await analysis.caughtUp();
  return (await store.events.find({ limit: 1_000, withdrawn: true })).events;
}

async function send(sensor: string, from: number, to: number, faults: Faults = {}, at = 24): Promise<void> {
  for (let i = from; i < to; i += at)
    await log.append(batchOf({ sensor, from: i, to: Math.min(to, i + at), faults }));
}

const faults: Faults = { dropouts: [700, 701], step: 1_000 };
const startsOf = (events: readonly StoredEvent[]) =>
  events.map(({ start }) => (start - firstHour) / hour).sort();
/** An event without what tells when it was written. */
const essence = (events: readonly StoredEvent[]) =>
  events.map(({ foundAt, changedAt, ...event }) => event).sort((a, b) => (a.id < b.id ? -1 : 1));

describe('the analysis', () => {
  it('finds what happened, in a year that nobody watched and reading by reading alike', async () => {
    await send('b1', 0, days, faults, days);
    const atOnce = await all();
    expect(startsOf(atOnce)).toEqual(expect.arrayContaining([700, 1_000]));
    await send('b2', 0, days, faults, 50);
    const inParts = (await all()).filter(({ sensors }) => sensors[0] === 'b2');
    const strip = (events: readonly StoredEvent[]) =>
      events
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ start, end, cause, score }) => ({ start, end, cause, score }));
    expect(strip(inParts)).toEqual(strip(atOnce));
    expect(meters.value('analysis_detectors_built_total')).toBeLessThan(8);
    expect(troubles).toEqual([]);
  });

  it('looks at a late reading at its own time, and changes no other event', async () => {
    await send('b1', 0, 500, faults);
    await send('b1', 502, days, faults, 200);
    await send('b2', 0, days, faults, 300);
    const before = await all();
    await send('b1', 500, 502, { dropouts: [500, 501] });
    const after = await all();
    const late = firstHour + 500 * hour;
    expect(after.filter(({ start }) => start === late)).toMatchObject([{ sensors: ['b1'], kind: 'fault' }]);
    const of = (events: readonly StoredEvent[], wanted: string) =>
      events.filter(({ sensors, start }) => sensors[0] === wanted && start !== late);
    expect(of(after, 'b2')).toEqual(of(before, 'b2'));
    // What came later has another past now, so its figures may differ in their last digits.
    const stable = (events: readonly StoredEvent[]) =>
      of(events, 'b1').map(({ id, start, kind, cause, withdrawn }) => ({
        id,
        start,
        kind,
        cause,
        withdrawn,
      }));
    expect(stable(after)).toEqual(stable(before));
  });

  it('gives the same events whoever looks: again from the start, and with room for one detector', async () => {
    await send('b1', 0, days, faults, 100);
    await send('b2', 0, days, { step: 900 }, 100);
    const before = await all();
    const said = now;
    await analysis.close();
    await start({ detectors: 1, workers: 2 });
    await send('b1', days, days + 2, faults);
    await send('b2', days, days + 2, { step: 900 });
    const after = await all();
    expect(essence(after.filter(({ end }) => end !== undefined))).toEqual(
      essence(before.filter(({ end }) => end !== undefined)),
    );
    for (const event of after) if (event.end !== undefined) expect(event.changedAt).toBeLessThanOrEqual(said);
  });

  it('takes a visit for a visit, and asks for more where people said that it was nothing', async () => {
    await send('b1', 0, days, faults, 100);
    const step = (await all()).find(({ start }) => start === firstHour + 1_000 * hour)!;
    const say = (verdict: 'maintenance' | 'false') =>
      store.events.judge({ event: step.id, verdict, author: 'ann', note: '', at: ++now });
    await say('maintenance');
    await send('b1', days, days + 1, faults);
    expect((await all()).find(({ id }) => id === step.id)).toMatchObject({
      kind: 'maintenance',
      withdrawn: false,
    });
    await say('false');
    await send('b1', days + 1, days + 2, faults);
    const asked = (await all()).find(({ id }) => id === step.id)!;
    expect(asked.kind).toBe('process');
    expect(asked.withdrawn || asked.score < step.score).toBe(true);
  });

  it('tells of a region where most sensors move, and of the sensors as parts of it', async () => {
    for (const [sensor, step] of [
      ['b1', 1_000],
      ['b2', 1_001],
      ['b3', 1_003],
    ] as const)
      await send(sensor, 0, days, { step }, 300);
    await send('b4', 0, days, {}, 300);
    const events = (await all()).filter(({ withdrawn }) => !withdrawn);
    const [region, ...more] = events.filter(({ sensors }) => sensors.length > 1);
    expect(more).toEqual([]);
    expect(region).toMatchObject({ sensors: ['b1', 'b2', 'b3'], start: firstHour + 1_000 * hour });
    const parts = events.filter(({ partOf }) => partOf === region!.id);
    expect(parts.map(({ sensors }) => sensors[0]).sort()).toEqual(['b1', 'b2', 'b3']);
  });

  it('goes on over the turn of a quarter', async () => {
    // The step comes three days before the turn, the dropouts four days after it.
    const turn = (Date.UTC(2026, 6, 1) - firstHour) / hour;
    const crossing = { step: turn - 72, dropouts: [turn + 96] };
    await send('b1', 0, turn + 20 * 24, crossing, 90);
    const inParts = (await all()).filter(({ withdrawn }) => !withdrawn);
    expect(startsOf(inParts)).toEqual(expect.arrayContaining([turn - 72, turn + 96]));
    await analysis.close();
    await start();
    await log.append(
      batchOf({ sensor: 'b1', from: turn + 20 * 24, to: turn + 20 * 24 + 1, faults: crossing }),
    );
    const again = (await all()).filter(({ withdrawn }) => !withdrawn);
    expect(essence(again)).toEqual(essence(inParts));
  });
});
