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
