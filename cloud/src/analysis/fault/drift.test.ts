import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dipOffsets, findDrifts } from './drift.ts';
import { day, hour, inShort, quiet, start, windowOf } from './fault.testing.ts';
import type { Dip } from './fault-window.ts';

const settings = { level: { drift: 0.05 } };
const truth = quiet(24 * 60);
const dipAt = (at: number): Dip => ({
  property: 'level',
  at: start + at * hour,
  value: truth[Math.round(at)]!,
});
/** What the sensor says that is off by so much a day from one hour on, and right again from another. */
const drifting = (aDay: number, from: number, to = Number.POSITIVE_INFINITY) =>
  truth.map((value, i) => (i >= from && i < to ? value + (aDay * (i - from)) / 24 : value));

function driftsIn(level: readonly number[], dips: readonly Dip[]) {
  return findDrifts(windowOf({ level }, settings), { dips }, []);
}

describe('between two measurements by hand', () => {
  it('a sensor that moved by more than the tolerance drifts, so much a day', () => {
    const [span] = driftsIn(drifting(0.01, 240), [dipAt(240), dipAt(960)]);
    expect(span).toMatchObject({ cause: 'drift', start: start + 10 * day, end: start + 40 * day });
    expect(span!.size).toBeCloseTo(0.01, 6);
    expect(span!.value - span!.expected).toBeCloseTo(0.3, 6);
    expect(span!.text).toBe(
      'level: drifted by +0.01 m a day: sensor minus measurement by hand was +0.000 m on 2026-01-11 00:00 UTC and +0.300 m on 2026-02-10 00:00 UTC',
    );
  });

  it('one that moved less, or is off by the same amount all the time, does not', () => {
    expect(driftsIn(drifting(0.0016, 240), [dipAt(240), dipAt(960)])).toEqual([]);
    expect(
      driftsIn(
        truth.map((value) => value + 3),
        [dipAt(240), dipAt(960)],
      ),
    ).toEqual([]);
  });

  it('one that is set right at each visit drifts anew from there', () => {
    const level = drifting(-0.01, 240, 721).map((value, i) =>
      i >= 721 ? value - (0.01 * (i - 721)) / 24 : value,
    );
    expect(inShort(driftsIn(level, [dipAt(240), dipAt(720.5), dipAt(1200)]))).toEqual([
      'level drift 240-720.5',
      'level drift 720.5-1200',
    ]);
  });

  it('nothing is said where the sensor gave no value near one of them, or there is but one', () => {
    const window = windowOf({ level: drifting(0.01, 240) }, settings, {
      failed: [{ from: 950, to: 970, cause: 'dropout' }],
    });
    expect(findDrifts(window, { dips: [dipAt(240), dipAt(960)] }, [])).toEqual([]);
    expect(driftsIn(drifting(0.01, 240), [dipAt(960)])).toEqual([]);
  });

  it('nothing is said where it was calibrated', () => {
    const at = start + 500 * hour;
    const calibration = {
      ...({ property: 'level', cause: 'calibration', start: at, peak: at, end: at + hour } as const),
      value: 0,
      expected: 0,
      size: 0.3,
      text: '',
    };
    const window = windowOf({ level: drifting(0.01, 240) }, settings);
    expect(findDrifts(window, { dips: [dipAt(240), dipAt(960)] }, [calibration])).toEqual([]);
  });
});

it('the offset at a visit is told from the value before it and from the one after', () => {
  const times = Float64Array.of(0, 1, 2, 10).map((i) => i * hour);
  const measured = { times, values: Float64Array.of(1, 2, 4, 8) };
  const dips = [0.5, 1, 6].map((at): Dip => ({ property: 'level', at: at * hour, value: 1 }));
  expect(dipOffsets(measured, dips, 3 * hour)).toEqual([
    { at: 0.5 * hour, value: 1, before: 0, after: 1 },
    { at: hour, value: 1, before: 1, after: 1 },
    { at: 6 * hour, value: 1, before: Number.NaN, after: Number.NaN },
  ]);
});

it('gives the rate that there is, whatever it is and whenever people came', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 50, max: 500 }),
      fc.integer({ min: 700, max: 1400 }),
      fc.integer({ min: 3, max: 99 }),
      fc.boolean(),
      (from, to, rate, isDown) => {
        const aDay = (isDown ? -rate : rate) / 1000;
        const spans = driftsIn(drifting(aDay, 0), [dipAt(to), dipAt(from)]);
        if (Math.abs((aDay * (to - from)) / 24) > 0.051) expect(spans[0]!.size).toBeCloseTo(aDay, 6);
        if (Math.abs((aDay * (to - from)) / 24) < 0.049) expect(spans).toEqual([]);
      },
    ),
  );
});
