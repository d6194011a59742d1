// The newest readings of a sensor, whole: for what thinning leaves out, such as causes and times of arrival.
import type { ReadingsAnswer, SensorAnswer, StoredReading } from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';
import { readingsPath } from './load-readings.ts';

const pageSize = 10_000;
/** Two months of quarters of an hour, and more than a browser should hold of readings nobody looks at one by one. */
export const maxNewest = 20_000;

/** Those from `from` on; where they are too many, the first ones are left out. @throws AnswerError */
export async function loadNewest(
  sensor: SensorAnswer,
  from: number,
  signal: AbortSignal,
): Promise<readonly StoredReading[]> {
  const to = Date.parse(sensor.lastMeasuredAt ?? '') + 1;
  const first = Date.parse(sensor.firstMeasuredAt ?? '');
  const perMs = sensor.readings / Math.max(1, to - first);
  const start = Math.max(from, first, to - (maxNewest * 0.9) / perMs);
  const readings: StoredReading[] = [];
  let cursor: string | null = '';
  while (cursor !== null && readings.length < maxNewest) {
    const path = `${readingsPath(sensor, start, to)}&limit=${pageSize}${cursor && `&cursor=${cursor}`}`;
    const answer: ReadingsAnswer = await fetchAnswer<ReadingsAnswer>(path, signal);
    for (const reading of answer.readings as readonly StoredReading[]) readings.push(reading);
    cursor = answer.next;
  }
  return readings;
}
