// Readings to fill a journal with in tests, block by block.
import type { BlockHead, Row } from '@wellhead/protocol';
import type { Journal } from './journal.ts';

export const headOf = (sensor: string, change: Partial<BlockHead> = {}): BlockHead => ({
  sensor,
  type: 'groundwater',
  rules: 'groundwater@1',
  properties: ['water_level'],
  ...change,
});

export function row(value: number | string, measuredAt: number): Row {
  return {
    seq: 0,
    revision: 0,
    measuredAt,
    receivedAt: measuredAt,
    clock: 1,
    timeFlag: 1,
    timeCause: 0,
    values: [value],
    flags: [1],
    causes: [0],
  };
}

/** Appends one block of so many readings; each says its place in the block. */
export async function addBlock(
  journal: Journal,
  count: number,
  head: BlockHead = headOf('b1'),
): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => row(i / 10, i));
  await Promise.all(rows.map((one) => journal.append({ head, row: one })));
}
