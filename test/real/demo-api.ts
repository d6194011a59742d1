// The API over a store with four months of the demonstration's borehole, for programs of others to ask.
import { loadSensorTypes } from '@wellhead/host';
import { openTestApi, type TestApi } from '../../cloud/src/api/open-test-api.ts';
import { sampleSpan } from '../../cloud/src/store/event-store.samples.ts';
import { blockAt, timeAt } from '../bench/groundwater.ts';

const readings = 3_000;

export async function openDemoApi(): Promise<TestApi> {
  const api = await openTestApi({
    now: () => timeAt(readings),
    types: loadSensorTypes(),
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    sites: new Map([
      [
        'demo',
        {
          ...{ site: 'demo', title: 'Demonstration', location: { latitude: 53.8, longitude: -2.4 } },
          sensors: { 'borehole-1': { title: 'Borehole 1', datum: 'Ordnance Datum Newlyn' } },
        },
      ],
    ]),
  });
  const head = { site: 'demo', gateway: 'gw', lane: 'historical' as const, seqIsTime: false };
  await api.store.write([
    { ...head, origin: 'one', storedAt: timeAt(readings), blocks: [blockAt('borehole-1', 0, readings)] },
  ]);
  const event = {
    ...{ id: 'e1', site: 'demo', sensors: ['borehole-1'], properties: ['water_level'] },
    ...{ kind: 'process' as const, cause: 'ramp', explanation: 'The water level rose.' },
    ...{ start: timeAt(100), peak: timeAt(110), end: timeAt(120), decidedAt: timeAt(105) },
    ...{ value: 29, expected: 28, score: 3, evidence: [], rules: 'wellhead@1' },
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
