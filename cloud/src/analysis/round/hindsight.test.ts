import { parseSensorType, parseSite, type SensorType, type Site } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DetectedEvent } from '../../event/event.ts';
import { openDuckdbStore } from '../../store/duckdb/duckdb-store.ts';
import { sampleBatch } from '../../store/reading-store.testing.ts';
import type { ReadingStore } from '../../store/reading-store.ts';
import { lifeOf } from '../worker/life.ts';
import { quarterOf } from '../worker/quarter.ts';
import { Hindsight } from './hindsight.ts';
import { firstHour, hour, levelAt } from './runner.testing.ts';

const life = lifeOf(quarterOf(firstHour));
const typeOf = (interval = '1h') =>
  parseSensorType(
    `type: groundwater
title: Sonde
version: 1
interval: ${interval}
properties: [{ name: water_level, title: Level, unit: m, faults: { step: 0.15, match: 0.1, drift: 0.05 } }]
`,
    'groundwater.yaml',
  );

let store: ReadingStore;
beforeEach(async () => {
  store = await openDuckdbStore({ path: ':memory:' });
});
afterEach(() => store.close());

/** Hours of readings, 3 m higher from hour 500 to 550, when the sensor hung elsewhere. */
async function send(from: number, to: number): Promise<void> {
  const samples = Array.from({ length: to - from }, (_, i) => ({
    seq: from + i + 1,
    measuredAt: firstHour + (from + i) * hour,
    values: { water_level: levelAt(from + i) + (from + i >= 500 && from + i < 550 ? 3 : 0) },
  }));
  const storedAt = firstHour + to * hour;
  await store.write([sampleBatch({ properties: ['water_level'], storedAt }, samples)]);
}

const step: DetectedEvent = {
  kind: 'process',
  cause: 'shift',
  properties: ['water_level'],
  start: firstHour + 500 * hour,
  peak: firstHour + 500 * hour,
  end: firstHour + 524 * hour,
  decidedAt: firstHour + 500 * hour,
  value: 15,
  expected: 12,
  score: 9,
  evidence: [],
};

function lookerWith(type: SensorType, site?: Site) {
  const types = new Map([['groundwater', type]]);
  const hindsight = new Hindsight({ store, types, sites: new Map(site && [['site-a', site]]) });
  return async (isNew = false) => {
    const [sensor] = await store.sensors();
    const events = await hindsight.explain([step], { sensor: sensor!, life, isNew });
    return events.map(({ kind, cause, start }) => `${kind} ${cause} ${(start - firstHour) / hour}`);
  };
}

describe('a step that was the sensor’s', () => {
  it('is the ground’s until it is put back, and a fault from the midnight after on', async () => {
    const look = lookerWith(typeOf());
    await send(0, 540);
    expect(await look()).toEqual(['process shift 500']);
    await send(540, 551);
    expect(await look()).toEqual(['process shift 500']);
    await send(551, 577);
    expect(await look()).toEqual(['fault sensor-moved 500']);
  });

  it('is a fault as well for one who sees all at once, and late readings are looked at anew', async () => {
    await send(0, 490);
    await send(560, 600);
    const look = lookerWith(typeOf());
    expect(await look()).toEqual(['process shift 500']);
    await send(490, 560);
    expect(await look()).toEqual(['process shift 500']);
    expect(await look(true)).toEqual(['fault sensor-moved 500']);
    expect(await lookerWith(typeOf())()).toEqual(['fault sensor-moved 500']);
  });

  it('stays what it is where nobody knows the type, or it reads oftener than is looked at', async () => {
    await send(0, 600);
    expect(await lookerWith(typeOf('5m'))()).toEqual(['process shift 500']);
    expect(await lookerWith({ ...typeOf(), type: 'groundwater', properties: [] })()).toEqual([
      'process shift 500',
    ]);
  });
});

it('tells of a drift by the measurements of the site’s file', async () => {
  await send(0, 480);
  const dip = (hours: number, value: number) => ({
    sensor: 'well-1',
    property: 'water_level',
    value,
    at: new Date(firstHour + hours * hour).toISOString(),
  });
  const dips = [dip(10, levelAt(10)), dip(400, levelAt(400) - 0.2)];
  const site = parseSite(JSON.stringify({ site: 'site-a', title: 'A', dips }), 'site-a.yaml');
  expect(await lookerWith(typeOf(), site)()).toEqual(['fault drift 10', 'process shift 500']);
});
