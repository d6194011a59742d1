import { describe, expect, it } from 'vitest';
import { findCalibrations } from './calibration-step.ts';
import { type Failed, hour, inShort, moved, quiet, start, windowOf } from './fault.testing.ts';
import type { FaultContext } from './fault-window.ts';

const settings = { ph: { step: 0.1 }, sec: { step: 0.1 } };
const stepped = { ph: moved(quiet(400, 7), 200, 400, 0.3), sec: quiet(400, 8) };

const found = (failed: readonly Failed[], context: FaultContext = {}, without: readonly number[] = []) =>
  inShort(findCalibrations(windowOf(stepped, settings, { failed, without }), context, []));

describe('a step of one property', () => {
  it.each(['out-of-water', 'dropout', 'logger-dropout'] as const)(
    'across a run of %s is a calibration',
    (cause) => {
      expect(found([{ from: 197, to: 199, cause }])).toEqual(['ph calibration 196-200']);
      expect(found([{ from: 199, to: 199, cause }])).toEqual(['ph calibration 198-200']);
    },
  );

  it('beside one that ended up to two hours before, or begins up to two hours after', () => {
    const out = (from: number, to: number) => found([{ from, to, cause: 'out-of-water' }]);
    expect(out(194, 197)).toEqual(['ph calibration 199-200']);
    expect(out(193, 196)).toEqual([]);
    expect(out(202, 204)).toEqual(['ph calibration 199-200']);
    expect(out(203, 204)).toEqual([]);
  });

  it('across missing values is one from two on, and across a hole in the readings', () => {
    expect(found([{ from: 198, to: 199, cause: 'missing' }])).toEqual(['ph calibration 197-200']);
    expect(found([{ from: 199, to: 199, cause: 'missing' }])).toEqual([]);
    expect(found([], {}, [198, 199])).toEqual(['ph calibration 197-200']);
  });

  it('in the middle of long dropouts of another property is none, and of long maintenance one', () => {
    const window = windowOf(stepped, settings);
    const [ph, sec] = [new Uint8Array(400).fill(1), new Uint8Array(400).fill(4, 150, 300)];
    const causes = [new Uint8Array(400), new Uint8Array(400).fill(2, 150, 300)];
    expect(findCalibrations({ ...window, flags: [ph, sec], causes }, {}, [])).toEqual([]);
    const maintenance = [{ from: start + 150 * hour, to: start + 300 * hour }];
    expect(found([], { maintenance })).toEqual(['ph calibration 199-200']);
  });

  it('with nothing beside it is none, nor is a disturbance without a step', () => {
    expect(found([])).toEqual([]);
    expect(found([{ from: 100, to: 104, cause: 'out-of-water' }])).toEqual([]);
  });

  it('within two hours of maintenance is one', () => {
    const at = (from: number, to: number) => ({
      maintenance: [{ from: start + from * hour, to: start + to * hour }],
    });
    expect(found([], at(195, 197))).toEqual(['ph calibration 199-200']);
    expect(found([], at(190, 196))).toEqual([]);
  });

  it('outside working hours is one by maintenance only', () => {
    // Hour 200 is Friday the 9th, 08:00 UTC.
    const out: Failed[] = [{ from: 197, to: 199, cause: 'out-of-water' }];
    const hours = (from: number, to: number, days: number[], offsetMs = 0) => ({
      workingHours: { from, to, days, offsetMs },
    });
    expect(found(out, hours(7, 17, [1, 2, 3, 4, 5]))).toEqual(['ph calibration 196-200']);
    expect(found(out, hours(9, 17, [1, 2, 3, 4, 5]))).toEqual([]);
    expect(found(out, hours(9, 17, [1, 2, 3, 4, 5], hour))).toEqual(['ph calibration 196-200']);
    expect(found(out, hours(7, 17, [6]))).toEqual([]);
    const maintenance = [{ from: start + 196 * hour, to: start + 201 * hour }];
    expect(found(out, { ...hours(7, 17, [6]), maintenance })).toEqual(['ph calibration 196-200']);
  });
});

it('says the size of the step, when, and what the sensor did', () => {
  const window = windowOf(stepped, settings, { failed: [{ from: 197, to: 199, cause: 'out-of-water' }] });
  const [span] = findCalibrations(window, {}, []);
  expect(span!.size).toBeCloseTo(0.3, 1);
  expect(span!.value - span!.expected).toBeCloseTo(span!.size, 10);
  expect(span!.text).toMatch(
    /^ph: \+0\.\d{3} m between 2026-01-09 04:00 UTC and 2026-01-09 08:00 UTC, when the sensor was out of the water$/,
  );
});

it('of all properties of a probe is one of each', () => {
  const both = { ...stepped, sec: moved(quiet(400, 8), 200, 400, -0.5) };
  const window = windowOf(both, settings, { failed: [{ from: 198, to: 199, cause: 'dropout' }] });
  expect(inShort(findCalibrations(window, {}, []))).toEqual([
    'ph calibration 197-200',
    'sec calibration 197-200',
  ]);
});
