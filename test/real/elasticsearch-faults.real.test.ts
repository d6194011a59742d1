// What the Elasticsearch store does when its server is killed, overloaded, strict, or asked the same ten times.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ElasticsearchStore } from '../../cloud/src/store/elasticsearch/elasticsearch-store.ts';
import {
  allPages,
  minute,
  sampleBatch,
  seqs,
  start,
  storedForm,
} from '../../cloud/src/store/reading-store.testing.ts';
import type { StoredBatch, WriteResult } from '../../cloud/src/store/reading-store.ts';
import { until } from '../harness/program.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { ask, newPrefix, openStore, removeAll } from './elasticsearch-stores.ts';
import { startFaultProxy } from './fault-proxy.ts';

const node = await startElasticsearch();
const missing = 'missing' in node ? node.missing : undefined;
const monthMs = 31 * 86_400_000;

describe.skipIf(missing !== undefined)(`Elasticsearch${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in node) return;
  const { url } = node;
  let prefix: string;
  let store: ElasticsearchStore;
  beforeEach(async () => {
    prefix = newPrefix();
    store = await openStore(url, prefix);
  });
  afterEach(async () => {
    await store.close();
    await removeAll(url, prefix);
  });
  afterAll(() => node.close());

  /** All documents of readings, by id, as the server itself tells. */
  async function documents(): Promise<Map<string, string>> {
    const answer = await ask<{ hits: { hits: { _id: string; _index: string; _source: object }[] } }>(
      url,
      `${prefix}-readings-*/_search?size=10000&q=_exists_:series`,
    );
    const found = answer.hits.hits.map(
      ({ _id, _index, _source }) => [_id, JSON.stringify([_index, _source])] as const,
    );
    expect(new Set(found.map(([id]) => id)).size).toBe(found.length);
    return new Map(found);
  }

  it('holds every write once, when the server is killed in the middle again and again', async () => {
    const rows = 2_000;
    const sensors = ['well-1', 'well-2', 'well-3'];
    let stop = false;
    let writes = 0;
    const writing = (async () => {
      while (!stop) {
        const first = writes * rows + 1;
        const samples = seqs(first, first + rows - 1);
        await store.write(sensors.map((sensor) => sampleBatch({ sensor }, samples)));
        writes++;
      }
    })();
    for (let kill = 0; kill < 4; kill++) {
      const before = writes;
      await until('a write', () => writes > before, 120_000);
      // Somewhere inside the next: its requests, its refresh, its summaries.
      await pause(Math.random() * 400);
      await node.kill();
      await node.restart();
    }
    stop = true;
    await writing;
    for (const sensor of sensors) {
      const summary = (await store.sensors()).find((one) => one.sensor === sensor);
      expect(summary).toMatchObject({
        readings: writes * rows,
        origins: [{ highest: writes * rows, missing: [] }],
      });
      const { readings } = await allPages(store, { sensor, limit: 10_000 });
      expect(readings.map(({ seq }) => seq)).toEqual(Array.from({ length: writes * rows }, (_, i) => i + 1));
    }
    const again = await openStore(url, prefix);
    expect((await again.stats()).readings).toBe(3 * writes * rows);
    await again.close();
  });

  it('waits out an overload, sets aside what is refused, and loses nothing else', async () => {
    const proxy = await startFaultProxy(url, ({ index, document }) => {
      if (index.endsWith('-series')) return Math.random() < 0.3 ? 429 : undefined;
      if ((document.seq as number) % 100 === 7) return 400;
      return Math.random() < 0.3 ? 429 : undefined;
    });
    const waits: number[] = [];
    const behind = await openStore(proxy.url, prefix, {
      bulk: { docs: 200 },
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    const batches = [sampleBatch({}, seqs(1, 3_000)), sampleBatch({ sensor: 'well-2' }, seqs(1, 2_000))];
    const result = await behind.write(batches);
    await behind.close();
    await proxy.close();
    expect(result).toMatchObject({ written: 4_950, repeated: 0, revised: 0 });
    expect(result.rejected).toHaveLength(50);
    expect(result.rejected![0]).toMatchObject({ reason: '400 fault: the proxy answers 400' });
    expect(storedForm(result.rejected![0]!.batch)).toEqual(storedForm(sampleBatch({}, seqs(7, 7))));
    expect(proxy.answered.get(429)).toBeGreaterThan(1_000);
    expect(waits.length).toBeGreaterThan(0);
    const refused = (seq: number) => seq % 100 === 7;
    const { readings } = await allPages(store, { limit: 10_000 });
    expect(readings).toEqual(storedForm(batches[0]!).filter(({ seq }) => !refused(seq)));
    expect((await store.sensors())[0]!.origins[0]!.missing[0]).toEqual([7, 7]);
    // Mended and sent again, they fill their holes.
    const mended = await store.write(result.rejected!.map(({ batch }) => batch));
    expect(mended).toEqual({ written: 50, repeated: 0, revised: 0 });
    expect((await store.sensors()).map(({ origins }) => origins[0]!.missing)).toEqual([[], []]);
  });

  it('has the same documents after ten deliveries of everything, in any order', async () => {
    const moved = { seq: 5, revision: 2, measuredAt: start + monthMs };
    const messages: StoredBatch[] = [
      sampleBatch({}, seqs(1, 50)),
      sampleBatch({}, [{ seq: 5, revision: 1, values: { water_level: 1 } }]),
      sampleBatch({}, [moved]),
      sampleBatch({ origin: 'origin-2' }, seqs(1, 40, { measuredAt: start - monthMs })),
      sampleBatch({ sensor: 'feed', seqIsTime: true, origin: 'name:feed' }, [
        { seq: start, measuredAt: start },
        { seq: start + minute, measuredAt: start + minute },
      ]),
    ];
    for (const message of messages) await store.write([message]);
    const before = {
      documents: await documents(),
      sensors: await store.sensors(),
      latest: await store.latest(),
    };
    expect(before.documents.size).toBe(92);
    for (let round = 0; round < 10; round++) {
      const shuffled = [...messages].sort(() => Math.random() - 0.5);
      for (const message of shuffled) {
        const { written, revised } = await store.write([message]);
        expect({ written, revised }).toEqual({ written: 0, revised: 0 });
      }
    }
    await store.write(messages);
    expect(await documents()).toEqual(before.documents);
    expect(await store.sensors()).toEqual(before.sensors);
    expect(await store.latest()).toEqual(before.latest);
  });

  it('moves a correction to the month of its time, and back, without leaving a double', async () => {
    const at = (revision: number, measuredAt: number) => sampleBatch({}, [{ seq: 2, revision, measuredAt }]);
    await store.write([sampleBatch({}, seqs(1, 3))]);
    const later = at(1, start + monthMs);
    expect(await store.write([later])).toEqual({ written: 0, repeated: 0, revised: 1 });
    expect((await allPages(store)).readings.map(({ seq }) => seq)).toEqual([1, 3, 2]);
    // The old place must not take the old revision again, by this store or by one that knows nothing.
    const stranger = await openStore(url, prefix);
    for (const one of [store, stranger]) {
      expect(await one.write([sampleBatch({}, seqs(1, 3))])).toEqual({ written: 0, repeated: 3, revised: 0 });
    }
    expect((await store.sensors())[0]).toMatchObject({ readings: 3, lastMeasuredAt: start + monthMs });
    const back = at(2, start + 10);
    expect(await stranger.write([back])).toEqual({ written: 0, repeated: 0, revised: 1 });
    expect(await store.write([later])).toEqual({ written: 0, repeated: 1, revised: 0 });
    await stranger.close();
    expect((await allPages(store)).readings[0]).toEqual(storedForm(back)[0]);
    expect((await store.sensors())[0]).toMatchObject({ readings: 3, lastMeasuredAt: start + 3 * minute });
    // A higher revision that comes first keeps a lower one out, whatever month it is of.
    const early = sampleBatch({ sensor: 'well-2' }, [{ seq: 1, revision: 1, measuredAt: start + monthMs }]);
    await store.write([early]);
    const late = await store.write([sampleBatch({ sensor: 'well-2' }, seqs(1, 1))]);
    expect(late).toEqual({ written: 0, repeated: 1, revised: 0 });
    expect((await allPages(store, { sensor: 'well-2' })).readings).toEqual(storedForm(early));
  });

  it('is written by two processes at once, also the same series, and the summaries are right', async () => {
    const other = await openStore(url, prefix);
    const results: Promise<WriteResult>[] = [];
    for (let round = 0; round < 15; round++) {
      const shared = (parity: number) => [{ seq: 2 * round + parity }];
      results.push(
        store.write([
          sampleBatch({ sensor: 'a' }, seqs(round * 10 + 1, round * 10 + 10)),
          sampleBatch({}, shared(1)),
        ]),
        other.write([
          sampleBatch({ sensor: 'b' }, seqs(round * 10 + 1, round * 10 + 10)),
          sampleBatch({}, shared(2)),
        ]),
      );
    }
    const written = (await Promise.all(results)).reduce((sum, result) => sum + result.written, 0);
    expect(written).toBe(330);
    await other.close();
    expect(
      (await store.sensors()).map(({ sensor, readings, origins }) => [sensor, readings, origins[0]!.missing]),
    ).toEqual([
      ['a', 150, []],
      ['b', 150, []],
      ['well-1', 30, []],
    ]);
    expect((await store.latest({ sensor: 'well-1' }))[0]).toMatchObject({ seq: 30 });
  });

  it('makes lost summaries anew from the readings, when it is opened', async () => {
    const feed = sampleBatch({ sensor: 'feed', seqIsTime: true, origin: 'name:feed' }, [
      { seq: start, measuredAt: start },
    ]);
    await store.write([sampleBatch({}, seqs(1, 9), seqs(12, 20)), feed]);
    await store.write([sampleBatch({}, [{ seq: 20, revision: 1, measuredAt: start + monthMs }])]);
    const seen = async (one: ElasticsearchStore) => [await one.sensors(), await one.latest()];
    const before = await seen(store);
    await ask(url, `${prefix}-series`, { method: 'DELETE' });
    const again = await openStore(url, prefix);
    expect(await seen(again)).toEqual(before);
    expect(await again.write([sampleBatch({}, seqs(1, 20))])).toMatchObject({ written: 2, repeated: 18 });
    await again.close();
  });

  it('makes a summary good that stayed behind in one month, when it is opened', async () => {
    await store.write([sampleBatch({}, seqs(1, 10, { measuredAt: start - monthMs }))]);
    await store.write([sampleBatch({}, seqs(11, 15))]);
    const hit = async () =>
      (
        (await (await fetch(`${url}/${prefix}-series/_search`)).json()) as {
          hits: { hits: { _id: string; _source: unknown }[] };
        }
      ).hits.hits[0]!;
    const { _id, _source } = await hit();
    await store.write([sampleBatch({}, seqs(16, 20), seqs(23, 25))]);
    const after = [await store.sensors(), await store.latest()];
    // As a process leaves it that was killed between the readings and the summary.
    await ask(url, `${prefix}-series/_doc/${_id}?refresh=true`, {
      method: 'PUT',
      body: JSON.stringify(_source),
      headers: { 'content-type': 'application/json' },
    });
    const again = await openStore(url, prefix);
    expect([await again.sensors(), await again.latest()]).toEqual(after);
    expect(await again.write([sampleBatch({}, seqs(11, 25))])).toMatchObject({ written: 2, repeated: 13 });
    await again.close();
  });

  it('drops whole months, and does not call missing what it dropped', async () => {
    const batches = [-2, -1, 0].map((months, i) =>
      sampleBatch({}, seqs(10 * i + 1, 10 * i + 10, { measuredAt: start + months * monthMs })),
    );
    await store.write(batches);
    await store.write([sampleBatch({ sensor: 'old' }, seqs(1, 3, { measuredAt: start - 2 * monthMs }))]);
    expect(await store.dropMonthsBefore(start - 1)).toEqual([{ month: '2025.10', readings: 13 }]);
    expect(await store.dropMonthsBefore(start)).toEqual([{ month: '2025.12', readings: 10 }]);
    // What was dropped stays held: sent again, it changes nothing.
    expect(await store.write([batches[0]!])).toMatchObject({ written: 0, repeated: 10 });
    expect((await store.sensors())[0]).toMatchObject({
      sensor: 'well-1',
      readings: 10,
      firstMeasuredAt: start,
      origins: [{ highest: 30, missing: [] }],
    });
    expect(await store.sensors()).toHaveLength(1);
    const again = await openStore(url, prefix);
    expect((await again.stats()).readings).toBe(10);
    await again.close();
  });

  it('takes properties with dots and blanks, times that nobody measured, and more properties than are searched', async () => {
    const properties = [
      'a',
      'a.b',
      'a.b.c',
      ' ',
      '.',
      '%2E',
      '*',
      ...Array.from({ length: 500 }, (_, i) => `p${i}`),
    ];
    const values = Object.fromEntries(properties.map((property, p) => [property, p + 0.5]));
    const types = ['one', 'two', 'three'].map((type) =>
      sampleBatch(
        {
          sensor: type,
          type,
          properties: properties.map((name) => (name.length > 3 ? `${type}${name}` : name)),
        },
        [{ seq: 1, values }],
      ),
    );
    expect(await store.write(types)).toEqual({ written: 3, repeated: 0, revised: 0 });
    expect((await allPages(store, { sensor: 'one' })).readings).toEqual(storedForm(types[0]!));
    const furthest = sampleBatch({ sensor: 'stray' }, [
      { seq: 1, measuredAt: -8.64e15 + 250 },
      { seq: 2, measuredAt: -0.25 },
      { seq: 3, measuredAt: 8.64e15 - 250 },
    ]);
    await store.write([furthest]);
    expect((await allPages(store, { sensor: 'stray' })).readings).toEqual(storedForm(furthest));
  });

  it('says in time that it cannot be opened, and why', async () => {
    const wait = () => Promise.resolve();
    const nobody = () => openStore('http://127.0.0.1:9', newPrefix(), { wait, openWithinMs: 5_000 });
    await expect(nobody()).rejects.toMatchObject({ code: 'STORE_OPEN' });
    await expect(nobody()).rejects.toThrow(/ECONNREFUSED/);
  });
});
