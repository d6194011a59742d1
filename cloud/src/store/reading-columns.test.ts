import { flags } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { columnsOf } from './reading-columns.ts';
import type { StoredReading } from './stored-reading.ts';

const reading: StoredReading = {
  site: 'site-a',
  sensor: 'well-1',
  type: 'groundwater',
  gateway: 'gate-1',
  origin: 'aa',
  seq: 1,
  revision: 0,
  measuredAt: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:01.000Z',
  storedAt: '2026-01-01T00:00:02.000Z',
  historical: false,
  clock: 'synchronised',
  time: { flag: flags.good },
  values: { water_level: 4.5, sec: null },
  flags: { water_level: flags.good, sec: flags.missing },
  causes: { sec: 'missing' },
};

it('a property without a value is missing; one that the reading does not name is not evaluated', () => {
  const { values, flags: flagged, causes } = columnsOf([reading], ['water_level', 'sec', 'ph']);
  expect(values.map(([value]) => value)).toEqual([4.5, Number.NaN, Number.NaN]);
  expect(flagged.map(([flag]) => flag)).toEqual([flags.good, flags.missing, flags.notEvaluated]);
  expect(causes.map(([cause]) => cause)).toEqual([0, 1, 0]);
});
