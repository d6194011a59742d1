import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeName } from '../reading/cause.ts';
import type { Value } from '../reading/value.ts';
import { type QualitySettings, sensorTypeSchema } from '../sensor-type/schema.ts';
import { hourMs } from '../time-units.ts';
import { createQuality } from './create-quality.ts';

const type = sensorTypeSchema.parse({
  type: 'sonde',
  title: 'A sonde',
  version: 1,
  interval: '1h',
  properties: [
    {
      name: 'sec',
      title: 'Conductance',
      unit: 'µS/cm',
      missing: ['(na)'],
      dropout: [0],
      instrumentRange: [0, 200_000],
      outOfWater: { below: 20, share: 0.1 },
    },
    { name: 'level', title: 'Level', unit: 'm', missing: ['(na)'], spike: { suspect: 0.3 } },
    { name: 'temperature', title: 'Temperature', unit: '°C', missing: ['(na)'], dropout: [0] },
    { name: 'battery', title: 'Battery', unit: 'V', submerged: false },
    { name: 'state', title: 'State', unit: '', kind: 'text' },
  ],
});

type Row = readonly (Value | undefined)[];
const wet: Row = [850, 28, 11, 12.5, 'ok'];
const hung = { level: { outOfWater: { elevation: 25, margin: 0.05 } } };

/** What is said of rows, one an hour, after so many hours in the water. */
function judge(rows: readonly Row[], site: Record<string, QualitySettings> = {}, hoursBefore = 30): string[] {
  const quality = createQuality({ type, site });
  return [...Array<Row>(hoursBefore).fill(wet), ...rows]
    .map((row, i) => {
      const { flags, causes } = quality.assess(i * hourMs, i * hourMs, row);
      return flags.map((flag, p) => (causes[p] === 0 ? String(flag) : `${flag} ${causeName(causes[p]!)}`));
    })
    .slice(hoursBefore)
    .map((said) => said.join(', '));
}

const inAir = '4 out-of-water, 4 out-of-water, 4 out-of-water, 1, 1';

describe('a conductivity near 0', () => {
  it('fails all that is measured in the water while others go on, and nothing else', () => {
    expect(judge([[3, 25, 4.1, 12.5, 'ok']])).toEqual([inAir]);
    expect(judge([[20, 25, 4.1, 12.5, 'ok']], {}, 0)).toEqual([inAir]);
    expect(judge([[21, 28, 11, 12.5, 'ok']], {}, 0)).toEqual(['1, 1, 1, 1, 1']);
  });

  it('is one below a share of what it usually is, once that is known', () => {
    const thin: Row = [80, 28, 11, 12.5, 'ok'];
    expect(judge([thin], {}, 30)).toEqual([inAir]);
    expect(judge([thin], {}, 23)).toEqual(['1, 1, 1, 1, 1']);
  });

  it('that is usual is not one: the share follows what the water does', () => {
    const falling = Array.from({ length: 2_000 }, (_, i): Row => [850 * 0.999 ** i, 28, 11, 12.5, 'ok']);
    expect(
      judge(falling, { sec: { outOfWater: { margin: 0, share: 0.1 } } }).filter(
        (said) => said !== '1, 1, 1, 1, 1',
      ),
    ).toEqual([]);
  });

  it('says nothing where nothing else is measured', () => {
    expect(judge([[3, '(na)', 0, 12.5, 'ok']])).toEqual(['1, 9 missing, 4 logger-dropout, 1, 1']);
  });

  it('is the cell at fault where the level says that there is water', () => {
    expect(judge([[3, 28, 11, 12.5, 'ok']], hung)).toEqual(['1, 1, 1, 1, 1']);
  });

  it('leaves missing what is missing', () => {
    expect(judge([[3, 25, '(na)', 12.5, 'ok']])).toEqual(['4 out-of-water, 4 out-of-water, 9 missing, 1, 1']);
  });
});

describe('a conductivity of exactly 0', () => {
  it('is a dropout of its own while the rest goes on as before', () => {
    expect(judge([[0, 28, 11, 12.5, 'ok']])).toEqual(['4 dropout, 1, 1, 1, 1']);
  });

  it('is the air where another property jumps with it, or the sonde was in the air', () => {
    const air: Row = [0, 25, 4, 12.5, 'ok'];
    expect(judge([air, air, wet, [0, 28, 11, 12.5, 'ok']])).toEqual([
      inAir,
      inAir,
      '1, 1, 1, 1, 1',
      '4 dropout, 1, 1, 1, 1',
    ]);
    expect(
      judge([
        [2, 28, 11, 12.5, 'ok'],
        ['(na)', '(na)', '(na)', 12.5, 'ok'],
        [0, 28, 11, 12.5, 'ok'],
      ]),
    ).toEqual([inAir, '9 missing, 9 missing, 9 missing, 1, 1', inAir]);
  });

  it('with another zero is the logger', () => {
    expect(judge([[0, 25, 0, 12.5, 'ok']])).toEqual(['4 logger-dropout, 3 spike, 4 logger-dropout, 1, 1']);
  });
});

describe('a level', () => {
  it('at the sonde or under it, within the margin, fails all that is measured in the water', () => {
    const at = (level: number): Row => [850, level, 11, 12.5, 'ok'];
    const said = judge([25.06, 25.05, 25, 24.9].map(at), hung);
    expect(said.map((one) => one === inAir)).toEqual([false, true, true, true]);
  });

  it('that is missing says nothing', () => {
    expect(judge([[850, '(na)', 11, 12.5, 'ok']], hung)).toEqual(['1, 9 missing, 1, 1, 1']);
  });
});

it('leaves no trace in the tests of the water: what comes after the air is compared with what was before', () => {
  const air: Row = [2, 25, 4, 12.5, 'ok'];
  expect(judge([air, [850, 28.4, 11, 12.5, 'ok']])).toEqual([inAir, '1, 3 spike, 1, 1, 1']);
  expect(judge([air, wet])[1]).toBe('1, 1, 1, 1, 1');
});

it('never blames water, whatever it does above a tenth of the usual conductivity', () => {
  const row = fc.tuple(
    fc.double({ min: 90, max: 5_000, noNaN: true }),
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.double({ min: 0.1, max: 40, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      // The usual may rise to 5,000, and a tenth of it above 90: here only the absolute limit counts.
      const site = { sec: { outOfWater: { margin: 0, below: 20 } } };
      for (const said of judge(
        rows.map((values) => [...values, 12, 'ok']),
        site,
      ))
        expect(said).not.toContain('out-of-water');
    }),
  );
});

it('readings out of order change nothing of what is said of those in order', () => {
  const values = fc.constantFrom<Row>(
    wet,
    [2, 25, 4, 12, 'ok'],
    [0, 28, 11, 12, 'ok'],
    [0, 0, 0, 0, ''],
    ['(na)'],
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(values, fc.array(values, { maxLength: 2 }))), (steps) => {
      const [disturbed, undisturbed] = [createQuality({ type }), createQuality({ type })];
      steps.forEach(([row, late], i) => {
        const now = i * hourMs;
        expect(disturbed.assess(now, now, row)).toEqual(undisturbed.assess(now, now, row));
        for (const other of late) disturbed.assess(now - hourMs / 2, now, other);
      });
    }),
  );
});
