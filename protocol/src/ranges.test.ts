import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RangeSet, rangesOf } from './ranges.ts';

// A range that ends before it begins is empty.
const operations = fc.array(
  fc.record({
    add: fc.boolean(),
    from: fc.integer({ min: 1, max: 60 }),
    length: fc.integer({ min: -5, max: 12 }),
  }),
  { maxLength: 40 },
);

it('holds the same members as a plain set, as sorted ranges that never touch', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const ranges = new RangeSet();
      const plain = new Set<number>();
      for (const { add, from, length } of steps) {
        if (add) ranges.add(from, from + length);
        else ranges.remove(from, from + length);
        for (let i = from; i <= from + length; i++) add ? plain.add(i) : plain.delete(i);
      }
      const sorted = [...plain].sort((a, b) => a - b);
      expect(ranges.ranges.flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i))).toEqual(
        sorted,
      );
      expect(rangesOf(sorted)).toEqual(ranges.ranges);
      for (let i = 0; i < ranges.ranges.length - 1; i++) {
        expect(ranges.ranges[i]![1] + 1).toBeLessThan(ranges.ranges[i + 1]![0]);
      }
      const missing = ranges
        .missing(1, 80)
        .flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i));
      expect(missing).toEqual(Array.from({ length: 80 }, (_, i) => i + 1).filter((i) => !plain.has(i)));
      for (let i = 1; i < 80; i++) expect(ranges.has(i)).toBe(plain.has(i));
      expect(ranges.size).toBe(plain.size);
    }),
  );
});

it('stops looking for what is missing at the limit', () => {
  expect(
    new RangeSet([
      [2, 2],
      [4, 4],
      [6, 6],
    ]).missing(1, 9, 2),
  ).toEqual([
    [1, 1],
    [3, 3],
  ]);
});
