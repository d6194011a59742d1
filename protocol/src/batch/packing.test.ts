// Columns of whole numbers and of doubles: the shortest way is taken, and what earlier versions wrote stays the same.
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { readPacked, writePacked } from './packing.ts';

function pack(first: number[], second?: number[]): number[] {
  const out = new ByteWriter();
  writePacked(out, Float64Array.from(first), second && Float64Array.from(second), 0, first.length);
  return [...out.finish()];
}

function unpack(bytes: number[], count: number): [order: number, values: number[], left: number] {
  const values = new Float64Array(count);
  const input = new ByteReader(Uint8Array.from(bytes));
  const order = readPacked(input, values, 0, count);
  return [order, [...values], input.left];
}

const times = (count: number, of: (i: number) => number) => Array.from({ length: count }, (_, i) => of(i));

describe('whole numbers are packed', () => {
  it.each<[how: string, values: number[], bytes: number[]]>([
    ['as nothing', [], []],
    ['as a run', [7, 7, 7, 7], [0, 4, 7]],
    ['alone', [5], [1, 5]],
    ['as runs, where those are as short as varints', [5, 5], [0, 2, 5]],
    ['as varints', [1, 300, 100_000], [1, 1, 0xac, 2, 0xa0, 0x8d, 6]],
    ['as bits', [1, 0, 1, 1, 0, 0, 1, 0, 1], [2 | (1 << 3), 0b01001101, 1, 0]],
    ['as bits of three', [5, 2, 7, 0, 1, 6, 3, 4], [2 | (3 << 3), 0xd5, 0x11, 0x8f, 0]],
  ])('%s: %j', (_, values, bytes) => {
    expect(pack(values)).toEqual(bytes);
    expect(unpack(bytes, values.length)).toEqual([1, values, 0]);
  });

  it('as bits with a patch for each of the few that do not fit', () => {
    const values = times(40, (i) => (i === 10 || i === 30 ? 5_000_000 + i : i % 2));
    const bytes = pack(values);
    expect(bytes[0]).toBe(2 | (1 << 3));
    expect(bytes.slice(6, 8)).toEqual([2, 10]);
    expect(bytes).toHaveLength(1 + 5 + 1 + 2 * 5);
    expect(unpack(bytes, 40)).toEqual([1, values, 0]);
  });

  it('in bits of up to thirty-one', () => {
    for (let width = 1; width <= 53; width++) {
      const values = times(200, (i) => (i * 2_654_435_761 * 97) % 2 ** width);
      values[7] = 2 ** width - 1;
      const bytes = pack(values);
      expect(unpack(bytes, 200)).toEqual([1, values, 0]);
    }
  });

  it('in the order of differences that is shorter, the first where both are alike', () => {
    const [long, short] = [times(50, (i) => i * 1_000), times(50, () => 3)];
    expect(unpack(pack(long, short), 50)).toEqual([2, short, 0]);
    expect(unpack(pack(short, long), 50)).toEqual([1, short, 0]);
    expect(unpack(pack(short, short), 50)).toEqual([1, short, 0]);
  });
});

describe('a packed column that is wrong', () => {
  it.each<[what: string, bytes: number[], count: number, message: string]>([
    ['a run of nothing', [0, 0, 5], 3, 'a run is empty'],
    ['a run beyond its column', [0, 4, 5], 3, '4 values in a run are more than 3'],
    ['a second run beyond its column', [0, 2, 5, 2, 6], 3, '2 values in a run are more than 1'],
    ['a way that does not exist', [3], 3, 'packing 3 is unknown'],
    ['more bits than a number has', [2 | (31 << 3), ...Array(12).fill(0)], 3, 'ends before'],
    ['a patch outside', [2, 1, 3, 9], 3, 'a patch lies outside its column'],
    ['a second patch outside', [2, 2, 1, 9, 2, 9], 3, 'a patch lies outside its column'],
    ['more patches than values', [2, 4], 3, '4 patches are more than 3'],
  ])('is refused: %s', (_, bytes, count, message) => {
    expect(() => unpack(bytes, count)).toThrow(message);
  });

  it('is one whose last patch is in its place', () => {
    expect(unpack([2, 2, 1, 9, 1, 8], 3)).toEqual([1, [0, 9, 8], 0]);
  });
});

function column(values: number[], timeLike: boolean): Uint8Array {
  const out = new ByteWriter();
  writeNumbers(out, Float64Array.from(values), values.length, timeLike);
  return out.finish();
}

const read = (bytes: ArrayLike<number>, count: number) => [
  ...readNumbers(new ByteReader(Uint8Array.from(bytes)), count),
];

describe('a column of doubles', () => {
  it.each<[values: number[], head: number]>([
    [[1, 2, 3], 1],
    [[0.1, 0.25], 1 | (2 << 1)],
    [[1, 2, 0.5], 1 | (1 << 1)],
    [[1e-15], 1 | (15 << 1)],
    [[1e-16], 0],
    [[2 ** 50 - 1], 1],
    [[2 ** 50], 0],
    [[-(2 ** 50) + 1], 1],
    [[-(2 ** 50)], 0],
    [[-0], 0],
    [[0, -1, 1], 1],
    [[1, Number.NaN], 0],
    [[Number.POSITIVE_INFINITY], 0],
    [[1 / 3], 0],
  ])('%j begins with %i and comes back', (values, head) => {
    for (const timeLike of [false, true]) {
      const bytes = column(values, timeLike);
      expect(bytes[0]).toBe(head);
      expect(bytes.length).toBe(head === 0 ? 1 + 8 * values.length : bytes.length);
      expect(read(bytes, values.length)).toEqual(values);
    }
  });

  it('of nothing is nothing', () => {
    expect(column([], true)).toHaveLength(0);
    expect(read([], 0)).toEqual([]);
  });

  it('of times at equal steps costs a few bytes, however many', () => {
    const values = times(1_000, (i) => 1_483_228_800_000 + i * 3_600_000);
    expect(column(values, true)).toHaveLength(14);
    expect(read(column(values, true), 1_000)).toEqual(values);
  });

  it('larger than any before makes room for itself', () => {
    const values = times(70_000, (i) => (i * 7_919) % 1_000);
    expect(read(column(values, true), values.length)).toEqual(values);
  });

  it.each<[what: string, bytes: number[], count: number, message: string]>([
    ['cut short', [0, 1, 2, 3, 4, 5, 6, 7], 1, 'a column of doubles is cut short'],
    ['a kind that does not exist', [2, 0], 1, 'column kind 2 is unknown'],
    ['more decimals than a double has', [1 | (16 << 1), 0], 1, 'column kind 33 is unknown'],
  ])('is refused: %s', (_, bytes, count, message) => {
    expect(() => read(bytes, count)).toThrow(message);
  });
});

it('a thousand columns are written as they ever were, to the byte', () => {
  let state = 1;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const all = new ByteWriter();
  for (let i = 0; i < 1_000; i++) {
    const [decimals, range, rare] = [10 ** random(4), 10 ** (1 + random(8)), 2 + random(30)];
    const step = random(3) * random(range);
    const values = times(
      1 + random(120),
      (at) =>
        (at * step + random(rare) * (random(rare) === 0 ? random(range) * 1_000 : random(4))) / decimals,
    );
    const bytes = column(values, i % 2 === 0);
    expect(read(bytes, values.length)).toEqual(values);
    all.blob(bytes);
  }
  expect([all.length, crc32c(all.peek())]).toEqual([118_391, 1_494_375_857]);
});
