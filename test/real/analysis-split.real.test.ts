// The analysis as a process of its own: it shares a Kafka log and an Elasticsearch store with the others.
import { afterAll, describe, expect, it } from 'vitest';
import { batchOf, firstHour, hour } from '../../cloud/src/analysis/round/runner.testing.ts';
import { makeFolder, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix, openStore } from './elasticsearch-stores.ts';
import { startKafka } from './kafka.ts';

const [elasticsearch, kafka] = [await startElasticsearch(), await startKafka()];
const missing = [elasticsearch, kafka].flatMap((node) => ('missing' in node ? [node.missing] : []));

describe.skipIf(missing.length > 0)(
  `the analysis by itself${missing.map((why) => ` (${why})`).join('')}`,
  () => {
    if ('missing' in elasticsearch || 'missing' in kafka) return;
    afterAll(async () => {
      await elasticsearch.close();
      await kafka.close();
    });

    it('finds what another process stored, also after it was killed', async () => {
      const folder = makeFolder('analysis-split');
      const prefix = newPrefix();
      const shared = {
        http: { port: 0 },
        log: { kind: 'kafka', brokers: [kafka.address], topic: `analysis-${process.pid}`, partitions: 2 },
        store: { kind: 'elasticsearch', nodes: [elasticsearch.url], prefix, linger: '50ms' },
      };
      const taking = {
        ...shared,
        data: './taking',
        roles: ['broker', 'bridge', 'indexer'],
        broker: { port: 0 },
      };
      const analysing = { ...shared, data: './analysing', roles: ['analysis'], analysis: { every: '100ms' } };
      const cloud = await startProgram('cloud', folder.path, taking, { fileName: 'taking' });
      let analysis = await startProgram('cloud', folder.path, analysing, { fileName: 'analysing' });
      const store = await openStore(elasticsearch.url, prefix);
      const publish = (from: number, to: number) =>
        publishRaw({
          port: cloud.said.broker as number,
          count: 3,
          inFlight: 3,
          message: (i) => ({
            topic: 'wellhead/1/kent/gw/data',
            payload: batchOf({ sensor: `b${i}`, from, to, faults: { dropouts: [700, 701], step: 1_000 } }),
          }),
        });
      const starts = async () =>
        (await store.events.find({ limit: 1_000 })).events
          .filter(({ sensors }) => sensors.length === 1)
          .map(({ start, sensors }) => `${sensors[0]} ${(start - firstHour) / hour}`);
      await publish(0, 800);
      await until('the dropouts', async () => (await starts()).length >= 3, 120_000, 500);
      await analysis.kill();
      await publish(800, 1_440);
      analysis = await startProgram('cloud', folder.path, analysing, { fileName: 'analysing' });
      const expected = [0, 1, 2].flatMap((i) => [`b${i} 1000`, `b${i} 700`]);
      await until('the steps', async () => (await starts()).length >= expected.length, 120_000, 500);
      expect((await starts()).sort()).toEqual(expect.arrayContaining(expected));
      const regions = await until(
        'the region',
        async () => {
          const { events } = await store.events.find({ limit: 1_000, kind: 'process' });
          const found = events.filter(({ sensors }) => sensors.length === 3);
          return found.length > 0 && found;
        },
        60_000,
        500,
      );
      expect(regions).toMatchObject([{ cause: 'regional', start: firstHour + 1_000 * hour }]);
      await store.close();
      expect(await analysis.stop()).toBe(0);
      expect(await cloud.stop()).toBe(0);
      folder.remove();
    });
  },
);
