// Two bridges and two indexers against one of each: what a split brings, and who is busy meanwhile.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, type Program, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';
import { type ElasticsearchNode, startElasticsearch } from '../real/elasticsearch.ts';
import { type KafkaBroker, startKafka } from '../real/kafka.ts';
import { plainClient } from '../real/kafka-logs.ts';
import { type Mosquitto, startMosquitto } from '../real/mosquitto.ts';
import { countDocuments } from './count-documents.ts';
import { blockAt } from './groundwater.ts';
import { type Figure, figure, type Row } from './row.ts';

const gateways = 8;
const sensors = 10;
const perBlock = 250;
const rounds = 5;
const batches = gateways * rounds;
const readings = batches * sensors * perBlock;
const runs = 3;
const withinMs = 240_000;
const splits = [1, 2] as const;

interface Engines {
  readonly mosquitto: Mosquitto;
  readonly kafka: KafkaBroker;
  readonly node: ElasticsearchNode;
}

/** One run, in readings a second until the log has them and until the store has; percent of the processor time. */
interface Run {
  readonly logged: number;
  readonly stored: number;
  readonly share: number;
}

export const split: Row = {
  ids: splits.flatMap((n) => [`split.${n}x${n}-log`, `split.${n}x${n}`, `split.${n}x${n}-cpu-share`]),
  title: 'bridges x indexers',
  async run(say) {
    const mosquitto = await startMosquitto();
    const kafka = await startKafka();
    const node = await startElasticsearch();
    try {
      if (mosquitto === undefined || 'missing' in kafka || 'missing' in node) {
        say('Mosquitto, Kafka or Elasticsearch cannot be had here');
        return [];
      }
      const engines = { mosquitto, kafka, node };
      const found = new Map<number, Run[]>(splits.map((n) => [n, []]));
      await measure(engines, 1, 'warm');
      // In turn, so that whatever else the machine does falls on both.
      for (let run = 0; run < runs; run++) {
        for (const n of splits) {
          found.get(n)!.push(await measure(engines, n, `run${run}`));
          say(`${n} and ${n}, run ${run + 1} of ${runs}`);
        }
      }
      return splits.flatMap((n) => figuresOf(n, found.get(n)!));
    } finally {
      if (!('missing' in node)) await node.close();
      if (!('missing' in kafka)) await kafka.close();
      await mosquitto?.close();
    }
  },
};

function figuresOf(n: number, found: readonly Run[]): Figure[] {
  const [id, what] = [`split.${n}x${n}`, n === 1 ? 'one bridge, one indexer' : `${n} bridges, ${n} indexers`];
  const of = (name: keyof Run) => found.map((run) => run[name]);
  return [
    figure(
      `${id}-log`,
      of('logged'),
      'readings/s',
      `${what}: from Mosquitto into Kafka, the indexers busy meanwhile`,
    ),
    figure(
      id,
      of('stored'),
      'readings/s',
      `${what}: from Mosquitto into Elasticsearch, all on the same cores`,
    ),
    figure(
      `${id}-cpu-share`,
      of('share'),
      '%',
      'of the processor time that Elasticsearch and ours used, what Elasticsearch used',
    ),
  ];
}

async function measure({ mosquitto, kafka, node }: Engines, n: number, name: string): Promise<Run> {
  const folder = makeFolder('bench-split');
  const id = `split-${n}-${name}`;
  const programs: Program[] = [];
  try {
    for (const role of ['bridge', 'indexer'])
      for (let i = 0; i < n; i++)
        programs.push(
          await startProgram(
            'cloud',
            folder.path,
            {
              roles: [role],
              data: `${folder.path}/${role}-${i}`,
              bridge: { url: `mqtt://127.0.0.1:${mosquitto.port}`, name: `${id}-${i}`, group: id },
              log: { kind: 'kafka', brokers: [kafka.address], topic: id, partitions: 8 },
              store: { kind: 'elasticsearch', nodes: [node.url], prefix: id, linger: '200ms' },
            },
            {},
            `${role}-${i}`,
          ),
        );
    return await drain({ mosquitto, kafka, node }, id, programs);
  } finally {
    await Promise.all(programs.map((program) => program.kill()));
    folder.remove();
  }
}

async function drain({ mosquitto, kafka, node }: Engines, id: string, programs: Program[]): Promise<Run> {
  const payloads = Array.from({ length: batches }, (_, i) => batchAt(i % gateways, Math.floor(i / gateways)));
  const admin = plainClient(kafka.address).admin();
  await admin.connect();
  const ours = () => programs.reduce((sum, program) => sum + program.cpuSeconds(), 0);
  const cpu = { server: node.cpuSeconds(), ours: ours() };
  const start = performance.now();
  const rate = () => readings / ((performance.now() - start) / 1000);
  await publishRaw({
    port: mosquitto.port,
    count: batches,
    inFlight: 8,
    message: (i) => ({ topic: `wellhead/1/bench/gw${i % gateways}/data`, payload: payloads[i]! }),
  });
  const logged = await until(
    'all batches in the log',
    async () => {
      const ends = await admin.fetchTopicOffsets(id);
      return ends.reduce((sum, { high }) => sum + Number(high), 0) >= batches && rate();
    },
    withinMs,
  );
  await admin.disconnect();
  const stored = await until(
    'all documents',
    async () => (await countDocuments(node, `${id}-readings-*`)) === readings && rate(),
    withinMs,
    250,
  );
  const server = node.cpuSeconds() - cpu.server;
  return { logged, stored, share: (100 * server) / (server + ours() - cpu.ours) };
}

function batchAt(gateway: number, round: number): Uint8Array {
  return encodeBatch({
    site: 'bench',
    gateway: `gw${gateway}`,
    origin: `o${gateway}`,
    lane: 'historical',
    blocks: Array.from({ length: sensors }, (_, i) =>
      encodeBlock(blockAt(`b${gateway}-${i}`, round * perBlock, perBlock)),
    ),
  });
}
