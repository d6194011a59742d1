// Which column of a CSV file is the time and which a property, by its header or as the user says.
import { type SensorType, WellheadError } from '@wellhead/protocol';
import { isNumeric } from './cells.ts';
import { isTimeOfDay, parseTime } from './time.ts';

/** Where a file keeps what: the columns of the time and of each property. */
export interface Layout {
  /** Cells in a line. */
  readonly width: number;
  /** One column with the whole time, or two with date and time of day. */
  readonly time: readonly number[];
  readonly properties: readonly { readonly column: number; readonly name: string }[];
  /** Names of the columns that are not read. */
  readonly skipped: readonly string[];
  /** The first line names the columns. */
  readonly hasHeader: boolean;
}

const timeNames = new Set(['measuredat', 'timestamp', 'datetime', 'time', 'date']);

/**
 * Reads what `--columns` says: `date,time,sec,ph,-,water_level`, `measuredAt,sec,…`; `-` skips a column.
 * @throws WellheadError CONFIG_INVALID with what is wrong and which names there are
 */
export function parseColumns(spec: string, type: SensorType): Omit<Layout, 'hasHeader'> {
  const names = spec.split(',').map((name) => name.trim());
  const properties: { column: number; name: string }[] = [];
  const times = new Map<string, number>();
  names.forEach((name, column) => {
    if (name === '-') return;
    const isTime = name === 'date' || name === 'time' || name === 'measuredAt';
    if (isTime ? times.has(name) : properties.some((p) => p.name === name)) {
      throw columnsError(`"${name}" is named twice`, type);
    }
    if (isTime) times.set(name, column);
    else if (type.properties.some((property) => property.name === name)) properties.push({ column, name });
    else throw columnsError(`"${name}" is no column of the sensor type ${type.type}`, type);
  });
  const time = times.has('measuredAt') ? ['measuredAt'] : ['date', 'time'];
  if (times.size !== time.length || !time.every((name) => times.has(name))) {
    throw columnsError('name the time: either measuredAt, or both date and time', type);
  }
  return { width: names.length, time: time.map((name) => times.get(name)!), properties, skipped: [] };
}

function columnsError(problem: string, type: SensorType): WellheadError {
  const known = ['date', 'time', 'measuredAt', '-', ...type.properties.map((property) => property.name)];
  return new WellheadError('CONFIG_INVALID', `--columns: ${problem}`, {
    hint: `Use these names: ${known.join(', ')}.`,
  });
}

/** Could the line be a row of readings? Names of columns are neither numbers nor times. */
export function isHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return (
    filled.length > 0 &&
    filled.every((cell) => !isNumeric(cell) && !isTimeOfDay(cell) && parseTime(cell) === undefined)
  );
}

/** The layout of a file without a header: date and time, or one time, then the type's properties in order. */
export function loggerLayout(firstLine: readonly string[], type: SensorType): Layout {
  const time = firstLine[1] !== undefined && isTimeOfDay(firstLine[1]) ? [0, 1] : [0];
  const properties = type.properties.map(({ name }, p) => ({ column: time.length + p, name }));
  return { width: time.length + properties.length, time, properties, skipped: [], hasHeader: false };
}

/**
 * The layout that a header tells. Columns are matched to the names and titles of the type's properties,
 * without regard to case, blanks, `_`, `-` and a unit in brackets.
 * @throws WellheadError CONFIG_INVALID when there is no time, or no property at all
 */
export function headerLayout(header: readonly string[], type: SensorType, timeColumn?: string): Layout {
  const plain = header.map(plainName);
  const time = timeColumn === undefined ? findTime(plain) : [plain.indexOf(plainName(timeColumn))];
  if (time.includes(-1)) {
    throw new WellheadError('CONFIG_INVALID', `no time column among: ${listOf(header)}`, {
      hint: 'Name it with --time-column NAME, or all columns with --columns.',
    });
  }
  const properties: { column: number; name: string }[] = [];
  const skipped: string[] = [];
  plain.forEach((name, column) => {
    if (time.includes(column)) return;
    const match = type.properties.find((p) => name === plainName(p.name) || name === plainName(p.title));
    if (match === undefined || properties.some((p) => p.name === match.name))
      skipped.push(header[column]!.trim());
    else properties.push({ column, name: match.name });
  });
  if (properties.length === 0) {
    throw new WellheadError(
      'CONFIG_INVALID',
      `no column of the sensor type ${type.type} among: ${listOf(header)}`,
      {
        hint: `Use --columns with these names: ${type.properties.map((p) => p.name).join(', ')}.`,
      },
    );
  }
  return { width: header.length, time, properties, skipped, hasHeader: true };
}

function findTime(plain: readonly string[]): number[] {
  const date = plain.indexOf('date');
  const time = plain.indexOf('time');
  if (date >= 0 && time >= 0) return [date, time];
  return [plain.findIndex((name) => timeNames.has(name))];
}

/** Fit for a terminal, whatever the file is. */
function listOf(header: readonly string[]): string {
  return header.join(', ').replace(/\p{C}/gu, '?').slice(0, 400);
}

function plainName(name: string): string {
  return name
    .replace(/[([].*[)\]]/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
