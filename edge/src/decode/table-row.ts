// Lines of a table to readings: which column is the time and which a property, by number or by the heading.
import type { SensorType, Value } from '@wellhead/protocol';
import { parse } from 'csv-parse/sync';
import { readCell } from './cell.ts';
import type { Decoded } from './message.ts';
import type { ReadTime } from './time-format.ts';

/** A column by its number, from 1, or by its heading. */
export type Column = number | string;

export interface TableMapping {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** Put together with a blank: one column, or one for the date and one for the time of day. */
  readonly time: readonly Column[];
  /** One for each property of the type, in its order; undefined: not in this table. */
  readonly values: readonly (Column | undefined)[];
  /** So many cells has every line; left out: as many as the heading, or as many as are needed. */
  readonly width?: number | undefined;
  readonly readTime: ReadTime;
}

/** Where in a line what stands, from 0. */
export interface Layout {
  readonly width: number | undefined;
  readonly time: readonly number[];
  readonly values: readonly (number | undefined)[];
}

/** The cells of one line; undefined when a quote in it is not closed. */
export function splitLine(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  try {
    const records = parse(line, { delimiter, relax_column_count: true, relax_quotes: true });
    return (records[0] as string[] | undefined) ?? [];
  } catch {
    return undefined;
  }
}

/** Whether the columns can be found by number alone. */
export function needsHeading({ time, values }: Pick<TableMapping, 'time' | 'values'>): boolean {
  return [...time, ...values].some((column) => typeof column === 'string');
}

/** The places of the columns, or which of them the heading lacks. */
export function layOut(mapping: TableMapping, heading?: readonly string[]): Layout | { lacks: string } {
  const names = (heading ?? []).map((name) => name.trim());
  let lacks: string | undefined;
  const find = (column: Column): number => {
    const place = typeof column === 'number' ? column - 1 : names.indexOf(column);
    if (place < 0) lacks ??= String(column);
    return place;
  };
  const time = mapping.time.map(find);
  // The first that is lacking is told of the time; a property may be one that this table has not.
  const isTimeLacking = lacks !== undefined;
  const values = mapping.values.map((column) => (column === undefined ? undefined : find(column)));
  if (lacks !== undefined && (isTimeLacking || values.every((place) => place === undefined || place < 0)))
    return { lacks };
  return {
    width: mapping.width ?? (heading === undefined ? undefined : names.length),
    time,
    values: values.map((place) => (place !== undefined && place >= 0 ? place : undefined)),
  };
}

/** Whether a line holds words only, as headings do: no row of readings has neither number nor time. */
export function isHeading(cells: readonly string[], { decimal, readTime }: TableMapping): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.every((cell) => typeof readCell(cell, {}, decimal) !== 'number' && !isTime(cell, readTime));
}

function isTime(cell: string, readTime: ReadTime): boolean {
  return readTime(cell) !== undefined || /^\d\d?:\d\d(:\d\d)?/.test(cell.trim());
}

/** The reading of one line, or why it is none. */
export function readRow(
  cells: string[],
  { width, time, values }: Layout,
  type: SensorType,
  { decimal, readTime }: TableMapping,
): Decoded {
  if (width !== undefined) {
    // Some loggers end every line with a delimiter.
    while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop();
    // A line cut short may end in half a number: what is there of it cannot be trusted.
    if (cells.length !== width)
      return { reason: 'bad-frame', detail: `${cells.length} cells, ${width} are expected` };
  }
  const read: (Value | undefined)[] = [];
  let named = 0;
  for (const [p, property] of type.properties.entries()) {
    const place = values[p];
    const cell = place === undefined ? undefined : cells[place];
    if (cell !== undefined) named++;
    read.push(cell === undefined ? undefined : readCell(cell, property, decimal));
  }
  if (named === 0) return { reason: 'no-value', detail: 'none of the columns is in the line' };
  if (time.length === 0) return { values: read };
  const said = time.map((place) => (cells[place] ?? '').trim()).join(' ');
  const measuredAt = readTime(said);
  if (measuredAt === undefined) return { reason: 'bad-time', detail: `the time is "${said.slice(0, 40)}"` };
  return { measuredAt, values: read };
}
