import { describe, expect, it } from 'vitest';
import { hour, inShort, moved, quiet, start, windowOf } from './fault.testing.ts';
import type { Neighbour } from './fault-window.ts';
import { findDisagreements } from './neighbour.ts';

const hours = 800;
const settings = { level: { neighbours: 8 } };
/** Each borehole follows the same water its own way. */
const water = Array.from({ length: hours }, (_, i) => 0.3 * Math.sin(i / 60) + 0.1 * Math.sin(i / 9));
const borehole = (share: number, level: number) =>
  quiet(hours, level).map((value, i) => value + share * water[i]!);

function neighbour(values: readonly number[], offset = 0.3): Neighbour {
  return {
    times: Float64Array.from(values, (_, i) => start + (i - offset) * hour),
    values: Float64Array.from(values),
  };
}
const others = [borehole(0.7, 12), borehole(1.4, 55), borehole(1, 31)];

function found(level: readonly number[], beside: readonly (readonly number[])[] = others): string[] {
  const neighbours = new Map([['level', beside.map((values) => neighbour(values))]]);
  return inShort(findDisagreements(windowOf({ level }, settings), { neighbours }, []));
}

describe('a sensor', () => {
  it('that leaves its neighbours while they stay is suspect', () => {
    expect(found(moved(borehole(1, 28), 400, 430, 1.5))).toEqual(['level disagrees-with-neighbours 400-429']);
    expect(found(moved(borehole(1, 28), 400, 430, -1.5))).toEqual([
      'level disagrees-with-neighbours 400-429',
    ]);
  });

  it('that goes with them is not, at any datum and by any share', () => {
    expect(found(borehole(1, 28))).toEqual([]);
    expect(
      found(
        moved(borehole(1, 28), 400, 500, 1.5),
        others.map((values) => moved(values, 400, 500, 1.5)),
      ),
    ).toEqual([]);
  });

  it('that stays while they go is not', () => {
    expect(
      found(
        borehole(1, 28),
        others.map((values) => moved(values, 400, 430, 1.5)),
      ),
    ).toEqual([]);
  });

  it('beside one that fails is not', () => {
    expect(found(borehole(1, 28), [moved(others[0]!, 400, 430, 5), ...others.slice(1)])).toEqual([]);
  });

  it('that is off for two readings only is not, and one alone with a single neighbour never', () => {
    expect(found(moved(borehole(1, 28), 400, 402, 1.5))).toEqual([]);
    expect(found(moved(borehole(1, 28), 400, 430, 1.5), others.slice(0, 1))).toEqual([]);
  });

  it('is not compared with readings that are no longer fresh', () => {
    const away = moved(borehole(1, 28), 400, 430, 1.5);
    const stopped = others.map((values) => values.slice(0, 395));
    expect(found(away, stopped)).toEqual([]);
    const failed = others.map((values) => values.map((value, i) => (i >= 395 ? Number.NaN : value)));
    expect(found(away, failed)).toEqual([]);
  });
});

it('says by how much, and beside how many', () => {
  const neighbours = new Map([['level', others.map((values) => neighbour(values))]]);
  const [span] = findDisagreements(
    windowOf({ level: moved(borehole(1, 28), 400, 430, 1.5) }, settings),
    { neighbours },
    [],
  );
  expect(span!.size).toBeCloseTo(1.5, 0);
  expect(span!.text).toMatch(
    /^level: left the median of 3 other sensors here by up to 1\.\d{3} m \(2026-01-1\d \d\d:00 UTC\), while they stayed$/,
  );
});
