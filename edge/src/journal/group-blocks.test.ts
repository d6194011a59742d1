import { type BlockHead, decodeBlock, type Row } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { groupBlocks } from './group-blocks.ts';
import { blockKey, sensorKey } from './keys.ts';
import { headOf, row } from './readings.testing.ts';

const b1 = headOf('b1');
const b2 = headOf('b2');

function group(...parts: [head: BlockHead, count: number][]): { head: BlockHead; row: Row }[] {
  return parts.flatMap(([head, count]) =>
    Array.from({ length: count }, (_, i) => ({ head, row: row(i, i) })),
  );
}

/** Key and number of readings of what is to be written. */
function blocksOf(operations: ReturnType<typeof groupBlocks>['operations']) {
  return operations.flatMap((operation) =>
    operation.type === 'put' && operation.key.startsWith('b!')
      ? [[operation.key, decodeBlock(operation.value).count]]
      : [],
  );
}

it('readings of two sensors are counted on apart, and make one block each, in whatever order they came', () => {
  const readings = group([b1, 2], [b2, 1], [b1, 1], [b2, 2]);
  const { operations, reached } = groupBlocks(readings, (sensor) => (sensor === 'b1' ? 10 : undefined));
  expect(blocksOf(operations)).toEqual([
    [blockKey('b1', 11), 3],
    [blockKey('b2', 1), 3],
  ]);
  expect([...reached]).toEqual([
    ['b1', 13],
    ['b2', 3],
  ]);
  expect(readings.map(({ row: { seq } }) => seq)).toEqual([11, 12, 1, 13, 2, 3]);
});

it('a sensor is made known with its first readings, once', () => {
  const known = (last: number | undefined) =>
    groupBlocks(group([b1, 1_500]), () => last)
      .operations.filter(({ key }) => key === sensorKey('b1'))
      .map((operation) => (operation.type === 'put' ? Buffer.from(operation.value).toString() : 'del'));
  expect(known(undefined)).toEqual(['0']);
  expect(known(0)).toEqual([]);
  expect(known(7)).toEqual([]);
});

it('a block holds a thousand readings', () => {
  const { operations } = groupBlocks(group([b1, 2_001]), () => 0);
  expect(blocksOf(operations)).toEqual([
    [blockKey('b1', 1), 1_000],
    [blockKey('b1', 1_001), 1_000],
    [blockKey('b1', 2_001), 1],
  ]);
});

it('a new head begins a new block, though it be of the same sensor', () => {
  const next = headOf('b1', { rules: 'groundwater@2' });
  const { operations, reached } = groupBlocks(group([b1, 2], [next, 3]), () => 4);
  expect(blocksOf(operations)).toEqual([
    [blockKey('b1', 5), 2],
    [blockKey('b1', 7), 3],
  ]);
  expect(reached.get('b1')).toBe(9);
});
