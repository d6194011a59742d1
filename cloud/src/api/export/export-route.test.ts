import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../store/reading-store.ts';
import { storeWith } from '../../store/store-with.testing.ts';
import type { ProblemBody } from '../http/problem.ts';
import { batchOf, openTestApi, type TestApi } from '../open-api.testing.ts';
import type { FileDescription } from './describe-file.ts';

const start = Date.UTC(2024, 0, 1);
const licence = 'https://creativecommons.org/licenses/by/4.0/';
const odd = [
  '(na)',
  true,
  null,
  -0,
  0.1 + 0.2,
  "'quoted",
  '=1+1',
  '"a",\n"b"',
  undefined,
  Number.NaN,
] as const;
const readings = Array.from({ length: 5_000 }, (_, i) => ({
  seq: i + 1,
  measuredAt: start + i * 1000,
  values: [i % 100 < odd.length ? odd[i % 100] : 28 + i / 100, i],
}));

let api: TestApi;
let folder: string;
let breaksAfter = Number.POSITIVE_INFINITY;
let holdBack: Promise<void> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-test-'));
  api = await openTestApi({
    licence,
    sites: new Map([
      [
        'lancashire',
        {
          site: 'lancashire',
          title: 'Lancashire',
          sensors: { emb3: { title: 'EMB3', datum: 'Ordnance Datum Newlyn' } },
        },
      ],
    ]),
    wrapStore: (store) =>
      storeWith(store, {
        async *scan(query) {
          let tables = 0;
          for await (const table of store.scan(query)) {
            if (++tables > breaksAfter) throw new Error('the disk is gone');
            yield table;
            await holdBack;
          }
        },
      }),
  });
  await api.store.write([batchOf({ properties: ['water_level', 'count'] }, readings)]);
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const ask = (query: string, more: RequestInit = {}) =>
  fetch(`${api.url}/api/v1/export?site=lancashire&sensor=emb3${query}`, more);

describe('an export', () => {
  it('is in CSV what the readings are in CSV', async () => {
    const [exported, asReadings] = await Promise.all([
      ask('').then((answer) => answer.text()),
      fetch(`${api.url}/api/v1/readings?site=lancashire&sensor=emb3&format=csv`).then((answer) =>
        answer.text(),
      ),
    ]);
    expect(exported).toBe(asReadings);
    expect(exported.match(/journal-one/g)).toHaveLength(5_000);
    const day = await (await ask('&from=2024-01-01T00:00:10Z&to=2024-01-01T00:00:20Z')).text();
    expect(day.trimEnd().split('\n')).toHaveLength(11);
  });

  it('is what was known at a moment, and its description leads to the same', async () => {
    const before = await ask('&asOf=2024-05-31T23:59:59.999Z');
    expect((await before.text()).trimEnd().split('\n')).toHaveLength(1);
    const links = before.headers.get('link')!;
    const address = /<([^>]+)>; rel="describedby"/.exec(links)![1]!;
    const { url } = (await (await fetch(api.url + address)).json()) as FileDescription;
    expect((await (await fetch(api.url + url)).text()).trimEnd().split('\n')).toHaveLength(1);
    const then = await ask('&asOf=2024-06-01');
    expect((await then.text()).match(/journal-one/g)).toHaveLength(5_000);
  });

  it('is in NDJSON the readings as the API answers them', async () => {
    const answer = await ask('&format=ndjson&properties=water_level');
    expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StoredReading);
    const page = await fetch(
      `${api.url}/api/v1/readings?site=lancashire&sensor=emb3&properties=water_level&limit=5000`,
    );
    expect(lines).toEqual(((await page.json()) as { readings: StoredReading[] }).readings);
  });

  it('is in Parquet the same numbers, with text beside them and all that is known of the columns', async () => {
    const answer = await ask('&format=parquet');
    expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const path = join(folder, 'readings.parquet');
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = await (
      await connection.run(
        `SELECT seq, epoch_ms(measuredAt)::DOUBLE, water_level, water_level_text, water_level_flag, count
       FROM '${path}' ORDER BY seq`,
      )
    ).getRows();
    expect(rows).toHaveLength(readings.length);
    for (const [i, [seq, time, level, text, flag, count]] of rows.entries()) {
      const { values, measuredAt } = readings[i]!;
      const value = values[0];
      expect([Number(seq), time, count]).toEqual([i + 1, measuredAt, i]);
      expect(level).toEqual(typeof value === 'number' ? value : null);
      expect(text).toBe(typeof value === 'number' || value == null ? null : String(value));
      expect(flag).toBe(value === undefined ? null : value === null ? 9 : 1);
    }
    const metadata = await (
      await connection.run(`SELECT decode(key), decode(value) FROM parquet_kv_metadata('${path}')`)
    ).getRows();
    const byKey = Object.fromEntries(metadata as [string, string][]);
    expect(byKey.license).toBe(licence);
    expect(JSON.parse(byKey.csvw!)).toMatchObject({ 'wellhead:datum': 'Ordnance Datum Newlyn' });
    connection.closeSync();
  });

  it('leads to the description of its columns, with datum and licence', async () => {
    const links = (await ask('&properties=count')).headers.get('link')!;
    expect(links).toContain(`<${licence}>; rel="license"`);
    const address = /<([^>]+)>; rel="describedby"/.exec(links)![1]!;
    const description = (await (await fetch(api.url + address)).json()) as FileDescription;
    expect(description).toMatchObject({ 'dc:license': licence, 'wellhead:datum': 'Ordnance Datum Newlyn' });
    const csv = await (await fetch(api.url + description.url)).text();
    expect(description.tableSchema.columns.map(({ name }) => name).join(',')).toBe(csv.split('\n')[0]);
  });

  it.each(['csv', 'ndjson'])('is seen to be broken when the store breaks (%s)', async (format) => {
    breaksAfter = 1;
    try {
      const { host, port } = { host: '127.0.0.1', port: api.port };
      const text = await new Promise<string>((resolve) => {
        let all = '';
        const socket = connect(port, host, () =>
          socket.write(
            `GET /api/v1/export?site=lancashire&sensor=emb3&format=${format} HTTP/1.1\r\nhost: x\r\n\r\n`,
          ),
        );
        socket.on('data', (data: Buffer) => {
          all += data.toString('latin1');
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(all));
      });
      expect(text).toContain('200 OK');
      // The last chunk of a whole answer is empty.
      expect(text).not.toMatch(/\r\n0\r\n\r\n$/);
      await expect(ask(`&format=${format}`).then((answer) => answer.text())).rejects.toThrow();
    } finally {
      breaksAfter = Number.POSITIVE_INFINITY;
    }
  });

  it('in Parquet is refused with a status when the store breaks, and leaves no files behind', async () => {
    const before = await exportFolders();
    breaksAfter = 1;
    try {
      expect((await ask('&format=parquet')).status).toBe(500);
    } finally {
      breaksAfter = Number.POSITIVE_INFINITY;
    }
    await expect.poll(exportFolders).toEqual(before);
  });

  it('waits its turn: more than four at once are told when to come again', async () => {
    let release: () => void = () => undefined;
    holdBack = new Promise((resolve) => {
      release = resolve;
    });
    const running = await Promise.all(
      [1, 2, 3, 4].map(() => ask('', { headers: { 'accept-encoding': 'identity' } })),
    );
    const refused = await ask('');
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused.json()) as ProblemBody).code).toBe('TOO_MANY_EXPORTS');
    release();
    holdBack = undefined;
    for (const answer of running) expect((await answer.text()).match(/journal-one/g)).toHaveLength(5_000);
    await expect.poll(async () => (await ask('&to=2000')).status).toBe(200);
  });
});

it('an export that its client gives up makes room for others', async () => {
  let release: () => void = () => undefined;
  holdBack = new Promise((resolve) => {
    release = resolve;
  });
  const stop = new AbortController();
  const answer = await ask('', { signal: stop.signal, headers: { 'accept-encoding': 'identity' } });
  expect(answer.status).toBe(200);
  expect(await running()).toBe(1);
  stop.abort();
  release();
  holdBack = undefined;
  await expect(answer.text()).rejects.toThrow();
  await expect.poll(running).toBe(0);
});

it('HEAD of readings as CSV reads no more than the first of them', async () => {
  breaksAfter = 1;
  try {
    const before = api.errors.length;
    const path = '/api/v1/readings?site=lancashire&sensor=emb3&format=csv';
    const answer = await fetch(api.url + path, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    await expect.poll(running).toBe(0);
    expect(api.errors).toHaveLength(before);
  } finally {
    breaksAfter = Number.POSITIVE_INFINITY;
  }
});

async function running(): Promise<number> {
  return Number(/exports_running (\d+)/.exec(await api.meters.text())?.[1]);
}

async function exportFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('wellhead-export-')).sort();
}
