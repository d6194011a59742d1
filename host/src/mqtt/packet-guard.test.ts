import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PacketGuard } from './packet-guard.ts';

function packet(length: number): number[] {
  const head = [0x30];
  let rest = length;
  do {
    head.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [...head, ...new Array<number>(length).fill(0xff)];
}

it('lets packets up to the limit through, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(300), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 40 })),
      (lengths, cuts) => {
        const stream = Uint8Array.from(lengths.flatMap(packet));
        const guard = new PacketGuard();
        let at = 0;
        for (let i = 0; at < stream.length; i++) {
          const end = at + (cuts[i % Math.max(1, cuts.length)] ?? 7);
          expect(guard.inspect(stream.subarray(at, end), 300)).toBeUndefined();
          at = end;
        }
      },
    ),
  );
});

it('refuses a packet one byte above the limit from its header alone', () => {
  const head = Uint8Array.from(packet(301)).subarray(0, 3);
  expect(new PacketGuard().inspect(head, 300)).toBe(301);
});

it('refuses a declared 256 MiB at its third length byte', () => {
  const guard = new PacketGuard();
  expect(guard.inspect(Uint8Array.from([0x10, 0xff, 0xff]), 16_384)).toBeUndefined();
  expect(guard.inspect(Uint8Array.from([0xff]), 16_384)).toBe(2_097_151);
});

it('finds the oversized packet behind good ones in the same chunk', () => {
  const stream = Uint8Array.from([...packet(5), ...packet(200), ...packet(9).slice(0, 1), 0xff, 0xff, 0x7f]);
  expect(new PacketGuard().inspect(stream, 300)).toBe(16_383);
});

it('takes the largest length that four bytes can say, and refuses a fifth', () => {
  const largest = 268_435_455;
  const head = [0x30, 0xff, 0xff, 0xff];
  expect(new PacketGuard().inspect(Uint8Array.from([...head, 0x7f]), largest)).toBeUndefined();
  expect(new PacketGuard().inspect(Uint8Array.from([...head, 0xff]), largest)).toBe(Number.POSITIVE_INFINITY);
  const zeros = Uint8Array.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x00]);
  expect(new PacketGuard().inspect(zeros, 300)).toBe(Number.POSITIVE_INFINITY);
});

it('skips a body over many chunks before it reads the next header', () => {
  const guard = new PacketGuard();
  const stream = Uint8Array.from([...packet(200), ...packet(301)]);
  const found = [];
  for (let at = 0; at < stream.length; at += 7) found.push(guard.inspect(stream.subarray(at, at + 7), 300));
  expect(found.find((length) => length !== undefined)).toBe(301);
  expect(found.findIndex((length) => length !== undefined)).toBe(Math.floor((203 + 2) / 7));
});
