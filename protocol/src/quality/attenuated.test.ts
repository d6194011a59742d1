import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attenuatedSignalTest } from '../../oracle/qartod/attenuated-signal.ts';
import { causeName } from '../reading/cause.ts';
import { type QualitySettings, sensorTypeSchema } from '../sensor-type/schema.ts';
import { hourMs } from '../time-units.ts';
import { createQuality } from './create-quality.ts';

function judge(
  values: readonly (number | null)[],
  attenuated: QualitySettings['attenuated'],
  hours: readonly number[] = [],
): string {
  const type = sensorTypeSchema.parse({
    type: 'gauge',
    title: 'A gauge',
    version: 1,
    interval: '1h',
    properties: [{ name: 'level', title: 'Level', unit: 'm' }],
  });
  const quality = createQuality({ type, ...(attenuated && { site: { level: { attenuated } } }) });
  return values
    .map((value, i) => {
      const at = (hours[i] ?? i) * hourMs;
      const { flags, causes } = quality.assess(at, at, [value]);
      if (causes[0] !== 0 && value !== null) expect(causeName(causes[0]!)).toBe('attenuated');
      return flags[0];
    })
    .join('');
}

/** QARTOD’s example for water level: 12 h, 0.5 m and 0.1 m. */
const settings = { window: 12 * hourMs, check: 'range', suspect: 0.5, bad: 0.1 } as const;

describe('a signal', () => {
  it('that moves enough is good', () => {
    expect(
      judge(
        Array.from({ length: 24 }, (_, i) => i % 2),
        settings,
      ),
    ).toBe('1'.repeat(24));
  });

  it('that moves too little is suspect, and bad where it hardly moves', () => {
    expect(
      judge(
        Array.from({ length: 10 }, (_, i) => 0.3 * (i % 2)),
        settings,
      ),
    ).toBe('1111133333');
    expect(
      judge(
        Array.from({ length: 10 }, (_, i) => 0.05 * (i % 2)),
        settings,
      ),
    ).toBe('1111144444');
  });

  it('is watched over the window only', () => {
    const values = [1, 0, 1, 0, ...Array<number>(14).fill(0)];
    expect(judge(values, settings)).toBe(`${'1'.repeat(14)}4444`);
  });

  it('is not judged from less than half of the window', () => {
    expect(judge([0, 0, 0, 0, 0, 0], settings, [0, 1, 2, 3, 4, 16])).toBe('111111');
  });

  it('is told from what has not failed', () => {
    expect(judge([0, 0, 0, null, null, 0, 0, 0], settings)).toBe('11199114');
  });

  it('is not judged unless it is set', () => {
    expect(judge(Array<number>(30).fill(0), undefined)).toBe('1'.repeat(30));
  });
});

it.each(['std', 'range'] as const)(
  'of hourly readings is judged as the QARTOD test of a whole series (%s)',
  (check) => {
    const limits = { suspect: 0.5, bad: 0.2 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 60 }), (steps) => {
        const values = steps.map((step) => 1_000 + 0.17 * step);
        const whole = attenuatedSignalTest(
          values,
          values.map((_, i) => i * hourMs),
          { suspect: 0.5, fail: 0.2, check, windowSeconds: 12 * 3600, minimumCount: 6 },
        );
        const expected = whole.map((flag) => (flag === 2 ? 1 : flag)).join('');
        expect(judge(values, { window: 12 * hourMs, check, ...limits })).toBe(expected);
      }),
    );
  },
);
