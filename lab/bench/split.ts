// Two bridges and two indexers against one of each: what a split brings, and who is busy meanwhile.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, type Program, startProgram, until } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { type ElasticsearchNode, startElasticsearch } from '../../test/real/elasticsearch.ts';
import { type KafkaBroker, startKafka } from '../../test/real/kafka.ts';
import { plainClient } from '../../test/real/kafka-logs.ts';
import { type Mosquitto, startMosquitto } from '../../test/real/mosquitto.ts';
import { countDocuments } from './count-documents.ts';
import { blockAt } from './groundwater.ts';
import { type Figure, figure, type Row } from './row.ts';

const gateways = 8;
const sensors = 10;
const perBlock = 250;
const rounds = 5;
const batches = gateways * rounds;
const readings = batches * sensors * perBlock;
/** Bridges alone are so much quicker that they need more to do. */
const batchesToLog = 1_000;
const runs = 3;
const withinMs = 240_000;
const splits = [1, 2] as const;

interface Engines {
  readonly mosquitto: Mosquitto;
  readonly kafka: KafkaBroker;
  readonly node: ElasticsearchNode;
  readonly payloads: readonly Uint8Array[];
}

/** One run, in readings a second: into the log by bridges alone, and into the store; percent of the processor time. */
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
      const payloads = Array.from({ length: batches }, (_, i) =>
        batchAt(i % gateways, Math.floor(i / gateways)),
      );
      const engines = { mosquitto, kafka, node, payloads };
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
  const id = `split.${n}x${n}`;
  const [bridges, indexers] = n === 1 ? ['one bridge', 'one indexer'] : [`${n} bridges`, `${n} indexers`];
  const of = (name: keyof Run) => found.map((run) => run[name]);
  return [
    figure(`${id}-log`, of('logged'), 'readings/s', `${bridges} alone, from Mosquitto into Kafka`),
    figure(
      id,
      of('stored'),
      'readings/s',
      `${bridges}, ${indexers}: from Mosquitto into Elasticsearch, all on the same cores`,
    ),
    figure(
      `${id}-cpu-share`,
      of('share'),
      '%',
      'of the processor time that Elasticsearch and ours used, what Elasticsearch used',
    ),
  ];
}

async function measure(engines: Engines, n: number, name: string): Promise<Run> {
  const id = `split-${n}-${name}`;
  const logged = await withPrograms(engines, { n, id: `${id}-log`, roles: ['bridge'] }, () =>
    intoLog(engines, `${id}-log`),
  );
  const stored = await withPrograms(engines, { n, id, roles: ['bridge', 'indexer'] }, (programs) =>
    intoStore(engines, id, programs),
  );
  return { logged, ...stored };
}

async function withPrograms<T>(
  { mosquitto, kafka, node }: Engines,
  { n, id, roles }: { readonly n: number; readonly id: string; readonly roles: readonly string[] },
  work: (programs: readonly Program[]) => Promise<T>,
): Promise<T> {
  const folder = makeFolder('bench-split');
  const programs: Program[] = [];
  try {
    for (const name of roles.flatMap((role) => Array.from({ length: n }, (_, i) => `${role}-${i}`))) {
      const config = {
        roles: [name.split('-')[0]],
        data: `${folder.path}/${name}`,
        bridge: {
          url: `mqtt://127.0.0.1:${mosquitto.port}`,
          name: `${id}-${name}`,
          group: id,
          sessionExpiry: '1s',
        },
        log: { kind: 'kafka', brokers: [kafka.address], topic: id, partitions: 8 },
        store: { kind: 'elasticsearch', nodes: [node.url], prefix: id, linger: '200ms' },
      };
      programs.push(await startProgram('cloud', folder.path, config, { fileName: name }));
    }
    // What is published before they have subscribed goes nowhere.
    await until('the bridges to be at the broker', () =>
      programs.slice(0, n).every((program) => program.log().includes('the broker is reached')),
    );
    return await work(programs);
  } finally {
    await Promise.all(programs.map((program) => program.kill()));
    folder.remove();
  }
}

async function intoLog(engines: Engines, topic: string): Promise<number> {
  const admin = plainClient(engines.kafka.address).admin();
  await admin.connect();
  const start = performance.now();
  await publish(engines, batchesToLog);
  await until(
    'all batches in the log',
    async () => {
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.reduce((sum, { high }) => sum + Number(high), 0) >= batchesToLog;
    },
    withinMs,
  );
  const seconds = (performance.now() - start) / 1000;
  await admin.disconnect();
  return (batchesToLog * sensors * perBlock) / seconds;
}

async function intoStore(
  engines: Engines,
  id: string,
  programs: readonly Program[],
): Promise<Omit<Run, 'logged'>> {
  const { node } = engines;
  const ours = () => programs.reduce((sum, program) => sum + program.cpuSeconds(), 0);
  const cpu = { server: node.cpuSeconds(), ours: ours() };
  const start = performance.now();
  await publish(engines, batches);
  await until(
    'all documents',
    async () => (await countDocuments(node, `${id}-readings-*`)) === readings,
    withinMs,
    250,
  );
  const seconds = (performance.now() - start) / 1000;
  const server = node.cpuSeconds() - cpu.server;
  return { stored: readings / seconds, share: (100 * server) / (server + ours() - cpu.ours) };
}

/** As many batches as there are, and from the first again where there are not enough. */
function publish({ mosquitto, payloads }: Engines, count: number): Promise<unknown> {
  return publishRaw({
    port: mosquitto.port,
    count,
    inFlight: 8,
    message: (i) => ({ topic: `wellhead/1/bench/gw${i % gateways}/data`, payload: payloads[i % batches]! }),
  });
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
