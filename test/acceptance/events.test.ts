// Events from what sensors sent: the real program, killed in the middle of a round, gives the same ones.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { batchOf, firstHour, hour } from '../../cloud/src/analysis/round/runner.testing.ts';
import type { StoredEvent } from '../../cloud/src/event/stored-event.ts';
import { openDuckdbStore } from '../../cloud/src/store/duckdb/duckdb-store.ts';
import { makeFolder, type Program, repository, startProgram, until } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';

const sixtyDays = 60 * 24;
const faults = { dropouts: [700, 701], step: 1_000 };

let folder: ReturnType<typeof makeFolder>;
let cloud: Program;
beforeEach(() => {
  folder = makeFolder('events');
});
afterEach(async () => {
  await cloud.kill();
  folder.remove();
});

const config = { data: './cloud', broker: { port: 0 }, http: { port: 0 }, analysis: { every: '300ms' } };
const start = async () => {
  cloud = await startProgram('cloud', folder.path, config);
};

async function publish(batches: readonly Uint8Array[]): Promise<void> {
  await publishRaw({
    port: cloud.said.broker as number,
    count: batches.length,
    inFlight: 4,
    message: (i) => ({ topic: 'wellhead/1/kent/gw/data', payload: batches[i]! }),
  });
}

const meter = async (name: string) => {
  const text = await (await fetch(`http://127.0.0.1:${cloud.said.http}/metrics`)).text();
  return Number(new RegExp(`^wellhead_cloud_${name} (.*)$`, 'm').exec(text)?.[1]);
};

/** Stops the program when all is analysed, looks into its store, and starts it again. */
async function eventsSoFar(): Promise<readonly StoredEvent[]> {
  await until('the analysis to catch up', async () => (await meter('analysis_lag_entries')) === 0, 60_000);
  expect(await meter('analysis_failures_total')).toBe(0);
  expect(await cloud.stop()).toBe(0);
  const store = await openDuckdbStore({ path: join(folder.path, 'cloud/readings.duckdb') });
  const { events } = await store.events.find({ limit: 1_000, withdrawn: true });
  await store.close();
  await start();
  return events;
}

const batches = (sensor: string, from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / 240) }, (_, i) =>
    batchOf({ sensor, from: from + i * 240, to: Math.min(to, from + (i + 1) * 240), faults }),
  );
const idsOf = (events: readonly StoredEvent[]) =>
  events.filter(({ withdrawn }) => !withdrawn).map(({ id }) => id);

it('come out of the store, with the same names after a kill in the middle of a round', {
  timeout: 180_000,
}, async () => {
  await start();
  const sensors = ['b1', 'b2', 'b3', 'b4'];
  await publish(sensors.flatMap((sensor) => batches(sensor, 0, 480)));
  await publish(sensors.flatMap((sensor) => batches(sensor, 480, sixtyDays)));
  // In a round: some sensors are looked at, none of what it found is written for certain.
  await until('a round under way', async () => (await meter('analysis_series_total')) >= 2);
  await cloud.kill();
  await start();
  const events = await eventsSoFar();
  for (const sensor of sensors) {
    const own = events.filter(
      (event) => event.sensors.length === 1 && event.sensors[0] === sensor && !event.withdrawn,
    );
    expect(own).toContainEqual(
      expect.objectContaining({ start: firstHour + 700 * hour, end: firstHour + 701 * hour, kind: 'fault' }),
    );
    expect(own).toContainEqual(expect.objectContaining({ start: firstHour + 1_000 * hour, kind: 'process' }));
  }

  // Undisturbed, in another folder of data, the same.
  const killed = folder;
  await cloud.stop();
  folder = makeFolder('events-again');
  await start();
  await publish(sensors.flatMap((sensor) => batches(sensor, 0, sixtyDays)));
  expect(idsOf(await eventsSoFar())).toEqual(idsOf(events));
  killed.remove();
});

it('stay as they are when all of it is analysed once more', { timeout: 120_000 }, async () => {
  await start();
  await publish(batches('b1', 0, sixtyDays));
  const events = await eventsSoFar();
  const analyse = () =>
    spawnSync(
      process.execPath,
      [
        join(repository, 'cloud/dist/main.js'),
        'analyse',
        '--config',
        join(folder.path, 'cloud.yaml'),
        '--json',
      ],
      { encoding: 'utf8' },
    );
  const refused = analyse();
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('Stop the cloud');
  await cloud.stop();
  const { status, stdout } = analyse();
  expect(status).toBe(0);
  expect(stdout).toBe('');
  await start();
  expect(await eventsSoFar()).toEqual(events);
});
