// Batches to the cloud's broker: from PUBLISH to PUBACK, which comes after the synced append to the log.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, startProgram } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { blockAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const batches = 200;
const blocksPerBatch = 5;
const readingsPerBlock = 1_000;
const runs = 5;

export const bridgeLog: Row = {
  ids: ['bridge.log'],
  title: 'bridge to log, receipts included',
  async run(say) {
    const folder = makeFolder('bench-bridge');
    const cloud = await startProgram('cloud', folder.path, {
      data: './cloud',
      broker: { port: 0 },
      http: { port: 0 },
    });
    try {
      const rates: number[] = [];
      for (let run = 0; run < runs; run++) {
        const payloads = Array.from({ length: batches }, (_, b) =>
          encodeBatch({
            site: 'bench',
            gateway: 'gw',
            origin: `run${run}`,
            lane: 'historical',
            blocks: Array.from({ length: blocksPerBatch }, (_, k) =>
              encodeBlock(blockAt('b1', (b * blocksPerBatch + k) * readingsPerBlock, readingsPerBlock)),
            ),
          }),
        );
        const { seconds } = await publishRaw({
          port: cloud.said.broker as number,
          count: batches,
          inFlight: 16,
          message: (i) => ({ topic: 'wellhead/1/bench/gw/data', payload: payloads[i]! }),
        });
        rates.push((batches * blocksPerBatch * readingsPerBlock) / seconds);
        say(`run ${run + 1} of ${runs}`);
      }
      return [
        figure('bridge.log', rates, 'readings/s', 'the indexer writes the same readings to DuckDB meanwhile'),
      ];
    } finally {
      await cloud.kill();
      folder.remove();
    }
  },
};
