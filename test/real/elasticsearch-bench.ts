// How many five-property readings the store takes, and who is busy: `tsx test/real/elasticsearch-bench.ts`.
import type { StoredBatch } from '../../cloud/src/store/reading-store.ts';
import { blockAt } from '../bench/groundwater.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix, openStore } from './elasticsearch-stores.ts';

const sensors = 50;
const perBlock = 1_000;
const writes = 12;

function batchAt(round: number): StoredBatch {
  return {
    site: 'bench',
    gateway: 'gw',
    origin: 'o',
    lane: 'historical',
    storedAt: Date.now(),
    seqIsTime: false,
    blocks: Array.from({ length: sensors }, (_, i) => blockAt(`b${i}`, round * perBlock, perBlock)),
  };
}

const node = await startElasticsearch();
if ('missing' in node) throw new Error(node.missing);
const store = await openStore(node.url, newPrefix());
const say = (text: string) => process.stdout.write(`${text}\n`);

async function measure(what: string, count: number, work: () => Promise<unknown>): Promise<void> {
  if ('missing' in node) return;
  const own = process.cpuUsage();
  const theirs = node.cpuSeconds();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(own);
  const ownSeconds = (user + system) / 1e6;
  say(
    `${what}: ${Math.round(count / seconds)}/s, ${seconds.toFixed(1)} s; CPU seconds: ` +
      `store ${ownSeconds.toFixed(1)}, Elasticsearch ${(node.cpuSeconds() - theirs).toFixed(1)}`,
  );
}

// The first ones find the server cold.
const batches = Array.from({ length: writes }, (_, round) => batchAt(round));
await measure('cold, 2 writes', 2 * sensors * perBlock, async () => {
  for (const batch of batches.slice(0, 2)) await store.write([batch]);
});
await measure(
  `warm, ${writes - 2} writes of ${sensors * perBlock}`,
  (writes - 2) * sensors * perBlock,
  async () => {
    for (const batch of batches.slice(2)) await store.write([batch]);
  },
);
await measure('repeats', 2 * sensors * perBlock, async () => {
  for (const batch of batches.slice(0, 2)) await store.write([batch]);
});
await measure('small writes (one reading of each of 50 sensors)', 100, async () => {
  for (let i = 0; i < 100; i++) {
    const blocks = Array.from({ length: sensors }, (_, s) => blockAt(`b${s}`, writes * perBlock + i, 1));
    await store.write([{ ...batchAt(0), blocks }]);
  }
});
await measure('newest of 50 sensors', 50, async () => {
  for (let i = 0; i < 50; i++) await store.latest();
});
const { readings, bytes } = await store.stats();
say(`${readings} readings, ${Math.round(bytes / readings)} bytes each`);
await store.close();
await node.close();
