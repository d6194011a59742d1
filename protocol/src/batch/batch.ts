// A batch as bytes: what one MQTT message carries from a gateway to the cloud.
import { WellheadError } from '../error.ts';
import type { Address } from '../message/topics.ts';
import { ByteReader, ByteWriter, malformed, truncated } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import { type Lane, lanes } from './lane.ts';

export const batchVersion = 1;
/** A batch is one MQTT packet, and the packet guard refuses larger ones. */
export const maxBatchBytes = 256 * 1024;
/** More blocks than this in one batch are refused. */
export const maxBlocksPerBatch = 4096;

/** One MQTT message: blocks of readings (still encoded) with where they come from. */
export interface Batch extends Address {
  readonly origin: string;
  readonly lane: Lane;
  readonly blocks: readonly Uint8Array[];
}

/** Version, lane, site, gateway, origin, the blocks with their lengths, CRC-32C over all of it. */
export function encodeBatch(batch: Batch): Uint8Array {
  const out = new ByteWriter(batch.blocks.reduce((size, block) => size + block.length + 4, 256));
  out.byte(batchVersion);
  out.byte(lanes[batch.lane]);
  out.text(batch.site);
  out.text(batch.gateway);
  out.text(batch.origin);
  out.varint(batch.blocks.length);
  for (const block of batch.blocks) out.blob(block);
  out.uint32(crc32c(out.peek()));
  return out.finish();
}

/**
 * Reads the envelope; the blocks stay bytes for `decodeBlock`.
 * @throws WellheadError BATCH_VERSION, BATCH_CHECKSUM, BATCH_TRUNCATED or BATCH_MALFORMED
 */
export function decodeBatch(bytes: Uint8Array): Batch {
  if (bytes.length === 0) throw truncated();
  if (bytes[0] !== batchVersion) {
    throw new WellheadError(
      'BATCH_VERSION',
      `the batch is of version ${bytes[0]}, this program reads ${batchVersion}`,
    );
  }
  if (bytes.length < 10) throw truncated();
  const end = bytes.length - 4;
  if (new ByteReader(bytes, end).uint32() !== crc32c(bytes, 0, end)) {
    throw new WellheadError('BATCH_CHECKSUM', 'the batch does not match its checksum');
  }
  const input = new ByteReader(bytes, 1, end);
  const lane = input.byte();
  if (lane > 1) throw malformed(`lane ${lane} is unknown`);
  const site = input.text();
  const gateway = input.text();
  const origin = input.text();
  const count = input.count(maxBlocksPerBatch, 'blocks');
  const blocks: Uint8Array[] = [];
  for (let i = 0; i < count; i++) blocks.push(input.blob());
  if (input.left > 0) throw malformed(`${input.left} bytes are left over`);
  return { site, gateway, origin, lane: lane === lanes.live ? 'live' : 'historical', blocks };
}
