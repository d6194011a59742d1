// A thinned property as a chart needs it: the stretches it stands for, each with its lowest and highest value.
import type { ThinnedAnswer } from '../../../src/api/answer/answers.ts';
import type { Point } from './point.ts';

const good = 1;

/** One point for each bucket that names the property, in order of time. */
export function pointsOfBuckets({ buckets, bucketSeconds }: ThinnedAnswer, property: string): Point[] {
  const points: Point[] = [];
  for (const { firstMeasuredAt, lastMeasuredAt, readings, values } of buckets) {
    const cell = values[property];
    if (cell === undefined || cell.flag === null) continue;
    const from = Date.parse(firstMeasuredAt);
    const to = Date.parse(lastMeasuredAt);
    const { min, max } = cell;
    points.push({
      time: (from + to) / 2,
      // The line goes through the middle; the envelope around it is what is known.
      value: min === null || max === null ? null : (min + max) / 2,
      flag: cell.flag ?? good,
      cause: undefined,
      stretch: { from, to, low: min, high: max, readings, seconds: bucketSeconds },
    });
  }
  return points;
}
