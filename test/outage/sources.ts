// What the sensors of an outage test publish: generated readings, and years of measured ones where those are there.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBorehole } from '../../sim/src/borehole/borehole.ts';
import { openCsvFile } from '../../sim/src/replay/csv-file.ts';
import { readCsvReadings } from '../../sim/src/replay/csv-readings.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { loadSensorType } from '../../sim/src/sensor-type.ts';
import { repository } from '../harness/program.ts';

const bgsFolder = join(repository, '../shared/data/bgs');
const generatedSensors = ['generated-1', 'generated-2'];
const hourMs = 3_600_000;

/** Sensors that publish by themselves, with what each says until the signal. */
export function sourcesOf(seed: number): Map<string, (over: AbortSignal) => AsyncIterable<SensorReading>> {
  const measured = existsSync(bgsFolder) ? ['emb2', 'emb3'] : [];
  return new Map([
    ...measured.map((sensor) => [sensor, (over: AbortSignal) => paced(bgsReadings(sensor), over)] as const),
    ...generatedSensors.map(
      (sensor, i) => [sensor, (over: AbortSignal) => generated(seed + measured.length + i, over)] as const,
    ),
  ]);
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
