// Times as sources write them: in their own order of day and month, and in their own zone.
import { readTime } from './time.ts';

export interface TimeHints {
  /** As `DD.MM.YYYY HH:mm`; left out: ISO 8601, or a number since 1970. */
  readonly timeFormat?: string | undefined;
  /** Of times that name none: `+01:00` or `Z`; left out: UTC. */
  readonly zone?: string | undefined;
}

/** Milliseconds since 1970 UTC; undefined when the value is no time. */
export type ReadTime = (value: unknown) => number | undefined;

const token = /YYYY|YY|MM|M|DD|D|HH|H|mm|ss|SSS/g;
const patterns: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
};
/** `+01:00`, `-0330`, `Z`. */
const zonePattern = /^(?:Z|([+-])(\d\d):?([0-5]\d))$/;

/** Minutes ahead of UTC; undefined when it is no zone. */
export function readZone(zone: string): number | undefined {
  const parts = zonePattern.exec(zone);
  if (parts === null) return undefined;
  const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
  return minutes > 14 * 60 ? undefined : minutes * (parts[1] === '-' ? -1 : 1);
}

/** Whether the format says at least the day, and nothing twice. */
export function isTimeFormat(format: string): boolean {
  const names = (format.match(token) ?? []).map((name) => /\?<(\w+)>/.exec(patterns[name]!)![1]!);
  return (
    new Set(names).size === names.length && ['year', 'month', 'day'].every((name) => names.includes(name))
  );
}

/** Reads times as the hints say; made once, because the format is compiled. */
export function createTimeReader({ timeFormat, zone }: TimeHints): ReadTime {
  const minutesAhead = zone === undefined ? 0 : (readZone(zone) ?? 0);
  if (timeFormat === undefined) {
    return (value) => readTime(isNumeral(value) ? Number(value) : value, minutesAhead);
  }
  let source = '';
  let from = 0;
  for (const match of timeFormat.matchAll(token)) {
    source += quote(timeFormat.slice(from, match.index)) + patterns[match[0]]!;
    from = match.index + match[0].length;
  }
  const pattern = new RegExp(`^${source}${quote(timeFormat.slice(from))}$`, 'u');
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    const parts = pattern.exec(String(value).trim())?.groups;
    if (parts === undefined) return undefined;
    const { year, month, day, hour = '0', minute = '00', second = '00', fraction = '0' } = parts;
    const date = `${year!.padStart(4, '20')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
    return readTime(`${date}T${hour.padStart(2, '0')}:${minute}:${second}.${fraction}`, minutesAhead);
  };
}

/** Seconds since 1970 as text, as CSV and XML have them. Eight digits are a date without its dashes. */
function isNumeral(value: unknown): boolean {
  return typeof value === 'string' && /^\s*\d{9,}(\.\d+)?\s*$/.test(value);
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
