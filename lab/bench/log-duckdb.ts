// The indexer by itself: from the log to the store, in one process.
import { join } from 'node:path';
import { openLevel } from '@wellhead/host';
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { openDeadLetters } from '../../cloud/src/dead-letter/dead-letters.ts';
import { createIndexer } from '../../cloud/src/indexer/indexer.ts';
import { openLevelLog } from '../../cloud/src/log/level/level-log.ts';
import { openDuckdbStore } from '../../cloud/src/store/duckdb/duckdb-store.ts';
import { makeFolder } from '../../test/harness/program.ts';
import { blockAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const readings = 500_000;
const perBlock = 1_000;
const blocksPerBatch = 5;
const runs = 5;

export const logDuckdb: Row = {
  ids: ['log.duckdb'],
  title: 'log to DuckDB',
  async run(say) {
    const rates: number[] = [];
    for (let run = 0; run < runs; run++) {
      const folder = makeFolder('bench-index');
      const log = await openLevelLog({
        db: openLevel(join(folder.path, 'log')),
        now: Date.now,
        defer: setImmediate,
      });
      const deadLetters = await openDeadLetters({
        db: log.db,
        limit: 10,
        now: Date.now,
        count: () => undefined,
      });
      const store = await openDuckdbStore({
        path: join(folder.path, 'r.duckdb'),
        memoryLimit: '256MiB',
        threads: 2,
      });
      for (let first = 0; first < readings; first += perBlock * blocksPerBatch) {
        await log.append(
          encodeBatch({
            site: 'bench',
            gateway: 'gw',
            origin: 'o',
            lane: 'historical',
            blocks: Array.from({ length: blocksPerBatch }, (_, k) =>
              encodeBlock(blockAt('b1', first + k * perBlock, perBlock)),
            ),
          }),
        );
      }
      const start = performance.now();
      const indexer = await log.consume(
        'indexer',
        createIndexer({ store, deadLetters, onStored: () => undefined, count: () => undefined }),
        {
          maxBytes: 384 * 1024,
          lingerMs: 0,
          onError: (error) => {
            throw error;
          },
        },
      );
      await indexer.caughtUp();
      rates.push(readings / ((performance.now() - start) / 1000));
      await indexer.close();
      await log.close();
      await store.close();
      folder.remove();
      say(`run ${run + 1} of ${runs}`);
    }
    return [
      figure('log.duckdb', rates, 'readings/s', 'DuckDB alone, batches of 50,000: up to 640,000 rows/s'),
    ];
  },
};
