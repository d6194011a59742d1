// Loads a range page by page, as far as a page can sensibly show it.
import type { ReadingsAnswer, SensorAnswer } from '../../../src/api/answers.ts';
import type { StoredReading } from '../../../src/store/reading-store.ts';
import { fetchAnswer } from './fetch-answer.ts';

/** More than the pixels of ten screens; beyond it browsers get slow and nobody sees more. */
export const mostLoaded = 20_000;
const pageSize = 10_000;
/** Aims below the most, as readings are not spread evenly. */
const aim = 0.9;
const mostTries = 4;

export interface Loaded {
  readonly readings: readonly StoredReading[];
  /** The range that was loaded: shorter than the one asked for where that holds too many. */
  readonly from: number;
  readonly to: number;
  /** True where readings of the range asked for are left out. */
  readonly isPart: boolean;
}

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal;
}

export function readingsPath(sensor: SensorAnswer, from: number, to: number): string {
  const query = new URLSearchParams({
    site: sensor.site,
    sensor: sensor.sensor,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  return `/api/v1/readings?${query}`;
}

/** The newest part of the range where it holds more than the page loads. */
export async function loadReadings(sensor: SensorAnswer, { from, to, signal }: Asked): Promise<Loaded> {
  let start = from;
  if (expected(sensor, from, to) > mostLoaded)
    start = to - ((to - from) * mostLoaded * aim) / expected(sensor, from, to);
  for (let tries = 1; ; tries++) {
    const { readings, isAll } = await loadFrom(sensor, { from: start, to, signal });
    if (isAll || tries === mostTries) {
      const end = isAll ? to : Date.parse(readings.at(-1)!.measuredAt) + 1;
      return { readings, from: start, to: end, isPart: start > from || !isAll };
    }
    start = to - (to - start) / 2;
  }
}

/** How many readings the range holds if they are spread evenly over the sensor's life. */
function expected(
  { readings, firstMeasuredAt, lastMeasuredAt }: SensorAnswer,
  from: number,
  to: number,
): number {
  if (firstMeasuredAt === null || lastMeasuredAt === null) return 0;
  const first = Date.parse(firstMeasuredAt);
  const last = Date.parse(lastMeasuredAt);
  if (last <= first) return readings;
  const shared = Math.max(0, Math.min(to, last) - Math.max(from, first));
  return (readings * shared) / (last - first);
}

async function loadFrom(
  sensor: SensorAnswer,
  { from, to, signal }: Asked,
): Promise<{ readonly readings: StoredReading[]; readonly isAll: boolean }> {
  const readings: StoredReading[] = [];
  let cursor: string | null = '';
  while (cursor !== null && readings.length < mostLoaded) {
    const path = `${readingsPath(sensor, from, to)}&limit=${pageSize}${cursor && `&cursor=${cursor}`}`;
    const answer: ReadingsAnswer = await fetchAnswer<ReadingsAnswer>(path, signal);
    for (const reading of answer.readings) readings.push(reading);
    cursor = answer.next;
  }
  return { readings, isAll: cursor === null };
}
