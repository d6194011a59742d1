// From Mosquitto into Elasticsearch: who is busy, and how a peer fares at the same work on the same node.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { makeFolder, startProgram, until } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { type ElasticsearchNode, startElasticsearch } from '../../test/real/elasticsearch.ts';
import { type Mosquitto, startMosquitto } from '../../test/real/mosquitto.ts';
import { startTelegraf } from '../../test/real/telegraf.ts';
import { countDocuments } from './count-documents.ts';
import { blockAt, timeAt, valuesAt } from './groundwater.ts';
import { type Figure, figure, type Row } from './row.ts';

const sensors = 20;
const perBlock = 500;
const rounds = 10;
const readings = sensors * perBlock * rounds;
const runs = 3;
const peerReadings = 50_000;
const withinMs = 120_000;

export const mqttElasticsearch: Row = {
  ids: ['mqtt.elasticsearch', 'mqtt.elasticsearch-cpu-share', 'mqtt.elasticsearch-telegraf'],
  title: 'Mosquitto to Elasticsearch',
  async run(say) {
    const mosquitto = await startMosquitto();
    const node = await startElasticsearch();
    try {
      if (mosquitto === undefined || 'missing' in node) {
        say('missing' in node ? node.missing : 'Mosquitto cannot be had here');
        return [];
      }
      const ours = await measureOurs(mosquitto, node, say);
      const theirs = await measureTelegraf(mosquitto, node, say);
      return [...ours, ...theirs];
    } finally {
      if (!('missing' in node)) await node.close();
      await mosquitto?.close();
    }
  },
};

async function measureOurs(
  mosquitto: Mosquitto,
  node: ElasticsearchNode,
  say: (text: string) => void,
): Promise<Figure[]> {
  const folder = makeFolder('bench-elasticsearch');
  const cloud = await startProgram('cloud', folder.path, {
    roles: ['bridge', 'indexer'],
    data: './cloud',
    bridge: { url: `mqtt://127.0.0.1:${mosquitto.port}`, name: 'bench' },
    store: { kind: 'elasticsearch', nodes: [node.url], prefix: 'bench', linger: '200ms' },
  });
  try {
    const rates: number[] = [];
    const shares: number[] = [];
    for (let run = 0; run < runs; run++) {
      const before = await countDocuments(node, 'bench-readings-*');
      const payloads = Array.from({ length: rounds }, (_, round) =>
        encodeBatch({
          site: 'bench',
          gateway: 'gw',
          origin: `run${run}`,
          lane: 'historical',
          blocks: Array.from({ length: sensors }, (_, i) =>
            encodeBlock(blockAt(`b${i}`, round * perBlock, perBlock)),
          ),
        }),
      );
      const cpu = { server: node.cpuSeconds(), cloud: cloud.cpuSeconds() };
      const start = performance.now();
      await publishRaw({
        port: mosquitto.port,
        count: rounds,
        inFlight: 4,
        message: (i) => ({ topic: 'wellhead/1/bench/gw/data', payload: payloads[i]! }),
      });
      await until(
        'all documents',
        async () => (await countDocuments(node, 'bench-readings-*')) === before + readings,
        withinMs,
        250,
      );
      rates.push(readings / ((performance.now() - start) / 1000));
      const server = node.cpuSeconds() - cpu.server;
      shares.push((100 * server) / (server + cloud.cpuSeconds() - cpu.cloud));
      say(`run ${run + 1} of ${runs}`);
    }
    return [
      figure(
        'mqtt.elasticsearch',
        rates,
        'readings/s',
        'five properties a document, keyed, from batches; durable before the receipt',
      ),
      figure(
        'mqtt.elasticsearch-cpu-share',
        shares,
        '%',
        'of the processor time that Elasticsearch and ours used, what Elasticsearch used',
      ),
    ];
  } finally {
    await cloud.kill();
    folder.remove();
  }
}

async function measureTelegraf(
  mosquitto: Mosquitto,
  node: ElasticsearchNode,
  say: (text: string) => void,
): Promise<Figure[]> {
  say('building and starting Telegraf');
  const index = 'telegraf-readings';
  const telegraf = await startTelegraf({ brokerPort: mosquitto.port, elasticsearchUrl: node.url, index });
  if (telegraf === undefined) return [];
  const publish = (from: number, howMany: number) =>
    publishRaw({
      port: mosquitto.port,
      count: howMany,
      inFlight: 1_000,
      message: (i) => ({
        topic: 'peer/b1/telemetry',
        payload: JSON.stringify({ ts: timeAt(from + i), ...valuesAt(from + i) }),
      }),
    });
  try {
    // Until it has subscribed, messages go nowhere.
    await until(
      'Telegraf to take messages',
      async () => {
        await publish(0, 1);
        return (await countDocuments(node, index)) > 0;
      },
      withinMs,
      500,
    );
    const rates: number[] = [];
    for (let run = 0; run < runs; run++) {
      const before = await countDocuments(node, index);
      const start = performance.now();
      await publish(run * peerReadings, peerReadings);
      await until(
        'all documents',
        async () => (await countDocuments(node, index)) >= before + peerReadings,
        withinMs,
        250,
      );
      rates.push(peerReadings / ((performance.now() - start) / 1000));
      say(`Telegraf, run ${run + 1} of ${runs}`);
    }
    return [
      figure(
        'mqtt.elasticsearch-telegraf',
        rates,
        'readings/s',
        'the peer: Telegraf 1.37.2, a JSON message a reading, no keys: a repeat is a second document',
      ),
    ];
  } finally {
    await telegraf.close();
  }
}
