// A group of readings that is written at once, as blocks: one per sensor, head and thousand readings.
import type { Operation } from '@wellhead/host';
import { type BlockHead, blockOf, encodeBlock, maxReadingsPerBlock, type Row } from '@wellhead/protocol';
import { blockKey, sensorKey } from './keys.ts';

const targetBlock = Math.min(1_000, maxReadingsPerBlock);

/** A judged reading on its way into the journal, which gives it its seq. */
export interface NewReading {
  readonly head: BlockHead;
  readonly row: Row;
}

export interface GroupedBlocks {
  readonly operations: Operation[];
  /** The highest seq given, by sensor. */
  readonly reached: ReadonlyMap<string, number>;
}

/** Gives the rows their seqs, counting on from `lastOf`; a sensor that has none yet is made known as well. */
export function groupBlocks(
  group: readonly NewReading[],
  lastOf: (sensor: string) => number | undefined,
): GroupedBlocks {
  const operations: Operation[] = [];
  const reached = new Map<string, number>();
  for (const { head, rows } of runsOf(group)) {
    const { sensor } = head;
    const last = lastOf(sensor);
    if (last === undefined && !reached.has(sensor))
      operations.push({ type: 'put', key: sensorKey(sensor), value: Buffer.from('0') });
    let seq = reached.get(sensor) ?? last ?? 0;
    const first = seq + 1;
    for (const row of rows) row.seq = ++seq;
    reached.set(sensor, seq);
    operations.push({ type: 'put', key: blockKey(sensor, first), value: encodeBlock(blockOf(head, rows)) });
  }
  return { operations, reached };
}

/** The group as runs of the same head, in order of arrival per sensor. */
function runsOf(group: readonly NewReading[]): { head: BlockHead; rows: Row[] }[] {
  const runs: { head: BlockHead; rows: Row[] }[] = [];
  const open = new Map<string, { head: BlockHead; rows: Row[] }>();
  for (const { head, row } of group) {
    let run = open.get(head.sensor);
    if (run === undefined || run.head !== head || run.rows.length >= targetBlock) {
      run = { head, rows: [] };
      open.set(head.sensor, run);
      runs.push(run);
    }
    run.rows.push(row);
  }
  return runs;
}
