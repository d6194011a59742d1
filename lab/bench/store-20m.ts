// Twenty million five-property readings in DuckDB held to 512 MB: stored, asked, opened again.
import { fork } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckdbStore } from '../../cloud/src/store/duckdb/duckdb-store.ts';
import type { StoredBatch } from '../../cloud/src/store/reading-store.ts';
import { makeFolder } from '../../test/harness/program.ts';
import { blockAt, timeAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const readings = 20_000_000;
const sensors = 100;
const perWrite = 50_000;
const perBlock = 1_000;
const dayMs = 86_400_000;
const askEach = 9;

interface Result {
  readonly rate: number;
  readonly latestMs: number[];
  readonly rangeMs: number[];
  readonly peakBytes: number;
  readonly fileBytes: number;
  readonly openMs: number;
}

export const store20m: Row = {
  ids: [
    'store.20m-write',
    'store.20m-latest',
    'store.20m-range',
    'store.20m-open',
    'store.20m-file',
    'memory.store-20m',
  ],
  title: '20,000,000 readings, DuckDB held to 512 MB',
  async run(say) {
    const folder = makeFolder('bench-20m');
    try {
      const result = await new Promise<Result>((resolve, reject) => {
        const child = fork(fileURLToPath(import.meta.url), [folder.path], { execArgv: process.execArgv });
        child.on('message', (message: Result | string) => {
          if (typeof message === 'string') say(message);
          else resolve(message);
        });
        child.once('exit', (code) => reject(new Error(`the store ended with ${code}`)));
      });
      return [
        figure(
          'store.20m-write',
          [result.rate],
          'readings/s',
          'memory_limit 512MB, 2 threads, writes of 50,000',
        ),
        figure('store.20m-latest', result.latestMs, 'ms', 'newest reading of 100 sensors'),
        figure('store.20m-range', result.rangeMs, 'ms', '60 days (1,440 readings) of one of 100 sensors'),
        figure('store.20m-open', [result.openMs], 'ms', 'opening the file again'),
        figure('store.20m-file', [result.fileBytes / readings], 'bytes a reading', 'on the disk'),
        figure('memory.store-20m', [result.peakBytes / 1024 ** 2], 'MB', 'peak of the process'),
      ];
    } finally {
      folder.remove();
    }
  },
};

async function storeTwentyMillion(folder: string): Promise<Result> {
  const path = join(folder, 'readings.duckdb');
  const open = () => openDuckdbStore({ path, memoryLimit: '512MB', threads: 2 });
  let store = await open();
  const start = performance.now();
  let made = 0;
  for (let written = 0; written < readings; written += perWrite) {
    const begun = performance.now();
    const round = Math.floor(written / (sensors * perBlock));
    const firstSensor = (written / perBlock) % sensors;
    const batch: StoredBatch = {
      site: 'bench',
      gateway: 'gw',
      origin: 'o',
      lane: 'historical',
      storedAt: Date.now(),
      seqIsTime: false,
      blocks: Array.from({ length: perWrite / perBlock }, (_, i) =>
        blockAt(`b${firstSensor + i}`, round * perBlock, perBlock),
      ),
    };
    made += performance.now() - begun;
    await store.write([batch]);
    if (written % 1_000_000 === 0) process.send!(`${written / 1_000_000} of ${readings / 1_000_000} million`);
  }
  const rate = readings / ((performance.now() - start - made) / 1000);
  const timed = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < askEach; i++) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
    return times;
  };
  const latestMs = await timed(() => store.latest());
  let sensor = 0;
  const from = timeAt(100_000);
  const rangeMs = await timed(async () => {
    const query = { site: 'bench', sensor: `b${sensor++}`, from, to: from + 60 * dayMs, limit: 10_000 };
    const page = await store.readings(query);
    if (page.readings.length !== 1_440) throw new Error(`${page.readings.length} readings instead of 1440`);
  });
  await store.close();
  const begun = performance.now();
  store = await open();
  const openMs = performance.now() - begun;
  const all = (await store.stats()).readings;
  if (all !== readings) throw new Error(`${all} readings instead of ${readings}`);
  await store.close();
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
  return { rate, latestMs, rangeMs, peakBytes: peak, fileBytes: statSync(path).size, openMs };
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.send(await storeTwentyMillion(process.argv[2]!));
  process.disconnect();
}
