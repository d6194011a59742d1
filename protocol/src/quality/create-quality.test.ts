import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeName } from '../reading/cause.ts';
import type { Value } from '../reading/value.ts';
import { type QualitySettings, type SensorType, sensorTypeSchema } from '../sensor-type/schema.ts';
import { hourMs } from '../time-units.ts';
import { createQuality } from './create-quality.ts';
import type { Quality } from './quality.ts';

const type: SensorType = sensorTypeSchema.parse({
  type: 'probe',
  title: 'A probe',
  version: 3,
  interval: '1h',
  properties: [
    {
      name: 'level',
      title: 'Level',
      unit: 'm',
      missing: ['(na)', 99999],
      dropout: [0],
      instrumentRange: [-100, 100],
      siteRange: [-50, 50],
      spike: { suspect: 1, bad: 10 },
      rateOfChange: { suspect: 2, bad: 30 },
      flatLine: { suspect: '6h', tolerance: 0.001 },
    },
    { name: 'bare', title: 'No tests', unit: '' },
    { name: 'pump_on', title: 'Pump', unit: '', kind: 'boolean', missing: ['?'] },
    { name: 'state', title: 'State', unit: '', kind: 'text' },
  ],
});

/** What a fresh quality says of level after level, one an hour. */
function levels(values: readonly (Value | undefined)[], site?: Record<string, QualitySettings>): string[] {
  const quality = createQuality(site ? { type, site } : { type });
  return values.map((value, i) => verdicts(quality, i * hourMs, [value])[0]!);
}

function verdicts(quality: Quality, at: number, values: readonly (Value | undefined)[]): string[] {
  const said = quality.assess(at, at, values);
  return said.flags.map((flag, p) => `${flag} ${causeName(said.causes[p]!)}`);
}

describe('a value by itself', () => {
  it.each([
    [undefined, '2 none'],
    [null, '9 missing'],
    ['99999.00', '9 missing'],
    [99999, '9 missing'],
    ['7.2', '4 syntax'],
    [true, '4 syntax'],
    [Number.POSITIVE_INFINITY, '4 syntax'],
    [0, '4 dropout'],
    [-0, '4 dropout'],
    [100.1, '4 instrument-range'],
    [100, '3 site-range'],
    [50, '1 none'],
  ] as const)('is judged: %j is %s', (value, verdict) => {
    expect(levels([value])).toEqual([verdict]);
  });

  it('is good without any test set if it is a number, and not evaluated if it is not there', () => {
    const quality = createQuality({ type });
    expect(verdicts(quality, 0, [1, 5, true, 'open'])).toEqual(['1 none', '1 none', '1 none', '1 none']);
    expect(verdicts(quality, hourMs, [])).toEqual(['2 none', '2 none', '2 none', '2 none']);
  });

  it('may be a text or true or false where the property is of that kind, and nothing else', () => {
    const quality = createQuality({ type });
    expect(verdicts(quality, 0, [1, 5, '?', 3])).toEqual(['1 none', '1 none', '9 missing', '4 syntax']);
  });
});

describe('values one after the other', () => {
  it('blame a spike, and let the worse flag win over an earlier suspicion', () => {
    expect(levels([5, 5, 5, 7.5, 5])[3]).toBe('3 spike');
    expect(levels([5, 5, 5, 60, 5])).toEqual(['1 none', '1 none', '1 none', '4 spike', '1 none']);
  });

  it('keep the first of two equal suspicions', () => {
    expect(levels([49.5, 49.5, 49.5, 51.5])[3]).toBe('3 site-range');
  });

  it('blame a step for two readings at most, whatever its size', () => {
    expect(levels([5, 5, 5, 8, 8, 8, 8]).map((said) => said[0])).toEqual([...'1113311']);
    expect(levels([5, 5, 5, 45, 45, 45, 45]).map((said) => said[0])).toEqual([...'1114411']);
  });

  it('blame what changes too fast where no spike test is set', () => {
    const site = { level: { spike: {} } };
    expect(levels([5, 5, 8, 8, 11, 14, 17], site)).toEqual([
      '1 none',
      '1 none',
      '3 rate-of-change',
      '1 none',
      '3 rate-of-change',
      '3 rate-of-change',
      '3 rate-of-change',
    ]);
  });

  it('blame a flat line, not interrupted by what is missing or bad', () => {
    expect(levels([5, 5, 5, 60, 5, 5, 5]).map((said) => said[0])).toEqual([...'1114113']);
    expect(levels([5, 5, 5, null, 5, 5, 5, 0, 5]).map((said) => said[0])).toEqual([...'111911343']);
  });

  it('do not compare across a gap', () => {
    const quality = createQuality({ type });
    for (const i of [0, 1, 2]) verdicts(quality, i * hourMs, [5]);
    expect(verdicts(quality, 50 * hourMs, [45])[0]).toBe('1 none');
    expect(verdicts(quality, 51 * hourMs, [45])[0]).toBe('1 none');
  });
});

describe('readings out of order', () => {
  it('are judged by themselves only', () => {
    const quality = createQuality({ type });
    for (const i of [0, 1, 2]) quality.assess(i * hourMs, i * hourMs, [5]);
    const late = quality.assess(hourMs / 2, 3 * hourMs, [45]);
    expect([late.timeFlag, causeName(late.timeCause), late.flags[0]]).toEqual([3, 'backwards-time', 1]);
    expect(quality.assess(hourMs / 2, 3 * hourMs, [0]).flags[0]).toBe(4);
  });

  const plain = fc.double({ min: -60, max: 60, noNaN: true });
  const anything = fc.oneof(plain, fc.constantFrom(0, 99999, '(na)', 'x', null, undefined, true, Number.NaN));
  const outOfOrder = fc.constantFrom(0, -hourMs, 10 * hourMs);

  it('never change what is said of the readings in order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ value: anything, between: fc.array(fc.tuple(outOfOrder, anything), { maxLength: 3 }) }),
        ),
        (readings) => {
          const undisturbed = createQuality({ type });
          const disturbed = createQuality({ type });
          readings.forEach(({ value, between }, i) => {
            const now = i * hourMs;
            expect(disturbed.assess(now, now, [value])).toEqual(undisturbed.assess(now, now, [value]));
            for (const [offset, other] of between) disturbed.assess(now + offset, now, [other]);
          });
        },
      ),
    );
  });

  it('and failed values never make a good value bad', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(null, 0, 500, 'x', 99999, undefined), { maxLength: 8 }),
        (failed) => {
          expect(levels([5, 5, 5, ...failed, 5.1]).at(-1)).toBe('1 none');
        },
      ),
    );
  });
});

it('never touches the values it judges', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null)))),
      (rows) => {
        const quality = createQuality({ type });
        rows.forEach((row, i) => {
          const before = [...row];
          quality.assess(i * hourMs, i * hourMs, Object.freeze(row));
          expect(row).toEqual(before);
        });
      },
    ),
  );
});

describe('the name of the rules', () => {
  it('is that of the type and its version', () => {
    expect(createQuality({ type }).rules).toBe('probe@3');
  });

  it('says when the site changed something, and only then', () => {
    expect(createQuality({ type, site: { level: { siteRange: [1, 9] } } }).rules).toBe('probe@3+site');
    expect(createQuality({ type, site: { level: { siteRange: [-50, 50] }, bare: {} } }).rules).toBe(
      'probe@3',
    );
  });
});

it('lets a setting of the site replace that of the type', () => {
  expect(levels([5, 5, 5, 45], { level: { spike: { suspect: 1 } } })[3]).toBe('4 rate-of-change');
  expect(levels([45], { level: { siteRange: [1, 9] } })).toEqual(['3 site-range']);
});

it('refuses site settings of a property that the type does not have', () => {
  expect(() => createQuality({ type, site: { lvl: {} } })).toThrow(TypeError);
});
