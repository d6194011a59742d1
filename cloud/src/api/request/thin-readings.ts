// A long range as few points: what a chart can show of it.
import { isoTime } from '@wellhead/protocol';
import type { Thinned } from '../../store/thin-query.ts';
import type { ThinnedAnswer } from '../answer/answers.ts';
import type { ApiContext } from '../http/api.ts';
import { type AskedRange, rangeAnswer, rangeOf } from './range.ts';

export interface ThinAsked extends AskedRange {
  readonly site: string;
  readonly sensor: string;
  readonly properties: readonly string[];
  readonly points: number;
}

/** Thinned, or undefined where the range holds no more than that many readings: they are better given as they are. */
export async function thinReadings(
  { store }: ApiContext,
  asked: ThinAsked,
): Promise<ThinnedAnswer | undefined> {
  const { site, sensor, properties, points } = asked;
  const thinned = await store.thin({
    site,
    sensor,
    properties,
    ...rangeOf(asked),
    // Each bucket is drawn as two points.
    buckets: Math.floor(points / 2),
  });
  const count = thinned.buckets.reduce((sum, { readings }) => sum + readings, 0);
  if (count + thinned.untimely <= points) return undefined;
  return {
    method: 'minmax',
    bucketSeconds: thinned.bucketMs / 1000,
    buckets: thinned.buckets.map((bucket) => bucketAnswer(bucket, properties)),
    count,
    untimely: thinned.untimely,
    range: rangeAnswer(asked),
  };
}

type Bucket = Thinned['buckets'][number];

function bucketAnswer(
  { start, readings, first, last, cells }: Bucket,
  properties: readonly string[],
): ThinnedAnswer['buckets'][number] {
  const values = properties.map((property, p) => {
    const { count, min, max, worst } = cells[p]!;
    const known = count > 0;
    return [
      property,
      { count, min: known ? min : null, max: known ? max : null, flag: worst ?? null },
    ] as const;
  });
  return {
    start: isoTime(start),
    readings,
    firstMeasuredAt: isoTime(first),
    lastMeasuredAt: isoTime(last),
    values: Object.fromEntries(values),
  };
}
