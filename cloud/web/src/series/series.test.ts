import { hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { StoredReading } from '../../../src/api/answer/answers.ts';
import { axisRange } from '../chart/axis-range.ts';
import { moveCursor } from '../chart/move-cursor.ts';
import { mergeReadings } from './merge-readings.ts';
import { nearest, seriesOf } from './series.ts';

function reading(
  hours: number,
  value: number | string | null,
  flag: 1 | 3 | 4 | 9 = 1,
  revision = 0,
): StoredReading {
  const time = new Date(Date.UTC(2024, 0, 1) + hours * hourMs).toISOString();
  return {
    site: 's',
    sensor: 'b',
    type: 'groundwater',
    gateway: 'g',
    origin: 'o',
    seq: hours + 1,
    revision,
    measuredAt: time,
    receivedAt: time,
    storedAt: time,
    historical: false,
    clock: 'synchronised',
    time: { flag: 1 },
    values: { x: value },
    flags: { x: flag },
    causes: {},
  };
}

const series = (...readings: StoredReading[]) => seriesOf({ thinned: undefined, readings }, 'x', 2 * hourMs);

describe('a line', () => {
  it('joins readings that are two intervals apart, and breaks beyond', () => {
    expect(series(reading(0, 1), reading(2, 2)).ys).toEqual([1, 2]);
    const broken = series(reading(0, 1), reading(3, 2));
    expect(broken.ys).toEqual([1, null, 2]);
    expect(broken.gaps).toHaveLength(1);
    expect(broken.alone).toHaveLength(2);
  });

  it('breaks at bad and missing values, and not at suspect ones', () => {
    expect(series(reading(0, 1), reading(1, 99_999, 4), reading(2, 2)).ys).toEqual([1, null, 2]);
    expect(series(reading(0, 1), reading(1, 99_999, 9), reading(2, 2)).ys).toEqual([1, null, 2]);
    expect(series(reading(0, 1), reading(1, 5, 3), reading(2, 2)).ys).toEqual([1, 5, 2]);
  });

  it('leaves bad values out of the axis', () => {
    const one = series(reading(0, 28), reading(1, 0, 4), reading(2, 99_999, 4), reading(3, 29));
    expect([one.low, one.high]).toEqual([28, 29]);
    const [low, high] = axisRange(one, 0.01, 'line');
    expect(low).toBeGreaterThan(27.5);
    expect(high).toBeLessThan(29.5);
    expect(one.bad).toHaveLength(2);
  });

  it('counts text that stands for no value as missing', () => {
    const one = series(reading(0, '(na)', 9), reading(1, 'error', 4));
    expect(one.missing).toHaveLength(2);
    expect(one.bad).toHaveLength(0);
    expect(one.low).toBeUndefined();
  });
});

describe('the cursor', () => {
  const { points } = series(reading(0, 1), reading(1, 2, 3), reading(2, 3), reading(3, 4, 4));
  const at = (i: number) => points[i]!.time;
  const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

  it('finds the nearest reading', () => {
    expect(nearest(points, at(1) + hourMs * 0.4)).toBe(1);
    expect(nearest(points, at(1) + hourMs * 0.6)).toBe(2);
    expect(nearest(points, 0)).toBe(0);
    expect(nearest([], 0)).toBeUndefined();
  });

  it('moves from reading to reading, from flag to flag, and stays inside', () => {
    expect(moveCursor(key('ArrowLeft'), points, undefined)).toBe(at(3));
    expect(moveCursor(key('ArrowRight'), points, at(3))).toBe(at(3));
    expect(moveCursor(key('ArrowLeft', true), points, at(3))).toBe(at(1));
    expect(moveCursor(key('ArrowLeft', true), points, at(1))).toBe(at(1));
    expect(moveCursor(key('Home'), points, at(2))).toBe(at(0));
    expect(moveCursor(key('x'), points, at(2))).toBeUndefined();
  });
});

describe('live readings', () => {
  it('go to their place, once, and the higher revision wins', () => {
    const held = [reading(0, 1), reading(2, 3)];
    const merged = mergeReadings(held, [reading(1, 2), reading(2, 30, 1, 1), reading(0, 9)]);
    expect(merged.map(({ values }) => values.x)).toEqual([1, 2, 30]);
    expect(mergeReadings(merged, [reading(2, 3)])).toBe(merged);
  });
});
