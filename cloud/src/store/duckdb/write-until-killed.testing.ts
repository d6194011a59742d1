/**
 * For the tests of kills and of full disks: writes one numbered write after another and says on stdout, one line
 * each, which are resolved. Arguments: the file, the number of the first write.
 */

import { minute, type Sample, sampleBatch, seqs, start } from '../reading-store.testing.ts';
import type { StoredBatch } from '../reading-store.ts';
import { openDuckdbStore } from './duckdb-store.ts';

export const rowsPerWrite = 400;
export const sensorNames = ['well-1', 'well-2', 'well-3'];

/**
 * Write number `n`: the next readings of three sensors, one reading of a publisher without keys, and a revision of
 * the first reading of the write before.
 */
export function numberedWrite(n: number): StoredBatch[] {
  const first = (n - 1) * rowsPerWrite + 1;
  const samples = seqs(first, first + rowsPerWrite - 1);
  const revised: Sample[] =
    n === 1 ? [] : [{ seq: first - rowsPerWrite, revision: 1, values: { water_level: -n } }];
  const timed = { seq: start + n * minute, measuredAt: start + n * minute };
  return [
    ...sensorNames.map((sensor) => sampleBatch({ sensor }, samples, sensor === 'well-1' ? revised : [])),
    sampleBatch({ sensor: 'feed', origin: 'feed', seqIsTime: true }, [timed]),
  ];
}

/** Writes for ever; a failed write is told and tried again. */
async function writeForEver(path: string, firstWrite: number): Promise<void> {
  // A low threshold, so that kills fall into checkpoints too.
  const store = await openDuckdbStore({ path, checkpointAt: '1MB' });
  for (let n = firstWrite; ; n++) {
    for (;;) {
      try {
        const { written, repeated } = await store.write(numberedWrite(n));
        process.stdout.write(`${JSON.stringify({ resolved: n, written, repeated })}\n`);
        break;
      } catch (error) {
        const { readings } = await store.stats();
        process.stdout.write(`${JSON.stringify({ failed: n, why: String(error), readings })}\n`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

if (process.argv[2] === 'write') await writeForEver(process.argv[3]!, Number(process.argv[4]));
