// One plain sentence about an event: what, where, when, how much.
import { minuteMs } from '@wellhead/protocol';
import type { DetectedEvent } from '../../event/event.ts';

/** How people call what an event speaks of. */
export interface EventWords {
  readonly sensor: string;
  /** By the name of the property; one without a unit, or unknown, is called by what there is. */
  readonly properties: ReadonlyMap<
    string,
    { readonly title: string; readonly unit: string; readonly resolution?: number }
  >;
}

/** What happened, after the name of the property. */
const happened: Readonly<Record<string, string>> = {
  spike: 'jumped',
  shift: 'moved to another level',
  offset: 'moved to another level and back',
  excursion: 'left its level',
  ramp: 'drifted away',
  'beyond-range': 'left the range of the last year',
  'unusual-course': 'took a course as never before',
  disagreement: 'no longer moved with the other properties',
  dropout: 'dropped out',
  missing: 'was missing',
  'flat-line': 'stood still',
  'instrument-range': 'was beyond what the instrument can measure',
  'rate-of-change': 'changed faster than it can',
  'impossible-value': 'was impossible',
  'out-of-water': 'was measured in the air, out of the water',
  'logger-dropout': 'dropped out with others at once',
  attenuated: 'moved less than it should',
  'sensor-moved': 'was measured elsewhere, as the sensor was moved and put back',
  calibration: 'made a step when the instrument was worked at',
  drift: 'drifted away from the measurements by hand',
  'disagrees-with-neighbours': 'left what the other sensors show',
  'disagrees-with-partner': 'changed fast without what usually goes with it',
};

/**
 * The event as a sentence, with numbers, units and times in UTC: `Water level at Well 1 jumped on 2026-03-01 14:00
 * UTC: 12.31 m where 11.80 m was expected, 1.8 times what is usual at most; it was over at 19:00 UTC.`
 */
export function explainEvent(event: DetectedEvent, words: EventWords): string {
  const { properties, cause, kind, start, peak, value, expected, score } = event;
  const first = properties[0] ?? '';
  const others = properties.slice(1).map((name) => titleOf(name, words));
  const { unit = '', resolution } = words.properties.get(first) ?? {};
  const amount = (number: number) => `${readable(number, resolution)}${unit === '' ? '' : ` ${unit}`}`;
  const what = `${titleOf(first, words)} at ${words.sensor} ${happened[cause] ?? `showed “${cause}”`} on ${time(start)}`;
  const at = peak === start ? '' : ` at its farthest on ${time(peak)}`;
  const numbers =
    Number.isFinite(value) && Number.isFinite(expected) && value !== expected
      ? `: ${amount(value)}${at} where ${amount(expected)} was expected`
      : Number.isFinite(value)
        ? `: ${amount(value)}${at}`
        : '';
  const much = kind === 'process' ? `, ${readable(score, 0.1)} times the threshold` : '';
  const beside = others.length === 0 ? '' : `; ${listed(others)} moved with it`;
  return `${what}${numbers}${much}${beside}; ${howLong(event)}${because(kind)}.`;
}

function howLong({ start, end }: DetectedEvent): string {
  if (end === undefined) return 'it goes on';
  if (end === start) return 'it was one reading';
  return `it lasted ${duration(end - start)}, until ${time(end)}`;
}

function because(kind: DetectedEvent['kind']): string {
  if (kind === 'fault') return '; the instrument is at fault, not the ground';
  return kind === 'maintenance' ? '; people were at work there' : '';
}

function titleOf(property: string, { properties }: EventWords): string {
  return properties.get(property)?.title ?? property;
}

/** As many decimals as the instrument shows; four figures where nobody knows. */
function readable(value: number, resolution: number | undefined): string {
  if (resolution === undefined) return String(Number(value.toPrecision(4)));
  const decimals = Math.min(10, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));
  return value.toFixed(decimals);
}

/** `2026-03-01 14:00 UTC`, to the minute. */
export function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Number((minutes / 60).toFixed(1))} h`;
  return `${Number((minutes / 1440).toFixed(1))} days`;
}

/** `a, b and c` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
