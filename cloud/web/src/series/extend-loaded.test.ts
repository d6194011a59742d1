import { hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { StoredReading, ThinnedAnswer } from '../../../src/api/answer/answers.ts';
import { extendLoaded, type LoadedCharts } from './extend-loaded.ts';
import { seriesOf } from './series.ts';

const iso = (hours: number) => new Date(hours * hourMs).toISOString();
const reading = (hours: number, sensor = 'b') =>
  ({
    site: 's',
    sensor,
    origin: 'o',
    seq: hours,
    revision: 0,
    measuredAt: iso(hours),
    values: { x: hours },
    flags: {},
    causes: {},
  }) as unknown as StoredReading;

/** Two stretches of five hours with a gap of ten between them; the second has no good value. */
const thinned: ThinnedAnswer = {
  method: 'minmax',
  bucketSeconds: 18_000,
  count: 10,
  untimely: 0,
  range: { from: null, to: null, asOf: null },
  buckets: [0, 15].map((start) => ({
    start: iso(start),
    readings: 5,
    firstMeasuredAt: iso(start),
    lastMeasuredAt: iso(start + 4),
    values: {
      x:
        start === 0
          ? { count: 5, min: 10, max: 30, flag: 4 as const }
          : { count: 0, min: null, max: null, flag: 9 as const },
    },
  })),
};

function charts(more: Partial<LoadedCharts> = {}): LoadedCharts {
  const loaded = { thinned, readings: [] };
  return {
    bounds: { from: 0, to: 19 * hourMs + 1 },
    bySensor: new Map([['s/b', loaded]]),
    isStale: false,
    ...more,
  };
}

describe('a thinned series', () => {
  const series = seriesOf({ thinned, readings: [reading(20), reading(21)] }, 'x', 2 * hourMs);

  it('keeps the lowest and highest value, and breaks at gaps between stretches', () => {
    expect([series.low, series.high]).toEqual([10, 30]);
    expect(series.gaps).toEqual([[4 * hourMs, 15 * hourMs]]);
    expect(series.ys).toEqual([20, null, null, 20, 21]);
  });

  it('marks stretches with bad or missing values at the foot: where they stood is not known', () => {
    expect(series.bad).toEqual([]);
    expect(series.missing).toHaveLength(2);
  });
});

describe('what arrives live', () => {
  it('follows a thinned range, and moves a range that ends with the newest reading', () => {
    const after = extendLoaded(charts(), [reading(20), reading(3, 'other')], { name: 'all' });
    expect(after.bySensor.get('s/b')!.readings).toHaveLength(1);
    expect(after.bounds).toEqual({ from: 0, to: 20 * hourMs + 1 });
    expect(after.isStale).toBe(false);
  });

  it('asks for thinning anew where it falls into what is thinned', () => {
    expect(extendLoaded(charts(), [reading(3)], { name: 'all' }).isStale).toBe(true);
  });

  it('leaves a fixed range as it is, and everything where nothing is of these sensors', () => {
    const before = charts();
    const fixed = { from: 0, to: 10 * hourMs };
    expect(
      extendLoaded(charts({ bounds: fixed }), [reading(20)], fixed).bySensor.get('s/b')!.readings,
    ).toEqual([]);
    expect(extendLoaded(before, [reading(20, 'other')], { name: 'all' })).toBe(before);
  });
});
