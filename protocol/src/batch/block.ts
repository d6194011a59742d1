// A block of readings as bytes, small for slow links; damage is found, never read as a value.
import type { Block, BlockHead } from '../reading/block.ts';
import { isFlag } from '../reading/flag.ts';
import { readByteRuns, writeByteRuns } from './byte-runs.ts';
import { ByteReader, ByteWriter, malformed } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { readValues, writeValues } from './value-column.ts';

/** More readings than this in one block are refused, so that a few bytes cannot ask for gigabytes. */
export const maxReadingsPerBlock = 65_536;
/** Values (readings times properties) of one block, for the same reason. */
const maxValuesPerBlock = 1_048_576;
const maxProperties = 64;

const scratch = new ByteWriter(65_536);

/** A block as bytes with its own CRC-32C: what the journal keeps and a batch carries. */
export function encodeBlock(block: Block): Uint8Array {
  const { count, properties } = block;
  if (
    count > maxReadingsPerBlock ||
    count * properties.length > maxValuesPerBlock ||
    properties.length > maxProperties
  ) {
    throw new TypeError(`a block of ${count} readings with ${properties.length} properties is too large`);
  }
  const out = scratch;
  out.length = 0;
  out.text(block.sensor);
  out.text(block.type);
  out.text(block.rules);
  out.varint(properties.length);
  for (const property of properties) out.text(property);
  out.varint(count);
  writeNumbers(out, block.seqs, count);
  writeNumbers(out, block.revisions, count);
  writeNumbers(out, block.measuredAt, count, true);
  // The way from sensor to gateway varies less than either clock.
  const delays = new Float64Array(count);
  for (let i = 0; i < count; i++) delays[i] = block.receivedAt[i]! - block.measuredAt[i]!;
  const exact = delays.every((delay, i) => block.measuredAt[i]! + delay === block.receivedAt[i]);
  out.byte(exact ? 1 : 0);
  writeNumbers(out, exact ? delays : block.receivedAt, count);
  writeByteRuns(out, block.clocks, count);
  writeByteRuns(out, block.timeFlags, count);
  writeByteRuns(out, block.timeCauses, count);
  for (let p = 0; p < properties.length; p++) {
    writeValues(out, block.values[p]!, count);
    writeByteRuns(out, block.flags[p]!, count);
    writeByteRuns(out, block.causes[p]!, count);
  }
  out.uint32(crc32c(out.peek()));
  return out.finish();
}

/**
 * Reads what `encodeBlock` wrote.
 * @throws WellheadError BATCH_CHECKSUM, BATCH_TRUNCATED or BATCH_MALFORMED; never returns a wrong reading
 */
export function decodeBlock(bytes: Uint8Array): Block {
  const input = openBlock(bytes);
  const head = readHead(input);
  const { properties } = head;
  const count = input.count(maxReadingsPerBlock, 'readings in one block');
  if (count * properties.length > maxValuesPerBlock) throw malformed('the block holds too many values');
  const seqs = readNumbers(input, count);
  const revisions = readNumbers(input, count);
  const measuredAt = readNumbers(input, count);
  const asDelay = input.byte() === 1;
  const receivedAt = readNumbers(input, count);
  if (asDelay) for (let i = 0; i < count; i++) receivedAt[i] = measuredAt[i]! + receivedAt[i]!;
  const clocks = readByteRuns(input, count);
  const timeFlags = readFlags(input, count);
  const timeCauses = readByteRuns(input, count);
  const values = [];
  const flags = [];
  const causes = [];
  for (let p = 0; p < properties.length; p++) {
    values.push(readValues(input, count));
    flags.push(readFlags(input, count));
    causes.push(readByteRuns(input, count));
  }
  if (input.left > 0) throw malformed(`${input.left} bytes are left over`);
  return {
    ...head,
    count,
    seqs,
    revisions,
    measuredAt,
    receivedAt,
    clocks,
    timeFlags,
    timeCauses,
    values,
    flags,
    causes,
  };
}

export interface BlockSummary extends BlockHead {
  readonly count: number;
  readonly seqs: Float64Array;
}

/** Which readings a block holds, without reading their values; checks the checksum of the whole. */
export function summarizeBlock(bytes: Uint8Array): BlockSummary {
  const input = openBlock(bytes);
  const head = readHead(input);
  const count = input.count(maxReadingsPerBlock, 'readings in one block');
  return { ...head, count, seqs: readNumbers(input, count) };
}

function openBlock(bytes: Uint8Array): ByteReader {
  if (bytes.length < 5) throw malformed('a block is shorter than its checksum');
  const end = bytes.length - 4;
  if (new ByteReader(bytes, end).uint32() !== crc32c(bytes, 0, end))
    throw malformed('a block fails its checksum');
  return new ByteReader(bytes, 0, end);
}

function readHead(input: ByteReader): BlockHead {
  const sensor = input.text();
  const type = input.text();
  const rules = input.text();
  const width = input.count(maxProperties, 'properties');
  const properties: string[] = [];
  for (let p = 0; p < width; p++) properties.push(input.text());
  return { sensor, type, rules, properties };
}

function readFlags(input: ByteReader, count: number): Uint8Array {
  const flags = readByteRuns(input, count);
  for (const flag of flags) if (!isFlag(flag)) throw malformed(`flag ${flag} is unknown`);
  return flags;
}
