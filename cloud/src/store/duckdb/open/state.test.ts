import { describe, expect, it } from 'vitest';
import type { StoredReading } from '../../reading-store.ts';
import { compactHeldAt, emptyState, isLater, newSensor, newSeries, sensorKey, summaryOf } from './state.ts';

describe('the order of readings', () => {
  const place = (measuredAt: number, origin: string, seq: number) => ({ measuredAt, origin, seq });

  it.each([
    [place(2, 'a', 1), place(1, 'b', 9)],
    [place(1, 'b', 1), place(1, 'a', 9)],
    [place(1, 'a', 2), place(1, 'a', 1)],
  ])('%j is later than %j', (later, earlier) => {
    expect(isLater(later, earlier)).toBe(true);
    expect(isLater(earlier, later)).toBe(false);
    expect(isLater(later, later)).toBe(false);
  });
});

describe('the summary of a sensor', () => {
  it('lists its journals by name, with what is missing in each, a hundred ranges of it', () => {
    const sensor = newSensor(1, 'site-a', 'well-1');
    for (const [origin, numbers] of [
      ['b', [2, 5]],
      ['c', [1]],
      ['a', Array.from({ length: 102 }, (_, i) => 2 * i + 2)],
    ] as const) {
      const series = newSeries(origin, 0);
      for (const seq of numbers) series.held.add(seq, seq);
      sensor.series.set(origin, series);
    }
    sensor.series.set('name:by time', newSeries('name:by time', 2));
    sensor.properties.add('water_level');
    Object.assign(sensor, { readings: 104, first: 1, last: 9, lastStored: 12 });
    const { origins, ...rest } = summaryOf(sensor);
    expect(origins.map(({ origin, highest }) => [origin, highest])).toEqual([
      ['a', 204],
      ['b', 5],
      ['c', 1],
    ]);
    expect(origins[0]!.missing).toEqual(Array.from({ length: 100 }, (_, i) => [2 * i + 1, 2 * i + 1]));
    expect(origins[1]!.missing).toEqual([
      [1, 1],
      [3, 4],
    ]);
    expect(rest).toEqual({
      site: 'site-a',
      sensor: 'well-1',
      gateway: '',
      type: '',
      properties: ['water_level'],
      readings: 104,
      firstMeasuredAt: 1,
      lastMeasuredAt: 9,
      lastStoredAt: 12,
    });
  });

  it('names gateway and type of the newest reading', () => {
    const sensor = newSensor(1, 'site-a', 'well-1');
    const reading = { gateway: 'gateway-1', type: 'groundwater' } as StoredReading;
    sensor.latest = { measuredAt: 1, origin: 'a', seq: 1, reading };
    expect(summaryOf(sensor)).toMatchObject({ gateway: 'gateway-1', type: 'groundwater' });
  });
});

it('held ranges are joined when there are four times as many as were needed, and 20,000', () => {
  expect(compactHeldAt(1_000)).toBe(24_000);
  expect(emptyState()).toEqual({
    texts: new Map(),
    textById: [],
    types: new Map(),
    typeById: [],
    sensors: new Map(),
    heldRows: 0,
    compactHeldAt: 20_000,
  });
});

it('sensors of two sites do not meet, whatever they are called', () => {
  expect(new Set([sensorKey('a', 'b'), sensorKey('ab', ''), sensorKey('', 'ab')]).size).toBe(3);
});
