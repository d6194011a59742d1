// The reading side of the API over HTTP: lists of a large fleet, a zoomed-out chart, a whole series as a file.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTestApi, type TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { openDuckdbStore } from '../../cloud/src/store/duckdb/duckdb-store.ts';
import { openDatabase } from '../../cloud/src/store/duckdb/open/database.ts';
import type { StoredBatch } from '../../cloud/src/store/reading-store.ts';
import { makeFolder } from '../../test/harness/program.ts';
import { blockAt, properties } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const sensors = 10_000;
const asked = 9;
/** Five years of a quarter of an hour, six series. */
const perSeries = 5 * 365.25 * 96;
const series = 6;
const exported = 1_000_000;
const exports = 5;
const perBlock = 1_000;

export const api: Row = {
  ids: [
    ...['api.latest-ms', 'api.sensors-ms', 'api.thin-ms', 'api.export-csv', 'memory.api-export'],
    ...['api.export-arrow', 'memory.api-export-arrow'],
  ],
  title: 'the API over DuckDB',
  async run(say) {
    const folder = makeFolder('bench-api');
    const path = join(folder.path, 'readings.duckdb');
    const open = async () =>
      openTestApi({ store: await openDuckdbStore({ path, memoryLimit: '256MB', threads: 2 }) });
    try {
      let server = await open();
      say('filling a fleet of 10,000 sensors');
      for (let first = 0; first < sensors; first += perBlock)
        await server.store.write([
          batch(
            'fleet',
            Array.from({ length: perBlock }, (_, i) => blockAt(`b${first + i}`, 0, 2)),
          ),
        ]);
      const latest = await timed(() => read(server, '/api/v1/latest', sensors));
      const lists = await timed(() => read(server, '/api/v1/sensors', sensors));
      await server.close();
      rmSync(path);

      server = await open();
      say('filling 1.05 million readings of one site');
      for (let s = 0; s < series; s++)
        await fill(server, { sensor: `s${s}`, count: perSeries, site: 'zoom' });
      const thin = await timed(async () => {
        const names = Array.from({ length: series }, (_, s) => `s${s}`);
        await Promise.all(
          names.map((name) =>
            read(
              server,
              `/api/v1/readings?site=zoom&sensor=${name}&properties=water_level&thin=minmax&points=2000`,
            ),
          ),
        );
      });
      say('filling 1 million readings of one sensor');
      await fill(server, { sensor: 'b1', count: exported, site: 'export', names: properties });
      const { rates, growth } = await exportAll(server, 'csv');
      const arrow = await exportAll(server, 'arrow');
      await server.close();
      const peer = await copyRate(path, join(folder.path, 'peer.csv'));
      return [
        figure('api.latest-ms', latest, 'ms', 'newest readings of 10,000 sensors; the bar is 100'),
        figure('api.sensors-ms', lists, 'ms', 'all that is known of 10,000 sensors'),
        figure(
          'api.thin-ms',
          thin,
          'ms',
          '1.05 million readings of six series, 2,000 points each; the bar is 200',
        ),
        figure(
          'api.export-csv',
          rates,
          'readings/s',
          `DuckDB’s own COPY of the same columns to a file: ${Math.round(peer).toLocaleString('en-GB')}; the bar is 300,000`,
        ),
        figure('memory.api-export', growth, 'MB', 'growth of the process while 127 MB go out'),
        figure(
          'api.export-arrow',
          arrow.rates,
          'readings/s',
          `the same readings as an Arrow stream; as CSV in the same run: ${Math.round(median(rates)).toLocaleString('en-GB')}`,
        ),
        figure(
          'memory.api-export-arrow',
          arrow.growth,
          'MB',
          `growth of the process while ${Math.round(arrow.bytes / 1e6)} MB go out`,
        ),
      ];
    } finally {
      folder.remove();
    }
  },
};

function batch(site: string, blocks: StoredBatch['blocks']): StoredBatch {
  return {
    site,
    gateway: 'gw',
    origin: 'o',
    lane: 'historical' as const,
    storedAt: Date.now(),
    seqIsTime: false,
    blocks,
  };
}

interface Fill {
  readonly site: string;
  readonly sensor: string;
  readonly count: number;
  readonly names?: readonly string[];
}

async function fill(server: TestApi, { site, sensor, count, names = ['water_level'] }: Fill): Promise<void> {
  for (let first = 0; first < count; first += 50 * perBlock) {
    const blocks: StoredBatch['blocks'][number][] = [];
    for (let at = first; at < Math.min(count, first + 50 * perBlock); at += perBlock)
      blocks.push(blockAt(sensor, at, Math.min(perBlock, count - at), names));
    await server.store.write([batch(site, blocks)]);
  }
}

/** Whole answers: the last byte counts. */
async function read(server: TestApi, path: string, expected?: number): Promise<void> {
  const response = await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  if (expected !== undefined && text.split('"sensor":').length - 1 !== expected)
    throw new Error(`${path} does not hold ${expected} sensors`);
}

async function timed(work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < asked; i++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

/** The client is a process of its own: its work is not the server's. */
async function exportAll(
  { url }: TestApi,
  format: 'csv' | 'arrow',
): Promise<{ rates: number[]; growth: number[]; bytes: number }> {
  const address = `${url}/api/v1/export?site=export&sensor=b1&format=${format}`;
  // Lines are counted; a stream of batches is whole where it ends with the mark of its end.
  const client = `let lines = 0, bytes = 0, last = Buffer.alloc(0);
    require('node:http').get(${JSON.stringify(address)}, (answer) => {
      answer.on('data', (piece) => {
        bytes += piece.length;
        if (${format === 'arrow'}) last = Buffer.concat([last, piece.subarray(-8)]).subarray(-8);
        else for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
      });
      answer.on('end', () => {
        const isWhole = ${format === 'arrow'} ? last.toString('hex') === 'ffffffff00000000' : lines === ${exported + 1};
        process.stdout.write(String(bytes));
        process.exitCode = isWhole ? 0 : 1;
      });
    });`;
  const rates: number[] = [];
  const growth: number[] = [];
  let bytes = 0;
  for (let run = 0; run < exports; run++) {
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const begun = performance.now();
    const child = spawn(process.execPath, ['-e', client], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    bytes = Number(said);
    clearInterval(watch);
    if (code !== 0) throw new Error('the export was not whole');
    rates.push(exported / ((performance.now() - begun) / 1000));
    growth.push((peak - before) / 1024 ** 2);
  }
  return { rates, growth, bytes };
}

/** The same columns of the same file, sorted and written by the database alone. */
async function copyRate(path: string, target: string): Promise<number> {
  const settings = { path, memoryLimit: '256MB', threads: 2, checkpointAt: '64MB' };
  const { instance, writer } = await openDatabase(settings);
  const values = properties.flatMap((_, p) => [`value_${p}`, `flag_${p}`, `cause_${p}`]).join(', ');
  const rates: number[] = [];
  for (let run = 0; run < exports; run++) {
    const begun = performance.now();
    await writer.run(
      `COPY (SELECT epoch_ms(measured_at::BIGINT), seq, origin, revision, epoch_ms(received_at::BIGINT),
         epoch_ms(stored_at::BIGINT), time_flag, time_cause, ${values}
       FROM readings_0 WHERE sensor = (SELECT id FROM sensors WHERE site = 'export') ORDER BY measured_at, origin, seq)
       TO '${target}' (HEADER)`,
    );
    rates.push(exported / ((performance.now() - begun) / 1000));
  }
  writer.closeSync();
  instance.closeSync();
  return median(rates);
}

function median(rates: readonly number[]): number {
  return rates.toSorted((a, b) => a - b)[exports >> 1]!;
}
