// The API over a store with months of a generated borehole, for programs of others and browsers to ask.
import { loadSensorTypes } from '@wellhead/host';
import { batchOf, openTestApi, type TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { sampleSpan } from '../../cloud/src/store/event-store.testing.ts';
import type { ReadingStore } from '../../cloud/src/store/reading-store.ts';
import { blockAt, timeAt } from '../../lab/bench/groundwater.ts';

interface DemoOptions {
  /** Left out: one in memory. */
  readonly store?: ReadingStore;
  /** Of an hour each; left out: four months. */
  readonly readings?: number;
}

export async function openDemoApi({ store, readings = 3_000 }: DemoOptions = {}): Promise<TestApi> {
  const api = await openTestApi({
    ...(store && { store }),
    now: () => timeAt(readings),
    types: loadSensorTypes(),
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    sites: new Map([
      [
        'demo',
        {
          site: 'demo',
          title: 'Demonstration',
          location: { latitude: 53.8, longitude: -2.4 },
          sensors: { 'borehole-1': { title: 'Borehole 1', datum: 'Ordnance Datum Newlyn' } },
        },
      ],
    ]),
  });
  const head = { site: 'demo', gateway: 'gw', lane: 'historical' as const, seqIsTime: false };
  await api.store.write([
    { ...head, origin: 'one', storedAt: timeAt(readings), blocks: [blockAt('borehole-1', 0, readings)] },
  ]);
  // What loggers also say: no value, in words and as zero.
  const odd = [
    { seq: 1, measuredAt: timeAt(1_000) + 60_000, values: ['(na)'], flags: [9 as const], causes: [1] },
    { seq: 2, measuredAt: timeAt(2_000) + 60_000, values: [0], flags: [4 as const], causes: [2] },
  ];
  const named = { site: 'demo', sensor: 'borehole-1', properties: ['water_level'] };
  await api.store.write([batchOf(named, odd, timeAt(readings))]);
  const event = {
    id: 'e1',
    site: 'demo',
    sensors: ['borehole-1'],
    properties: ['water_level'],
    kind: 'process' as const,
    cause: 'ramp',
    explanation: 'The water level rose.',
    start: timeAt(100),
    peak: timeAt(110),
    end: timeAt(120),
    decidedAt: timeAt(105),
    value: 29,
    expected: 28,
    score: 3,
    evidence: [],
    rules: 'wellhead@1',
  };
  await api.store.events.replace(
    [
      {
        ...sampleSpan(0, 1, []),
        site: 'demo',
        sensor: 'borehole-1',
        from: timeAt(0),
        to: timeAt(readings),
        events: [event],
      },
    ],
    timeAt(readings),
  );
  return api;
}
