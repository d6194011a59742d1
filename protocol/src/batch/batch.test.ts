import { describe, expect, it } from 'vitest';
import { WellheadError } from '../error.ts';
import { type Batch, decodeBatch, encodeBatch } from './batch.ts';
import { crc32c } from './crc32c.ts';

const batch: Batch = {
  site: 'lancashire',
  gateway: 'gw1',
  origin: '00ff00ff00ff00ff',
  lane: 'historical',
  blocks: [new Uint8Array([1, 2, 3]), new Uint8Array(0), new Uint8Array(300).fill(7)],
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof WellheadError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('batch envelope', () => {
  it('gives back what was put in', () => {
    const back = decodeBatch(encodeBatch(batch));
    expect(back).toEqual(batch);
  });

  it('names an unknown version before it looks at anything else', () => {
    const bytes = encodeBatch(batch);
    bytes[0] = 9;
    expect(codeOf(() => decodeBatch(bytes))).toBe('BATCH_VERSION');
  });

  it('answers any flipped bit and any truncation with a coded error', { timeout: 60_000 }, () => {
    const bytes = encodeBatch(batch);
    for (let bit = 8; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(codeOf(() => decodeBatch(damaged))).toBe('BATCH_CHECKSUM');
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => decodeBatch(bytes.subarray(0, length)))).toMatch(/^BATCH_/);
    }
  });

  it('computes the checksum of RFC 3720 appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });
});
