// One property's readings as a chart needs them: a line that breaks where nothing is known, and marks.
import type { StoredReading } from '../../../src/api/answer/answers.ts';
import type { Loaded } from '../client/load-readings.ts';
import type { Point } from './point.ts';
import { pointsOfBuckets } from './series-of-buckets.ts';

export interface Series {
  /** Every reading or stretch that names the property, in order of time. */
  readonly points: readonly Point[];
  /** The line: times in seconds, null where it breaks. */
  readonly xs: readonly number[];
  readonly ys: readonly (number | null)[];
  /** Stretches without any reading, longer than a gap. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
  /** Stretches whose readings came as backlog, long after they were measured. */
  readonly late: readonly (readonly [from: number, to: number])[];
  /** Good values with a break on both sides: no line would show them. */
  readonly alone: readonly Point[];
  readonly suspect: readonly Point[];
  readonly bad: readonly Point[];
  readonly missing: readonly Point[];
  /** Lowest and highest of what the axis must show; bad values do not count. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

const good = 1;
const suspectFlag = 3;
const badFlag = 4;
const missingFlag = 9;

/** `gapMs`: further apart than this, two readings are not joined. */
export function seriesOf({ thinned, readings }: Loaded, property: string, gapMs: number): Series {
  const points: Point[] = thinned === undefined ? [] : pointsOfBuckets(thinned, property);
  for (const reading of readings) {
    const value = reading.values[property];
    if (value === undefined) continue;
    points.push({
      time: Date.parse(reading.measuredAt),
      value,
      flag: reading.flags[property] ?? good,
      cause: reading.causes[property],
    });
  }
  return {
    points,
    ...lineOf(points, gapMs),
    ...rangeOf(points),
    ...marksOf(points),
    late: lateOf(readings, gapMs),
  };
}

/** Backlog as a few stretches: readings of it that follow each other closely are one. */
function lateOf(readings: readonly StoredReading[], gapMs: number): [number, number][] {
  const stretches: [number, number][] = [];
  let isOpen = false;
  for (const { historical, measuredAt } of readings) {
    const time = Date.parse(measuredAt);
    const last = stretches.at(-1);
    if (historical && isOpen && last !== undefined && time - last[1] <= gapMs) last[1] = time;
    else if (historical) stretches.push([time, time]);
    isOpen = historical;
  }
  return stretches;
}

function isJoined({ value, flag, stretch }: Point): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  // Of a stretch, bad and missing values are not in its lowest and highest.
  return stretch !== undefined || (flag !== badFlag && flag !== missingFlag);
}

const beginOf = ({ time, stretch }: Point) => stretch?.from ?? time;
const endOf = ({ time, stretch }: Point) => stretch?.to ?? time;

function lineOf(points: readonly Point[], gapMs: number): Pick<Series, 'xs' | 'ys' | 'alone' | 'gaps'> {
  const xs: number[] = [];
  const ys: (number | null)[] = [];
  const alone: Point[] = [];
  const gaps: [number, number][] = [];
  let previous: Point | undefined;
  for (const [i, point] of points.entries()) {
    // A gap has no reading to hold the break, so one is put into its middle.
    if (previous !== undefined && beginOf(point) - endOf(previous) > gapMs) {
      gaps.push([endOf(previous), beginOf(point)]);
      xs.push((endOf(previous) + beginOf(point)) / 2000);
      ys.push(null);
    }
    xs.push(point.time / 1000);
    ys.push(isJoined(point) ? (point.value as number) : null);
    if (isJoined(point) && !joins(previous, point, gapMs) && !joins(point, points[i + 1], gapMs))
      alone.push(point);
    previous = point;
  }
  return { xs, ys, alone, gaps };
}

function joins(a: Point | undefined, b: Point | undefined, gapMs: number): boolean {
  return a !== undefined && b !== undefined && isJoined(a) && isJoined(b) && beginOf(b) - endOf(a) <= gapMs;
}

function rangeOf(points: readonly Point[]): Pick<Series, 'low' | 'high'> {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (!isJoined(point)) continue;
    low = Math.min(low, point.stretch?.low ?? (point.value as number));
    high = Math.max(high, point.stretch?.high ?? (point.value as number));
  }
  return low > high ? { low: undefined, high: undefined } : { low, high };
}

function marksOf(points: readonly Point[]): Pick<Series, 'suspect' | 'bad' | 'missing'> {
  // Where in a stretch the flagged value stood is not known: it is marked at the foot, as one without a height.
  const hasHeight = ({ value, stretch }: Point) => typeof value === 'number' && stretch === undefined;
  return {
    suspect: points.filter((point) => point.flag === suspectFlag && hasHeight(point)),
    bad: points.filter((point) => point.flag === badFlag && hasHeight(point)),
    // A bad value that is no number cannot stand at a height; it counts where no value is.
    missing: points.filter(
      (point) => point.flag === missingFlag || (point.flag === badFlag && !hasHeight(point)),
    ),
  };
}

/** The place of the point nearest to a time; undefined where there are none. */
export function nearest(points: readonly Point[], time: number): number | undefined {
  if (points.length === 0) return undefined;
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - points[low - 1]!.time < points[low]!.time - time ? low - 1 : low;
}
