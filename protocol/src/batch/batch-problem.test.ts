import { expect, it } from 'vitest';
import { type BlockHead, blockOf, type Row } from '../reading/block.ts';
import { batchLimits, batchProblem, type ReadableBatch } from './batch-problem.ts';

function batch(
  head: Partial<BlockHead>,
  row: Partial<Row> = {},
  address: Partial<ReadableBatch> = {},
): ReadableBatch {
  const properties = head.properties ?? ['water_level'];
  const full: Row = {
    seq: 1,
    revision: 0,
    measuredAt: 0,
    receivedAt: 0,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: properties.map(() => 1),
    flags: properties.map(() => 1 as const),
    causes: properties.map(() => 0),
    ...row,
  };
  const block = blockOf({ sensor: 's', type: 't', rules: '', properties, ...head }, [full]);
  return { site: 'here', gateway: 'gw', origin: 'aa', blocks: [block], ...address };
}

it('finds nothing wrong with names in any script', () => {
  expect(batchProblem(batch({ sensor: 'Brunnen "Süd" / 井', type: 'Any Type' }))).toBeUndefined();
});

it.each([
  ['a site without a name', batch({}, {}, { site: '' }), 'the site has no name'],
  ['a name too long', batch({ sensor: 'x'.repeat(batchLimits.nameLength + 1) }), 'characters long'],
  ['control characters', batch({}, {}, { origin: 'a\0b' }), 'no text'],
  ['half a character', batch({}, {}, { gateway: '\ud800' }), 'no text'],
  ['a property named twice', batch({ properties: ['a', 'a'] }), 'named twice'],
  ['a property no object can show', batch({ properties: ['__proto__'] }), '__proto__'],
  ['a seq with a fraction', batch({}, { seq: 1.5 }), 'no whole number'],
  ['a time that is none', batch({}, { measuredAt: Number.NaN }), 'no time'],
  ['a time no date can name', batch({}, { measuredAt: 1e16 }), 'no time'],
])('says what is wrong with %s', (_, wrong, problem) => {
  expect(batchProblem(wrong)).toContain(problem);
});

it.each([
  ['gateway', batch({}, {}, { gateway: '' }), 'the gateway has no name'],
  ['origin', batch({}, {}, { origin: '' }), 'the origin has no name'],
  ['sensor', batch({ sensor: '' }), 'the sensor has no name'],
  ['type', batch({ type: '' }), 'the type has no name'],
  ['property', batch({ properties: ['a', ''] }), 'the property has no name'],
])('wants a name for the %s', (_, wrong, problem) => {
  expect(batchProblem(wrong)).toBe(problem);
});

it('takes names, rules and numbers of properties at their limits, and nothing beyond', () => {
  const properties = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
  for (const fine of [
    batch({ sensor: 'x'.repeat(128), rules: 'x'.repeat(256) }),
    batch({ properties: properties(512) }),
    batch({}, {}, { site: 'x'.repeat(128) }),
  ])
    expect(batchProblem(fine)).toBeUndefined();
  expect(batchProblem(batch({}, {}, { site: 'x'.repeat(129) }))).toBe(
    'the name of the site is 129 characters long, 128 at most',
  );
  expect(batchProblem(batch({ rules: 'x'.repeat(257) }))).toContain('257 characters long, 256 at most');
  expect(batchProblem(batch({ rules: 'a\tb' }))).toContain('the rules holds characters that are no text');
  expect(batchProblem(batch({ properties: properties(513) }))).toBe('513 properties are too many');
});

it('takes every moment that has a date, and every reading is looked at', () => {
  const furthest = 8.64e15;
  for (const name of ['measuredAt', 'receivedAt'] as const) {
    for (const time of [furthest, -furthest, 0.5])
      expect(batchProblem(batch({}, { [name]: time }))).toBeUndefined();
    for (const time of [furthest + 1, -furthest - 1, Number.NaN])
      expect(batchProblem(batch({}, { [name]: time }))).toBe(`${name} ${time} is no time`);
  }
  const whole = batch({});
  const [first] = whole.blocks;
  const second = { ...first!, count: 2, seqs: Float64Array.of(1, Number.NaN) };
  const times = { measuredAt: new Float64Array(2), receivedAt: new Float64Array(2) };
  expect(batchProblem({ ...whole, blocks: [first!, { ...second, ...times }] })).toBe(
    'seq NaN is no whole number',
  );
});
