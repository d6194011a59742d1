// The newest readings of a sensor, whole: for what thinning leaves out, such as causes and times of arrival.
import type { ReadingsAnswer, SensorAnswer, StoredReading } from '../../../src/api/answer/answers.ts';
import { readingsPath } from './list-path.ts';
import { loadPages } from './load-pages.ts';

const pageSize = 10_000;
/** Two months of quarters of an hour, and more than a browser should hold of readings nobody looks at one by one. */
export const maxNewest = 20_000;

/** Those from `from` on; where they are too many, the first ones are left out. @throws AnswerError */
export function loadNewest(
  sensor: SensorAnswer,
  from: number,
  signal: AbortSignal,
): Promise<readonly StoredReading[]> {
  const to = Date.parse(sensor.lastMeasuredAt ?? '') + 1;
  const first = Date.parse(sensor.firstMeasuredAt ?? '');
  const perMs = sensor.readings / Math.max(1, to - first);
  const start = Math.max(from, first, to - (maxNewest * 0.9) / perMs);
  return loadPages(readingsPath(sensor, { from: start, to }), signal, {
    itemsOf: ({ readings }: ReadingsAnswer) => readings as readonly StoredReading[],
    pageSize,
    max: maxNewest,
  });
}
