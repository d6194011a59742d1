import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';

function written(write: (out: ByteWriter) => void, capacity?: number): number[] {
  const out = new ByteWriter(capacity);
  write(out);
  return [...out.finish()];
}

const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes));
const truncated = expect.objectContaining({ code: 'BATCH_TRUNCATED' });
const malformed = expect.objectContaining({ code: 'BATCH_MALFORMED' });

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return 'no error';
}

describe('whole numbers', () => {
  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [16_383, [0xff, 0x7f]],
    [16_384, [0x80, 0x80, 1]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 7]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 8]],
    [2 ** 35 + 5, [0x85, 0x80, 0x80, 0x80, 0x80, 1]],
    [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i is written as %j and read back', (value, bytes) => {
    expect(written((out) => out.varint(value))).toEqual(bytes);
    const input = reader(...bytes, 9);
    expect(input.varint()).toBe(value);
    expect(input.left).toBe(1);
  });

  it('beyond 2^53 - 1, or longer than eight bytes, are refused', () => {
    const largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    expect(errorOf(() => reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10).varint())).toEqual(malformed);
    expect(errorOf(() => reader(...largest, 0x80, 0).varint())).toEqual(malformed);
    expect(errorOf(() => reader(0x80).varint())).toEqual(truncated);
  });

  it('that count something are refused above their limit, not at it', () => {
    expect(reader(5).count(5, 'things')).toBe(5);
    expect(errorOf(() => reader(6).count(5, 'things'))).toMatchObject({
      code: 'BATCH_MALFORMED',
      message: expect.stringContaining('6 things are more than 5'),
    });
  });
});

describe('what is read', () => {
  it('lies between start and end, of a part of a larger buffer too', () => {
    const whole = Uint8Array.of(9, 9, 1, 2, 3, 4, 9);
    const input = new ByteReader(whole.subarray(1), 1, 5);
    expect(input.left).toBe(4);
    expect(input.uint32()).toBe(0x04030201);
    expect(errorOf(() => input.byte())).toEqual(truncated);
  });

  it('is whole or refused', () => {
    expect(errorOf(() => reader(1, 2, 3).uint32())).toEqual(truncated);
    expect(errorOf(() => reader(1, 2, 3, 4, 5, 6, 7).double())).toEqual(truncated);
    expect(errorOf(() => reader(1, 2).raw(3))).toEqual(truncated);
    expect(errorOf(() => reader(3, 1, 2).text())).toEqual(truncated);
    expect([...reader(1, 2).raw(2)]).toEqual([1, 2]);
  });

  it('goes on behind what was read', () => {
    const input = new ByteReader(
      Uint8Array.from(
        written((out) => {
          out.double(-1.5);
          out.double(2.5);
          out.uint32(7);
          out.uint32(0xffffffff);
          out.text('Süd');
          out.blob(Uint8Array.of(5));
        }),
      ),
    );
    expect([input.double(), input.double(), input.uint32(), input.uint32()]).toEqual([
      -1.5, 2.5, 7, 0xffffffff,
    ]);
    expect([input.text(), [...input.blob()], input.left]).toEqual(['Süd', [5], 0]);
  });

  it('is UTF-8 where it is text', () => {
    expect(errorOf(() => reader(2, 0xc3, 0x28).text())).toMatchObject({
      code: 'BATCH_MALFORMED',
      message: expect.stringContaining('UTF-8'),
    });
  });
});

it('the buffer grows by what is needed, and keeps what was written', () => {
  const long = Uint8Array.from({ length: 1_000 }, (_, i) => i % 251);
  expect(
    written((out) => {
      out.byte(1);
      out.raw(long);
      out.varint(300);
      out.uint32(1);
      out.double(0);
      for (let i = 0; i < 10; i++) out.byte(i);
    }, 1),
  ).toEqual([1, ...long, 0xac, 2, 1, 0, 0, 0, ...Array(8).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('each kind of writing asks for its own room', () => {
  const writes: [number, (out: ByteWriter) => void][] = [
    [1, (out) => out.byte(1)],
    [8, (out) => out.varint(2 ** 53 - 1)],
    [8, (out) => out.double(1)],
    [4, (out) => out.uint32(1)],
    [3, (out) => out.raw(Uint8Array.of(1, 2, 3))],
  ];
  for (const [size, write] of writes) {
    for (let capacity = 1; capacity <= 10; capacity++) {
      const bytes = written((out) => {
        write(out);
        write(out);
      }, capacity);
      expect(bytes).toHaveLength(2 * size);
      expect(bytes.slice(0, size)).toEqual(bytes.slice(size));
    }
  }
});

it('what was written is copied when finished, and only looked at before', () => {
  const out = new ByteWriter();
  out.byte(1);
  const seen = out.peek();
  const finished = out.finish();
  out.length = 0;
  out.byte(2);
  expect([...seen, ...finished]).toEqual([2, 1]);
});
