import type { Site } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { dipsOf } from './describe-dips.ts';

it('gives each sensor what was measured by hand beside it, in order of time', () => {
  const dip = (sensor: string, day: number, value: number) => ({
    sensor,
    property: 'water_level',
    value,
    at: Date.UTC(2026, 0, day),
  });
  const site: Site = {
    site: 'kent',
    title: 'Kent',
    sensors: {},
    dips: [dip('b1', 9, 28.1), dip('b2', 3, 7), dip('b1', 2, 28.4)],
  };
  const dips = dipsOf(new Map([['kent', site]]));
  expect(dips('kent', 'b1')).toEqual([
    { property: 'water_level', at: '2026-01-02T00:00:00.000Z', value: 28.4 },
    { property: 'water_level', at: '2026-01-09T00:00:00.000Z', value: 28.1 },
  ]);
  expect(dips('kent', 'b2')).toHaveLength(1);
  expect(dips('kent', 'b3')).toBeUndefined();
  expect(dips('fife', 'b1')).toBeUndefined();
});
