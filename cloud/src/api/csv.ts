// Readings as CSV: one header line, one line per reading.
import type { Value } from '@wellhead/protocol';
import type { StoredReading } from '../store/reading-store.ts';

/**
 * Lines end with LF. RFC 4180 asks for CRLF, but every reader of tables takes both, while line tools
 * (cut, awk, sort, diff) would carry the CR into the last column.
 */
const lineEnd = '\n';

const fixedColumns = [
  'measuredAt',
  'seq',
  'origin',
  'revision',
  'receivedAt',
  'storedAt',
  'timeFlag',
  'timeCause',
];

export function csvHeader(properties: readonly string[]): string {
  const columns = properties.flatMap((property) => [property, `${property}_flag`, `${property}_cause`]);
  return [...fixedColumns, ...columns].join(',') + lineEnd;
}

/** A property that a reading does not name is three empty cells; one without a value has its flag (9). */
export function csvLine(reading: StoredReading, properties: readonly string[]): string {
  let line =
    `${reading.measuredAt},${numberText(reading.seq)},${cell(reading.origin)},${reading.revision},` +
    `${reading.receivedAt},${reading.storedAt},${reading.time.flag},${cell(reading.time.cause ?? '')}`;
  for (const property of properties) {
    const flag = reading.flags[property];
    if (flag === undefined) line += ',,,';
    else line += `,${valueCell(reading.values[property])},${flag},${cell(reading.causes[property] ?? '')}`;
  }
  return line + lineEnd;
}

function valueCell(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return cell(defuse(value));
}

/** The shortest text that reads back as the same double. JavaScript's own drops the sign of -0. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Spreadsheets run text that begins with = + - @ (or a tab or CR before them) as a formula, and such text can
 * come from whoever may publish readings. An apostrophe before it stops that. Numbers are never touched, so
 * -1.5 stays a number. Text that begins with an apostrophe gets one more: taking one away always gives the original.
 */
function defuse(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
