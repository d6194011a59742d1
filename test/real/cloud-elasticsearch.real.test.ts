// The real cloud program on a real Elasticsearch: started without it, killed, and asked for what it was sent.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleBlock, seqs } from '../../cloud/src/store/reading-store.testing.ts';
import { getJson, makeFolder, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix } from './elasticsearch-stores.ts';

const node = await startElasticsearch();
const missing = 'missing' in node ? node.missing : undefined;
const perBatch = 500;
const batches = 40;

describe.skipIf(missing !== undefined)(`Elasticsearch${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in node) return;
  afterAll(() => node.close());

  it('serves the cloud program, which loses nothing when it is killed and when the server is', async () => {
    const folder = makeFolder('cloud-elasticsearch');
    const config = {
      data: folder.path,
      broker: { port: 0 },
      http: { port: 0 },
      store: { kind: 'elasticsearch', nodes: [node.url], prefix: newPrefix(), linger: '50ms' },
    };
    let cloud = await startProgram('cloud', folder.path, config);
    const publish = (first: number, count: number) =>
      publishRaw({
        port: cloud.said.broker as number,
        count,
        inFlight: 4,
        message: (i) => {
          const low = (first + i) * perBatch + 1;
          const block = encodeBlock(sampleBlock({}, seqs(low, low + perBatch - 1)));
          const head = { site: 'site-a', gateway: 'gateway-1', origin: 'origin-1', lane: 'live' as const };
          return {
            topic: 'wellhead/1/site-a/gateway-1/data',
            payload: encodeBatch({ ...head, blocks: [block] }),
          };
        },
      });
    await publish(0, batches / 2);
    await cloud.kill();
    cloud = await startProgram('cloud', folder.path, config);
    await node.kill();
    await publish(batches / 2, batches / 2);
    await node.restart();
    const summary = await until(
      'all readings',
      async () => {
        const { sensors } = await getJson<{ sensors: { readings: number; missing?: unknown }[] }>(
          `http://127.0.0.1:${cloud.said.http}/api/v1/sensors`,
        );
        return sensors[0]?.readings === perBatch * batches && sensors[0];
      },
      60_000,
      200,
    );
    expect(summary).toMatchObject({ readings: perBatch * batches });
    expect(await cloud.stop()).toBe(0);

    // Their month is long past: with a bound they go at the start.
    cloud = await startProgram('cloud', folder.path, {
      ...config,
      store: { ...config.store, keepMonths: 1 },
    });
    await until('the months to be dropped', async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${cloud.said.http}/metrics`)).text();
      return metrics.includes(`readings_dropped_total ${perBatch * batches}`);
    });
    expect(await getJson(`http://127.0.0.1:${cloud.said.http}/api/v1/sensors`)).toMatchObject({
      sensors: [],
    });
    expect(await cloud.stop()).toBe(0);
    folder.remove();
  });
});
