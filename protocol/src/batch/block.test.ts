import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WellheadError } from '../error.ts';
import { blockOf, type Row } from '../reading/block.ts';
import { type Flag, flags } from '../reading/flag.ts';
import { rowsOf } from '../reading/reading.ts';
import { decodeBlock, encodeBlock, summarizeBlock } from './block.ts';

const anyFlag = fc.constantFrom<Flag>(...Object.values(flags));
const anyValue = fc.oneof(
  fc.double(),
  fc.double({ min: -1e5, max: 1e5 }).map((v) => Math.round(v * 100) / 100),
  fc.constantFrom(
    -0,
    0,
    0.1,
    0.1 + 0.2,
    1e308,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    99999,
    2 ** 53,
    -(2 ** 60),
  ),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);

const anyRow = (width: number) =>
  fc.record<Row>(
    {
      seq: fc.integer({ min: 1, max: 2 ** 40 }),
      revision: fc.nat(5),
      measuredAt: fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.double({ min: 0, max: 4e12, noNaN: true })),
      receivedAt: fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.double({ min: 0, max: 4e12, noNaN: true })),
      clock: fc.constantFrom(0, 1, 2),
      timeFlag: anyFlag,
      timeCause: fc.nat(255),
      values: fc.array(anyValue, { minLength: width, maxLength: width }),
      flags: fc.array(anyFlag, { minLength: width, maxLength: width }),
      causes: fc.array(fc.nat(255), { minLength: width, maxLength: width }),
    },
    { noNullPrototype: true },
  );

const anyRows = fc
  .nat(5)
  .chain((width) =>
    fc.record({ width: fc.constant(width), rows: fc.array(anyRow(width), { maxLength: 80 }) }),
  );

function head(width: number) {
  return {
    sensor: 'emb2',
    type: 'groundwater',
    rules: 'groundwater@1',
    properties: Array.from({ length: width }, (_, p) => `p${p}`),
  };
}

function hourlyRows(count: number): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: i + 1,
    revision: 0,
    measuredAt: 1_483_228_800_000 + i * 3_600_000,
    receivedAt: 1_483_228_800_000 + i * 3_600_000 + 12 + (i % 3),
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [Math.round(1638 + Math.sin(i / 2) * 3) / 100, 949 + (i % 2), i % 7 === 3 ? '(na)' : 7.23],
    flags: [1, 1, 1],
    causes: [0, 0, 0],
  }));
}

// Properties and every flipped bit take their time where much else is going on.
describe('block codec', { timeout: 60_000 }, () => {
  it('gives back every double, string, boolean, null, absence and flag as it was', () => {
    fc.assert(
      fc.property(anyRows, ({ width, rows }) => {
        const back = decodeBlock(encodeBlock(blockOf(head(width), rows)));
        expect(rowsOf(back)).toStrictEqual(rows); // toStrictEqual tells -0 from 0
        expect(back.properties).toEqual(head(width).properties);
      }),
      { numRuns: 500 },
    );
  });

  it('tells which readings it holds without reading their values', () => {
    const summary = summarizeBlock(encodeBlock(blockOf(head(3), hourlyRows(60))));
    expect(summary.count).toBe(60);
    expect(summary.seqs[0]).toBe(1);
    expect(summary.seqs[59]).toBe(60);
    expect(summary.sensor).toBe('emb2');
  });

  it('answers every truncation with a coded error', () => {
    const bytes = encodeBlock(blockOf(head(3), hourlyRows(60)));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeBlock(bytes.subarray(0, length))).toThrow(WellheadError);
    }
  });

  it('answers every flipped bit with a coded error', () => {
    const bytes = encodeBlock(blockOf(head(3), hourlyRows(20)));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeBlock(damaged)).toThrow(WellheadError);
    }
  });

  it('never throws anything but a coded error at foreign bytes, even with a right checksum', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(1_000_000), (noise, seed) => {
        const bytes = encodeBlock(blockOf(head(3), hourlyRows(12)));
        const body = seed % 2 === 0 ? noise : spliced(bytes.subarray(0, -4), noise, seed);
        try {
          decodeBlock(withChecksum(body));
        } catch (error) {
          expect(error).toBeInstanceOf(WellheadError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('needs at most 3 bytes for a one-property reading in a batch of 60', () => {
    const rows = hourlyRows(60).map((row) => ({
      ...row,
      values: [row.values[0]],
      flags: [1 as Flag],
      causes: [0],
    }));
    const bytes = encodeBlock(blockOf(head(1), rows));
    expect(bytes.length / 60).toBeLessThanOrEqual(3);
  });
});

function withChecksum(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 4);
  bytes.set(body);
  new DataView(bytes.buffer).setUint32(body.length, crc(body), true);
  return bytes;
}

/** CRC-32C bit by bit, another way than the codec's. */
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1;
  }
  return ~c >>> 0;
}

function spliced(bytes: Uint8Array, noise: Uint8Array, seed: number): Uint8Array {
  const at = seed % bytes.length;
  const out = bytes.slice();
  out.set(noise.subarray(0, Math.min(noise.length, out.length - at, 1 + (seed % 9))), at);
  return out;
}
