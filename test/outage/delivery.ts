// Publishes through a station that is being killed, then compares what was acknowledged with what is held.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBorehole } from '../../sim/src/borehole/borehole.ts';
import { createRandom } from '../../sim/src/random.ts';
import { openCsvFile } from '../../sim/src/replay/csv-file.ts';
import { readCsvReadings } from '../../sim/src/replay/csv-readings.ts';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { loadSensorType } from '../../sim/src/sensor-type.ts';
import { repository } from '../harness/program.ts';
import { type Comparison, compareSensor } from './compare.ts';
import { compareCounts } from './compare-counts.ts';
import { openStation, type Station } from './station.ts';

export interface DeliveryOptions {
  readonly seed: number;
  /** How often each part of the station is killed or cut. */
  readonly killsEach: number;
  readonly open?: (sensors: readonly string[]) => Promise<Station>;
  readonly onProgress?: (done: number, of: number, what: string) => void;
}

export interface DeliveryReport {
  readonly seed: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly sensors: Readonly<Record<string, Comparison>>;
  readonly total: Omit<Comparison, 'examples'>;
  readonly examples: readonly string[];
  readonly repeated: number;
  /** Of the acknowledged, those of instruments that were asked, and how they hung on the gateway. */
  readonly polled: { readonly acknowledged: number; readonly answers: number; readonly where: string };
  readonly seconds: number;
}

export const bgsFolder = join(repository, '../shared/data/bgs');
const generatedSensors = ['generated-1', 'generated-2'];
const hourMs = 3_600_000;
const window = 200;

export async function verifyDelivery({
  seed,
  killsEach,
  open = openStation,
  onProgress,
}: DeliveryOptions): Promise<DeliveryReport> {
  const started = performance.now();
  const random = createRandom(seed);
  const measured = existsSync(bgsFolder) ? ['emb2', 'emb3'] : [];
  const sensors = [...measured, ...generatedSensors];
  const station = await open(sensors);
  const over = new AbortController();
  try {
    const runs = sensors.map((sensor, i) =>
      publish(
        station,
        sensor,
        measured.includes(sensor)
          ? paced(bgsReadings(sensor), over.signal)
          : generated(seed + i, over.signal),
      ),
    );
    const kills = await chaos(station, () => random.next(), killsEach, onProgress);
    over.abort();
    const published = await Promise.all(runs);
    await station.instruments.close();
    await station.settled();
    const comparisons: Record<string, Comparison> = {};
    for (const { sensor, readings, acknowledged } of published) {
      comparisons[sensor] = await compareSensor(station.apiUrl, sensor, readings, acknowledged);
    }
    const polled = { acknowledged: 0, answers: 0, where: station.instruments.where };
    for (const [sensor, said] of station.instruments.said) {
      comparisons[sensor] = await compareCounts(station.apiUrl, sensor, said);
      polled.acknowledged += said.acknowledged.size;
      polled.answers += said.given;
    }
    const all = Object.values(comparisons);
    const sum = (name: keyof Omit<Comparison, 'examples'>) =>
      all.reduce((total, one) => total + one[name], 0);
    return {
      seed,
      kills,
      sensors: comparisons,
      total: {
        acknowledged: sum('acknowledged'),
        held: sum('held'),
        lost: sum('lost'),
        doubled: sum('doubled'),
        changed: sum('changed'),
        invented: sum('invented'),
        exportDiffers: sum('exportDiffers'),
      },
      examples: all.flatMap(({ examples }) => examples),
      polled,
      repeated: published.reduce((total, { repeated }) => total + repeated, 0),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    over.abort();
    await station.close();
  }
}

async function chaos(
  station: Station,
  random: () => number,
  killsEach: number,
  onProgress: DeliveryOptions['onProgress'],
): Promise<Record<string, number>> {
  const kills = Object.fromEntries(Object.keys(station.disturb).map((name) => [name, 0]));
  const all = killsEach * Object.keys(kills).length;
  for (let done = 0; done < all; done++) {
    const left = Object.keys(kills).filter((name) => kills[name]! < killsEach);
    const name = left[Math.floor(random() * left.length)]!;
    onProgress?.(done, all, name);
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 350));
    await station.disturb[name]!(random);
    kills[name]!++;
  }
  onProgress?.(all, all, 'all back');
  return kills;
}

async function publish(station: Station, sensor: string, source: AsyncIterable<SensorReading>) {
  const readings = new Map<number, SensorReading>();
  const acknowledged = new Set<number>();
  const noted = async function* () {
    for await (const reading of source) {
      readings.set(reading.measuredAt, reading);
      yield reading;
    }
  };
  const summary = await publishReadings(noted(), {
    brokerUrl: station.sensorUrl,
    sensor,
    window,
    onAcknowledged: ({ measuredAt }) => acknowledged.add(measuredAt),
  });
  if (summary.outcome !== 'finished')
    throw new Error(`${sensor}: publishing ended as ${summary.outcome} (${summary.lastReason})`);
  return { sensor, readings, acknowledged, repeated: summary.repeated };
}

/** As fast as it is taken, until the signal. */
async function* generated(seed: number, signal: AbortSignal): AsyncGenerator<SensorReading> {
  const borehole = createBorehole({
    seed,
    startAt: Date.UTC(2000, 0, 1),
    intervalMs: hourMs / 60,
    faultsPerMonth: 20,
  });
  for (const { index, measuredAt, values } of borehole.readings()) {
    if (signal.aborted) return;
    yield { measuredAt, values: { ...values } };
    // Some ten readings a millisecond: the window is full at every kill, and the comparison stays short.
    if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Spread over the time of the kills, the rest at once when they end. */
async function* paced(
  source: AsyncIterable<SensorReading>,
  signal: AbortSignal,
): AsyncGenerator<SensorReading> {
  for await (const reading of source) {
    yield reading;
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function* bgsReadings(sensor: string): AsyncGenerator<SensorReading> {
  const folder = join(bgsFolder, sensor);
  const type = await loadSensorType('groundwater');
  const files = await Promise.all(
    readdirSync(folder)
      .sort()
      .map((name) => openCsvFile(join(folder, name), { type })),
  );
  for await (const { measuredAt, values } of readCsvReadings(files)) yield { measuredAt, values };
}
