// How many five-property readings the log in Kafka takes and gives back: `tsx test/real/kafka-bench.ts`.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import type { ReadingLog } from '../../cloud/src/log/reading-log.ts';
import { blockAt } from '../bench/groundwater.ts';
import { startKafka } from './kafka.ts';
import { newTopic, openLog } from './kafka-logs.ts';

const gateways = 24;
const atOnce = 20;
const rounds = [
  { perBatch: 60, batches: 60_000 },
  { perBatch: 1_000, batches: 12_000 },
];

const broker = await startKafka();
if ('missing' in broker) throw new Error(broker.missing);
const { address } = broker;
const say = (text: string) => process.stdout.write(`${text}\n`);

async function measure(what: string, readings: number, bytes: number, work: () => Promise<unknown>) {
  const before = process.cpuUsage();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  say(
    `${what}: ${Math.round(readings / seconds)} readings/s, ${(bytes / seconds / 1e6).toFixed(1)} MB/s, ` +
      `${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} CPU seconds of ours`,
  );
}

async function appendAll(log: ReadingLog, batches: readonly Uint8Array[], count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await log.append(batches[next++ % batches.length]!);
  };
  await Promise.all(Array.from({ length: gateways * atOnce }, lane));
}

for (const { perBatch, batches: count } of rounds) {
  const batches = Array.from({ length: gateways * 4 }, (_, i) =>
    encodeBatch({
      site: 'bench',
      gateway: `gw-${i % gateways}`,
      origin: 'o',
      lane: 'live',
      blocks: [encodeBlock(blockAt('b1', i * perBatch, perBatch))],
    }),
  );
  const size = batches.reduce((sum, batch) => sum + batch.length, 0) / batches.length;
  say(`batches of ${perBatch}: ${Math.round(size)} bytes`);
  const log = await openLog(address, newTopic(), { partitions: 6 });
  await appendAll(log, batches, count / 10);
  await measure('  append', count * perBatch, count * size, () => appendAll(log, batches, count));
  let handled = 0;
  await measure('  consume', count * 1.1 * perBatch, count * 1.1 * size, async () => {
    const consumption = await log.consume(
      'bench',
      (entries) => {
        handled += entries.length;
        return Promise.resolve();
      },
      { maxBytes: 384 * 1024, lingerMs: 0, onError: say as (error: unknown) => void },
    );
    await consumption.caughtUp();
  });
  if (handled !== Math.round(count * 1.1)) throw new Error(`${handled} of ${count * 1.1} batches came back`);
  await log.close();
}
await broker.close();
