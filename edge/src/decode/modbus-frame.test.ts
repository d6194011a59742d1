import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookForMbap, lookForRtu, modbusCrc, withCrc, withMbap } from './modbus-frame.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const expected = { unit: 1, functionCode: 3, count: 2 };
const answer = withCrc(hex('01 03 04 00 eb 03 f5'));

it('has the CRC of the standard', () => {
  // Every sound frame with its CRC behind it has the CRC 0.
  expect(modbusCrc(hex('01 03 00 00 00 02 c4 0b'))).toBe(0);
});

describe('an RTU answer', () => {
  it('is found among noise, foreign answers and an echo of the request', () => {
    const before = [hex('ff 00 01 03'), withCrc(hex('02 03 04 00 01 00 02')), hex('01 03 00 00 00 02 c4 0b')];
    const bytes = Buffer.concat([...before, answer, hex('99')]);
    const at = Buffer.concat(before).length;
    expect(lookForRtu(bytes, expected)).toEqual({
      frame: Buffer.from(answer),
      from: at,
      to: at + answer.length,
    });
  });

  it('is waited for as long as it may still come', () => {
    for (let size = 1; size < answer.length; size++)
      expect(lookForRtu(answer.subarray(0, size), expected)).toBeUndefined();
  });

  it.each([
    [
      'a wrong checksum',
      () => Uint8Array.from(answer, (byte, i) => (i === answer.length - 1 ? byte ^ 1 : byte)),
    ],
    ['another unit', () => withCrc(hex('02 03 04 00 eb 03 f5'))],
    ['another size', () => withCrc(hex('01 03 02 00 eb'))],
    ['another function', () => withCrc(hex('01 04 04 00 eb 03 f5'))],
  ])('with %s is none', (_what, bytes) => {
    const seen = lookForRtu(bytes(), expected);
    expect(seen === undefined || 'discard' in seen).toBe(true);
  });

  it('may be an exception', () => {
    const frame = withCrc(hex('01 83 02'));
    expect(lookForRtu(frame, expected)).toEqual({ frame, from: 0, to: 5 });
  });

  it('is never made of noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const seen = lookForRtu(noise, expected);
        if (seen === undefined || 'discard' in seen) return true;
        return modbusCrc(seen.frame) === 0;
      }),
    );
  });
});

describe('a Modbus TCP answer', () => {
  const framed = (transaction: number, body: string) => withMbap(hex(body), transaction);

  it('is unwrapped when it answers this transaction', () => {
    const bytes = framed(7, '01 03 04 00 eb 03 f5');
    expect(lookForMbap(bytes, 7, expected)).toEqual({ frame: answer, from: 0, to: bytes.length });
  });

  it.each([
    ['another transaction', framed(6, '01 03 04 00 eb 03 f5')],
    ['another unit', framed(7, '02 03 04 00 eb 03 f5')],
    ['another size', framed(7, '01 03 02 00 eb')],
  ])('to %s is thrown away whole', (_what, bytes) => {
    expect(lookForMbap(bytes, 7, expected)).toEqual({ discard: bytes.length });
  });

  it('is no Modbus with another protocol number', () => {
    expect(lookForMbap(hex('00 07 00 01 00 07 01 03 04'), 7, expected)).toEqual({ discard: 1 });
  });
});
