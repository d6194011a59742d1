// Whole readings column by column, for those who hand on very many: files, mostly.
import {
  causeName,
  causeNumber,
  clockName,
  clockStates,
  columnOf,
  type Flag,
  flags as flagNumbers,
  isoTime,
  type Value,
  type ValueColumn,
  valueAt,
} from '@wellhead/protocol';
import type { StoredReading } from './stored-reading.ts';

/** Some readings of one sensor, in order. Times are milliseconds since 1970, UTC. */
export interface ReadingTable {
  readonly count: number;
  readonly measuredAt: Float64Array;
  readonly receivedAt: Float64Array;
  readonly storedAt: Float64Array;
  readonly seqs: Float64Array;
  readonly revisions: Float64Array;
  readonly origins: Texts;
  readonly gateways: Texts;
  readonly types: Texts;
  readonly clocks: Uint8Array;
  readonly timeFlags: Uint8Array;
  readonly timeCauses: Uint8Array;
  /** 1 where it came as backlog. */
  readonly historical: Uint8Array;
  /** One for each property asked for. */
  readonly cells: readonly TableCells[];
}

/** Texts that repeat: each reading has the number of its own. */
export interface Texts {
  readonly ids: Int32Array;
  readonly byId: readonly string[];
}

/** Flags and causes count only where there is a value. */
export interface TableCells {
  readonly values: ValueColumn;
  readonly flags: Uint8Array;
  readonly causes: Uint8Array;
}

/** The inverse of `readingOf`. */
export function tableOf(readings: readonly StoredReading[], properties: readonly string[]): ReadingTable {
  const count = readings.length;
  const doubles = (of: (reading: StoredReading) => number) => Float64Array.from(readings, of);
  const bytes = (of: (reading: StoredReading) => number) => Uint8Array.from(readings, of);
  return {
    count,
    measuredAt: doubles(({ measuredAt }) => instantOf(measuredAt)),
    receivedAt: doubles(({ receivedAt }) => instantOf(receivedAt)),
    storedAt: doubles(({ storedAt }) => instantOf(storedAt)),
    seqs: doubles(({ seq }) => seq),
    revisions: doubles(({ revision }) => revision),
    origins: textsOf(readings.map(({ origin }) => origin)),
    gateways: textsOf(readings.map(({ gateway }) => gateway)),
    types: textsOf(readings.map(({ type }) => type)),
    clocks: bytes(({ clock }) => clockStates[clock]),
    timeFlags: bytes(({ time }) => time.flag),
    timeCauses: bytes(({ time }) => causeNumber(time.cause)),
    historical: bytes(({ historical }) => Number(historical)),
    cells: properties.map((property) => ({
      values: columnOf(count, (i) => readings[i]!.values[property]),
      flags: bytes(({ flags }) => flags[property] ?? flagNumbers.missing),
      causes: bytes(({ causes }) => causeNumber(causes[property])),
    })),
  };
}

/** The reading at `index`, as a query returns it. */
export function readingOf(
  table: ReadingTable,
  index: number,
  of: { readonly site: string; readonly sensor: string; readonly properties: readonly string[] },
): StoredReading {
  const values: Record<string, Value> = {};
  const flags: Record<string, Flag> = {};
  const causes: Record<string, string> = {};
  for (const [p, property] of of.properties.entries()) {
    const cells = table.cells[p]!;
    const value = valueAt(cells.values, index);
    if (value === undefined) continue;
    values[property] = value;
    flags[property] = cells.flags[index] as Flag;
    if (cells.causes[index] !== 0) causes[property] = causeName(cells.causes[index]!);
  }
  const text = ({ ids, byId }: Texts) => byId[ids[index]!]!;
  const flag = table.timeFlags[index] as Flag;
  const cause = table.timeCauses[index]!;
  return {
    site: of.site,
    sensor: of.sensor,
    type: text(table.types),
    gateway: text(table.gateways),
    origin: text(table.origins),
    seq: table.seqs[index]!,
    revision: table.revisions[index]!,
    measuredAt: isoTime(table.measuredAt[index]!),
    receivedAt: isoTime(table.receivedAt[index]!),
    storedAt: isoTime(table.storedAt[index]!),
    historical: table.historical[index] === 1,
    clock: clockName(table.clocks[index]!),
    time: cause === 0 ? { flag } : { flag, cause: causeName(cause) },
    values,
    flags,
    causes,
  };
}

function textsOf(texts: readonly string[]): Texts {
  const ids = new Map<string, number>();
  for (const text of texts) if (!ids.has(text)) ids.set(text, ids.size);
  return { ids: Int32Array.from(texts, (text) => ids.get(text)!), byId: [...ids.keys()] };
}

/** Milliseconds of an ISO time, with the fractions that `Date.parse` would cut off. */
function instantOf(text: string): number {
  const [, whole = text, fraction = ''] = /^(.*\.\d{3})(\d*)Z$/.exec(text) ?? [];
  return Date.parse(`${whole}Z`) + (fraction === '' ? 0 : Number(`0.${fraction}`));
}
