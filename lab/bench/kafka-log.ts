// The log in Kafka: from append to the broker's acknowledgement.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import type { ReadingLog } from '../../cloud/src/log/reading-log.ts';
import { startKafka } from '../../test/real/kafka.ts';
import { newTopic, openLog } from '../../test/real/kafka-logs.ts';
import { blockAt } from './groundwater.ts';
import { type Figure, figure, type Row } from './row.ts';

const gateways = 24;
const atOnce = 20;
const runs = 5;
const plans = [
  { id: 'kafka.log', perBatch: 60, batches: 20_000 },
  { id: 'kafka.log-1000', perBatch: 1_000, batches: 4_000 },
] as const;

export const kafkaLog: Row = {
  ids: plans.map(({ id }) => id),
  title: 'log in Kafka',
  async run(say) {
    const broker = await startKafka();
    if ('missing' in broker) {
      say(broker.missing);
      return [];
    }
    try {
      const figures: Figure[] = [];
      for (const { id, perBatch, batches: count } of plans) {
        const batches = Array.from({ length: gateways * 4 }, (_, i) =>
          encodeBatch({
            site: 'bench',
            gateway: `gw-${i % gateways}`,
            origin: 'o',
            lane: 'live',
            blocks: [encodeBlock(blockAt('b1', i * perBatch, perBatch))],
          }),
        );
        const log = await openLog(broker.address, newTopic(), { partitions: 6 });
        await appendAll(log, batches, count / 10);
        const rates: number[] = [];
        for (let run = 0; run < runs; run++) {
          const start = performance.now();
          await appendAll(log, batches, count);
          rates.push((count * perBatch) / ((performance.now() - start) / 1000));
          say(`batches of ${perBatch}, run ${run + 1} of ${runs}`);
        }
        await log.close();
        figures.push(
          figure(id, rates, 'readings/s', `batches of ${perBatch}; acks=all, the broker on the same cores`),
        );
      }
      return figures;
    } finally {
      await broker.close();
    }
  },
};

async function appendAll(log: ReadingLog, batches: readonly Uint8Array[], count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await log.append(batches[next++ % batches.length]!);
  };
  await Promise.all(Array.from({ length: gateways * atOnce }, lane));
}
