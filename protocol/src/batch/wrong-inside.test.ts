// Blocks and batches with a right checksum that are wrong inside: each is refused by name, none is read wrongly.
import { describe, expect, it } from 'vitest';
import { blockOf, type Row } from '../reading/block.ts';
import { rowsOf } from '../reading/reading.ts';
import { tags } from '../reading/value.ts';
import { type Batch, decodeBatch, encodeBatch } from './batch.ts';
import { decodeBlock, encodeBlock, summarizeBlock } from './block.ts';
import { readByteRuns, writeByteRuns } from './byte-runs.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import { writeNumbers } from './number-column.ts';
import { readValues } from './value-column.ts';

const row = (seq: number, value: Row['values'][number] = 1, change: Partial<Row> = {}): Row => ({
  seq,
  revision: 0,
  measuredAt: seq,
  receivedAt: seq,
  clock: 1,
  timeFlag: 1,
  timeCause: 0,
  values: [value],
  flags: [1],
  causes: [0],
  ...change,
});

function checksummed(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter();
  write(out);
  out.uint32(crc32c(out.peek()));
  return out.finish();
}

interface BlockParts {
  count: number;
  properties: string[];
  timeFlag: number;
  flag: number;
  asDelay: number;
  more: number[];
}

/** A block of `count` equal readings, written by hand. */
function block(change: Partial<BlockParts> = {}): Uint8Array {
  const parts: BlockParts = {
    count: 2,
    properties: ['p'],
    timeFlag: 1,
    flag: 1,
    asDelay: 1,
    more: [],
    ...change,
  };
  const { count, properties } = parts;
  return checksummed((out) => {
    for (const text of ['s', 't', 'r']) out.text(text);
    out.varint(properties.length);
    for (const property of properties) out.text(property);
    out.varint(count);
    const numbers = (value: number) => writeNumbers(out, new Float64Array(count).fill(value), count);
    const bytes = (value: number) => writeByteRuns(out, new Uint8Array(count).fill(value), count);
    numbers(4);
    numbers(0);
    numbers(100);
    out.byte(parts.asDelay);
    numbers(7);
    bytes(1);
    bytes(parts.timeFlag);
    bytes(0);
    for (const _ of properties) {
      bytes(tags.number);
      numbers(1.5);
      bytes(parts.flag);
      bytes(0);
    }
    for (const byte of parts.more) out.byte(byte);
  });
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);

describe('a block', () => {
  it('written by hand is read, with the times of arrival as delays or as they are', () => {
    expect(decodeBlock(block())).toMatchObject({ count: 2, receivedAt: Float64Array.of(107, 107) });
    expect(decodeBlock(block({ asDelay: 0 })).receivedAt).toEqual(Float64Array.of(7, 7));
    expect(summarizeBlock(block())).toEqual({
      sensor: 's',
      type: 't',
      rules: 'r',
      properties: ['p'],
      count: 2,
      seqs: Float64Array.of(4, 4),
    });
  });

  it.each<[what: string, bytes: Uint8Array, message: string]>([
    ['a flag that does not exist', block({ flag: 5 }), 'flag 5 is unknown'],
    ['a flag of the time that does not exist', block({ timeFlag: 0 }), 'flag 0 is unknown'],
    ['more bytes than it says', block({ more: [0] }), '1 bytes are left over'],
    [
      'more than 65,536 readings',
      block({ count: 65_537 }),
      '65537 readings in one block are more than 65536',
    ],
    ['more than 64 properties', block({ properties: names(65) }), '65 properties are more than 64'],
    [
      'more than 1,048,576 values',
      block({ count: 65_536, properties: names(17) }),
      'the block holds too many values',
    ],
    ['no room for a checksum', Uint8Array.of(1, 2, 3, 4), 'a block is shorter than its checksum'],
    ['a checksum of nothing', checksummed(() => undefined), 'a block is shorter than its checksum'],
    ['a wrong checksum', Uint8Array.of(1, 0, 0, 0, 0), 'a block fails its checksum'],
  ])('with %s is refused', (_, bytes, message) => {
    expect(() => decodeBlock(bytes)).toThrow(message);
  });

  it('as large as may be is read', { timeout: 60_000 }, () => {
    expect(decodeBlock(block({ count: 65_536, properties: names(16) })).count).toBe(65_536);
    expect(decodeBlock(block({ properties: names(64) })).properties).toHaveLength(64);
  });

  it('with one reading has five bytes and more, and an empty one is empty', () => {
    const empty = encodeBlock(blockOf({ sensor: '', type: '', rules: '', properties: [] }, []));
    expect(rowsOf(decodeBlock(empty))).toEqual([]);
    expect([...empty.subarray(0, -4)]).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('too large is not even written', { timeout: 60_000 }, () => {
    const head = { sensor: 's', type: 't', rules: 'r', properties: ['p'] };
    const write = (readings: number, width: number) => () =>
      encodeBlock({ ...blockOf({ ...head, properties: names(width) }, []), count: readings });
    expect(write(65_537, 1)).toThrow('a block of 65537 readings with 1 properties is too large');
    expect(write(65_536, 17)).toThrow('a block of 65536 readings with 17 properties is too large');
    expect(write(0, 65)).toThrow('a block of 0 readings with 65 properties is too large');
    expect(write(0, 64)).not.toThrow();
    const rows = Array.from({ length: 65_536 }, (_, i) => row(i));
    expect(decodeBlock(encodeBlock(blockOf(head, rows))).count).toBe(65_536);
  });

  it('keeps a time of arrival that a delay would not give back', () => {
    const head = { sensor: 's', type: 't', rules: 'r', properties: ['p'] };
    const rows = [row(1), row(2, 1, { measuredAt: 1e15 + 0.5, receivedAt: 0.1 })];
    expect(rowsOf(decodeBlock(encodeBlock(blockOf(head, rows))))).toEqual(rows);
  });
});

describe('a column of bytes', () => {
  const read = (bytes: number[], count: number) => [
    ...readByteRuns(new ByteReader(Uint8Array.from(bytes)), count),
  ];

  it('is runs, the last of which has no length', () => {
    const out = new ByteWriter();
    writeByteRuns(out, Uint8Array.of(3, 3, 3, 1, 2, 2), 6);
    expect([...out.finish()]).toEqual([3, 3, 1, 1, 2, 0]);
    expect(read([3, 3, 1, 1, 2, 0], 6)).toEqual([3, 3, 3, 1, 2, 2]);
  });

  it('may give the last run’s length, but not more than there is', () => {
    expect(read([3, 2], 2)).toEqual([3, 3]);
    expect(read([4, 1, 3, 1], 2)).toEqual([4, 3]);
    expect(() => read([3, 3], 2)).toThrow('a run is longer than its column');
    expect(() => read([4, 1, 3, 2], 2)).toThrow('a run is longer than its column');
  });
});

describe('a column of values', () => {
  const read = (count: number, ...parts: (number | string)[]) => {
    const out = new ByteWriter();
    for (const part of parts) typeof part === 'string' ? out.text(part) : out.byte(part);
    return readValues(new ByteReader(out.finish()), count);
  };

  it('has texts by their place in a dictionary', () => {
    const { strings } = read(3, tags.string, 0, 2, 'a', 'b', 1, 2, 1, 1, 0);
    expect(strings).toEqual(['b', 'a', 'a']);
  });

  it('with a text that is not in the dictionary is refused', () => {
    expect(() => read(1, tags.string, 0, 1, 'a', 1, 2)).toThrow('a text is not in the dictionary');
  });

  it('with more texts than values, or than there are bytes, is refused', () => {
    expect(() => read(1, tags.string, 0, 2, 'a', 'b', 1, 0)).toThrow('2 dictionary entries are more than 1');
    expect(() => read(100, tags.string, 0, 50, 'a')).toThrow('50 dictionary entries are more than 3');
  });

  it('of a kind that does not exist is refused', () => {
    expect(read(1, tags.true, 0).kinds).toEqual(Uint8Array.of(tags.true));
    expect(() => read(1, tags.true + 1, 0)).toThrow(`value kind ${tags.true + 1} is unknown`);
  });
});

describe('a batch', () => {
  const batch: Batch = { site: 's', gateway: 'g', origin: 'o', lane: 'live', blocks: [Uint8Array.of(1)] };
  const byHand = (lane: number, blocks: number, more: number[] = []) =>
    checksummed((out) => {
      for (const byte of [1, lane]) out.byte(byte);
      for (const text of ['s', 'g', 'o']) out.text(text);
      out.varint(blocks);
      for (let i = 0; i < blocks; i++) out.blob(Uint8Array.of(1));
      for (const byte of more) out.byte(byte);
    });

  it('is written so, and read from that', () => {
    expect(encodeBatch(batch)).toEqual(byHand(0, 1));
    expect(decodeBatch(byHand(1, 1))).toEqual({ ...batch, lane: 'historical' });
    expect(decodeBatch(byHand(0, 4_096)).blocks).toHaveLength(4_096);
  });

  it.each<[what: string, bytes: Uint8Array, code: string, message: string]>([
    ['a lane that does not exist', byHand(2, 1), 'BATCH_MALFORMED', 'lane 2 is unknown'],
    ['more than 4,096 blocks', byHand(0, 4_097), 'BATCH_MALFORMED', '4097 blocks are more than 4096'],
    ['bytes left over', byHand(0, 1, [7, 7]), 'BATCH_MALFORMED', '2 bytes are left over'],
    ['nothing in it', new Uint8Array(), 'BATCH_TRUNCATED', 'ends before'],
    ['nine bytes', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0), 'BATCH_TRUNCATED', 'ends before'],
    [
      'ten bytes and a wrong checksum',
      Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      'BATCH_CHECKSUM',
      'match',
    ],
    ['another version', Uint8Array.of(2), 'BATCH_VERSION', 'of version 2, this program reads 1'],
  ])('with %s is refused', (_, bytes, code, message) => {
    expect(() => decodeBatch(bytes)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('without names and blocks has ten bytes', () => {
    const smallest = { ...batch, site: '', gateway: '', origin: '', blocks: [] };
    expect(encodeBatch(smallest)).toHaveLength(10);
    expect(decodeBatch(encodeBatch(smallest))).toEqual(smallest);
  });
});
