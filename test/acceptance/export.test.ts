// The built program gives whole series as files, with the licence of its configuration.
import { encodeBatch, encodeBlock } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { blockAt } from '../../lab/bench/groundwater.ts';
import { getJson, makeFolder, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';

const perBatch = 500;
const batches = 20;
const licence = 'https://creativecommons.org/licenses/by/4.0/';

it('exports what was published, in every form that it describes', async () => {
  const folder = makeFolder('export');
  const config = { data: folder.path, broker: { port: 0 }, http: { port: 0, licence } };
  const cloud = await startProgram('cloud', folder.path, config);
  try {
    await publishRaw({
      port: cloud.said.broker as number,
      count: batches,
      inFlight: 4,
      message: (i) => ({
        topic: 'wellhead/1/site-a/gateway-1/data',
        payload: encodeBatch({
          site: 'site-a',
          gateway: 'gateway-1',
          origin: 'origin-1',
          lane: 'historical',
          blocks: [encodeBlock(blockAt('well-1', i * perBatch, perBatch))],
        }),
      }),
    });
    const api = `http://127.0.0.1:${cloud.said.http}/api/v1`;
    await until('all readings', async () => {
      const { sensors } = await getJson<{ sensors: { readings: number }[] }>(`${api}/sensors`);
      return sensors[0]?.readings === perBatch * batches;
    });
    const file = async (format: string) => {
      const answer = await fetch(`${api}/export?site=site-a&sensor=well-1&format=${format}`);
      expect(answer.headers.get('link')).toContain(`<${licence}>; rel="license"`);
      return Buffer.from(await answer.arrayBuffer());
    };
    expect((await file('csv')).toString().trimEnd().split('\n')).toHaveLength(perBatch * batches + 1);
    expect((await file('ndjson')).toString().trimEnd().split('\n')).toHaveLength(perBatch * batches);
    const parquet = await file('parquet');
    // The magic number at both ends: nothing is cut off.
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
    expect(parquet.subarray(-4).toString()).toBe('PAR1');
    expect(parquet.includes(licence)).toBe(true);
  } finally {
    await cloud.stop();
    folder.remove();
  }
});
