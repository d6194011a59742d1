// What a chart says at its cursor, for eyes and for ears.
import type { PropertyAnswer } from '../../../src/api/answer/answers.ts';
import { describeFlag } from '../format/flag.ts';
import { formatCount, formatValue } from '../format/number.ts';
import { formatAge } from '../format/time.ts';
import { useTime } from '../format/use-time.ts';
import type { Point } from '../series/point.ts';
import type { Series } from '../series/series.ts';
import { FlagMark } from '../view/flag-mark.tsx';
import type { ChartAnnotation } from './chart-annotation.ts';
import type { ChartDip } from './chart-dip.ts';
import type { ChartEvent } from './chart-event.ts';

interface ReadoutProps {
  readonly point: Point | undefined;
  readonly property: PropertyAnswer;
  readonly isCursor: boolean;
  readonly events: readonly ChartEvent[];
  /** Those at the point. */
  readonly annotations: readonly ChartAnnotation[];
}

export function Readout({ point, property, isCursor, events, annotations }: ReadoutProps) {
  const formatTime = useTime();
  if (point === undefined) return <p class="readout">no readings</p>;
  const now = events.filter(({ from, to }) => point.time >= from && point.time <= to);
  return (
    <p class="readout" data-cursor={isCursor}>
      <strong>{valueText(point, property)}</strong>
      <span class="readout-flag">
        <FlagMark flag={point.flag} /> {flagText(point)}
      </span>
      {now.map(({ id, kind, cause }) => (
        <span key={id}>
          {kind}: {cause.replaceAll('-', ' ')}
        </span>
      ))}
      {annotations.map(({ id, name, text }) => (
        <span key={id} class="readout-annotation">
          {name} {text}
        </span>
      ))}
      <time dateTime={new Date(point.time).toISOString()}>{formatTime(point.time)}</time>
      {isCursor ? null : <span class="muted">newest</span>}
    </p>
  );
}

/** Text such as "(na)" is what the instrument said; a unit would make it look like a measurement. */
export function valueText({ value, stretch }: Point, { resolution, unit }: PropertyAnswer): string {
  if (stretch !== undefined && stretch.low !== null) {
    const range = `${formatValue(stretch.low, resolution)} to ${formatValue(stretch.high, resolution)}`;
    return unit ? `${range} ${unit}` : range;
  }
  const text = formatValue(value, resolution);
  return typeof value === 'number' && unit ? `${text} ${unit}` : text;
}

/** Of a stretch, how many readings it stands for and the worst of their flags. */
function flagText({ flag, cause, stretch }: Point): string {
  if (stretch === undefined) return describeFlag(flag, cause);
  const { readings, seconds } = stretch;
  return `${formatCount(readings)} ${readings === 1 ? 'reading' : 'readings'} in ${formatAge(seconds)}, ${flag === 1 ? 'all' : 'worst'} ${describeFlag(flag, cause)}`;
}

/** What a screen reader says at a reading. */
export function spokenReading(
  point: Point,
  property: PropertyAnswer,
  formatTime: (ms: number) => string,
): string {
  return `${valueText(point, property)}, ${flagText(point)}, ${formatTime(point.time)}`;
}

/** What a screen reader says of the chart as a whole. */
export function spokenChart(title: string, { unit, resolution }: PropertyAnswer, series: Series): string {
  const range =
    series.low === undefined
      ? 'no valid values'
      : `between ${formatValue(series.low, resolution)} and ${formatValue(series.high, resolution)} ${unit ?? ''}`;
  const flagged = `${series.suspect.length} suspect, ${series.bad.length} bad, ${series.missing.length} missing`;
  const many = series.points.some(({ stretch }) => stretch !== undefined);
  return `${title}: ${series.points.length} ${many ? 'stretches of readings' : 'readings'} ${range}; ${flagged}. Arrow keys read values, with Shift only flagged ones.`;
}

/** Bad values far off would flatten the line; how many are out of sight is said instead. */
/** The rings in words: how many, and the newest. */
export function DipNote({
  dips,
  property,
}: {
  readonly dips: readonly ChartDip[];
  readonly property: PropertyAnswer;
}) {
  const formatTime = useTime();
  const newest = dips.at(-1);
  if (newest === undefined) return null;
  const value = `${formatValue(newest.value, property.resolution)} ${property.unit ?? ''}`.trim();
  return (
    <p class="plot-note">
      <span class="dip-mark" aria-hidden="true">
        ◉
      </span>{' '}
      Measured by hand: {value} on {formatTime(newest.time)}
      {dips.length === 1 ? '' : `, the newest of ${formatCount(dips.length)} in this range`}.
    </p>
  );
}

export function OutsideNote({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <p class="plot-note">
      <FlagMark flag={4} /> {formatCount(count)} bad {count === 1 ? 'value lies' : 'values lie'} outside the
      axis (arrowheads at the edge).
    </p>
  );
}
