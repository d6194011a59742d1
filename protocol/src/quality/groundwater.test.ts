/** The groundwater type on four months of two real boreholes, which are not part of the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CauseName, causes } from '../reading/cause.ts';
import { parseSensorType } from '../sensor-type/parse.ts';
import type { QualitySettings } from '../sensor-type/schema.ts';
import { createQuality } from './create-quality.ts';
import type { Assessment } from './quality.ts';

const data = new URL('../../../../shared/data/bgs/', import.meta.url);
/** Of one property, or of several at once: the probe of these boreholes fails as a whole. */
const dropouts = ['dropout', 'logger-dropout'] as const;
const isThere = existsSync(data);
const type = parseSensorType(
  readFileSync(new URL('../../sensor-types/groundwater.yaml', import.meta.url), 'utf8'),
  'groundwater.yaml',
);

it('reads the groundwater type', () => {
  expect(type.properties.map((property) => property.name)).toEqual([
    'sec',
    'ph',
    'water_level',
    'water_temperature',
    'total_dissolved_gas',
  ]);
});

describe.skipIf(!isThere)('on real boreholes (skipped without the shared data beside the repository)', () => {
  it.each(['emb2', 'emb3'])('%s: finds every missing code and zero, counted as text', (borehole) => {
    const text = textOf(borehole);
    const said = assessmentsOf(text);
    type.properties.forEach((property, p) => {
      // Date, time and the earlier properties stand before the field, which is matched as it is written.
      const fields = (pattern: string) =>
        text.match(new RegExp(`^(?:[^,\\r\\n]*,){${p + 2}}(?:${pattern})(?=[,\\r\\n])`, 'gm'))?.length ?? 0;
      expect([property.name, countOf(said, p, 9, 'missing')]).toEqual([
        property.name,
        fields('\\(na\\)|99999(?:\\.0+)?'),
      ]);
      expect([property.name, countOf(said, p, 4, ...dropouts)]).toEqual([
        property.name,
        fields('0(?:\\.0+)?'),
      ]);
    });
  });

  it('emb2: knows the hours that the sonde hung in the winter air, once its elevation is told', () => {
    const said = assessmentsOf(textOf('emb2'), {
      water_level: { outOfWater: { elevation: 13.9, margin: 0.05 } },
    });
    const [level, temperature] = [2, 3];
    // 6 February, 14:00 to 18:00: 13.90 and 13.91 m, and 6 °C for the first three of them.
    expect(countOf(said, level, 4, 'out-of-water')).toBe(5);
    expect(countOf(said, temperature, 4, 'out-of-water')).toBe(5);
    expect(countOf(said, level, 3, 'spike')).toBe(0);
  });

  it.each(['emb2', 'emb3'])('%s: blames few other values, and none by a range or as flat', (borehole) => {
    const said = assessmentsOf(textOf(borehole));
    type.properties.forEach((property, p) => {
      const good = countOf(said, p, 1, 'none');
      const other = said.length - good - countOf(said, p, 9, 'missing') - countOf(said, p, 4, ...dropouts);
      expect([property.name, other <= 5]).toEqual([property.name, true]);
      for (const cause of [
        'instrument-range',
        'site-range',
        'flat-line',
        'syntax',
        'out-of-water',
      ] as const) {
        expect(countOf(said, p, 3, cause) + countOf(said, p, 4, cause)).toBe(0);
      }
    });
  });
});

function textOf(borehole: string): string {
  const folder = new URL(`${borehole}/`, data);
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('');
}

function assessmentsOf(text: string, site: Record<string, QualitySettings> = {}): Assessment[] {
  const quality = createQuality({ type, site });
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [date, time, ...fields] = line.split(',');
      const at = Date.parse(`${date}T${time}Z`);
      const values = fields.map((field) => (Number.isNaN(Number(field)) ? field : Number(field)));
      return quality.assess(at, at, values);
    });
}

function countOf(said: readonly Assessment[], p: number, flag: number, ...names: CauseName[]): number {
  return said.filter((one) => one.flags[p] === flag && names.some((name) => one.causes[p] === causes[name]))
    .length;
}
