import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hour, inShort, moved, quiet, windowOf } from './fault.testing.ts';
import { findLoneChanges, judgePartners } from './multi-channel.ts';

const limits = { deviations: 2, window: 25 * hour, least: 0, leastOfPartner: 0 };
/** 0, 1, 0, 1, …: standard deviation 0.5, so two of them are 1, and a change of 1 is not above that. */
const swinging = Array.from({ length: 20 }, (_, i) => i % 2);

function judge(
  values: readonly number[],
  partner: readonly number[],
  more: Partial<typeof limits> = {},
): string {
  const times = Float64Array.from(values, (_, i) => i * hour);
  const columns = [Float64Array.from(values), Float64Array.from(partner)] as const;
  return judgePartners(times, ...columns, { ...limits, ...more }).join('');
}

describe('a fast change', () => {
  it('without the partner is suspect, both ways', () => {
    expect(judge([...swinging, 5], [...swinging, 0])).toBe(`222${'1'.repeat(17)}3`);
    expect(judge([...swinging, -5], [...swinging, 0])).toBe(`222${'1'.repeat(17)}3`);
  });

  it('with the partner is good, whichever way it goes', () => {
    expect(judge([...swinging, 5], [...swinging, 5]).at(-1)).toBe('1');
    expect(judge([...swinging, 5], [...swinging, -5]).at(-1)).toBe('1');
  });

  it('of the partner alone is good', () => {
    expect(judge([...swinging, 0], [...swinging, 5]).at(-1)).toBe('1');
  });

  it('without the partner’s value is not evaluated, and a missing value is missing', () => {
    expect(judge([...swinging, 5], [...swinging, Number.NaN]).at(-1)).toBe('2');
    expect(judge([...swinging, Number.NaN], [...swinging, 0]).at(-1)).toBe('9');
  });

  it('is one above the least only, however quiet the property was', () => {
    const still = Array<number>(20).fill(7);
    expect(judge([...still, 7.01], [...still, 7]).at(-1)).toBe('3');
    expect(judge([...still, 7.01], [...still, 7], { least: 0.01 }).at(-1)).toBe('1');
  });

  it('is told by the last 25 hours only', () => {
    const wild = Array.from({ length: 20 }, (_, i) => 10 * (i % 2));
    const still = Array<number>(25).fill(0);
    const values = (quietHours: number) => [...wild, ...still.slice(0, quietHours), 5];
    const partner = (quietHours: number) => values(quietHours).map(() => 0);
    expect(judge(values(24), partner(24)).at(-1)).toBe('3');
    expect(judge(values(3), partner(3)).at(-1)).toBe('1');
  });
});

it('a property beside itself is never suspect', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true })), (values) => {
      expect(judge(values, values)).not.toContain('3');
    }),
  );
});

it('spans are found where a partner is set, and say what happened', () => {
  const columns = { level: moved(quiet(100), 60, 100, 0.5), temperature: quiet(100, 11) };
  const settings = { level: { step: 0.15, partner: 'temperature' } };
  const spans = findLoneChanges(windowOf(columns, settings), []);
  expect(inShort(spans)).toEqual(['level disagrees-with-partner 60-60']);
  expect(spans[0]!.text).toMatch(
    /^level: \+0\.\d{3} m on 2026-01-03 12:00 UTC, while temperature did not change$/,
  );
  const both = { ...columns, temperature: moved(columns.temperature, 60, 100, 0.5) };
  expect(findLoneChanges(windowOf(both, settings), [])).toEqual([]);
  expect(findLoneChanges(windowOf(columns, { level: { step: 0.15 } }), [])).toEqual([]);
});
