// Readings as numbers, column by column, for those who compute with them.
import { causeNumber, flags as flagNumbers } from '@wellhead/protocol';
import type { StoredReading } from './stored-reading.ts';

/** In order of time. Each property asked for has a column of values, of flags and of causes. */
export interface ReadingColumns {
  /** Milliseconds since 1970, UTC. */
  readonly times: Float64Array;
  /** NaN where there is no number. */
  readonly values: readonly Float64Array[];
  /** 2 (not evaluated) where the reading does not name the property; 9 (missing) where it does, without a value. */
  readonly flags: readonly Uint8Array[];
  readonly causes: readonly Uint8Array[];
}

/** Columns of so many readings without any value. */
export function emptyColumns(count: number, width: number): ReadingColumns {
  const each = <Column>(make: () => Column) => Array.from({ length: width }, make);
  return {
    times: new Float64Array(count),
    values: each(() => new Float64Array(count).fill(Number.NaN)),
    flags: each(() => new Uint8Array(count).fill(flagNumbers.notEvaluated)),
    causes: each(() => new Uint8Array(count)),
  };
}

/** The columns of whole readings. Those whose time is known to be wrong (4) are left out. */
export function columnsOf(readings: readonly StoredReading[], properties: readonly string[]): ReadingColumns {
  const timely = readings.filter(({ time }) => time.flag !== flagNumbers.bad);
  const columns = emptyColumns(timely.length, properties.length);
  const { times, values, flags, causes } = columns;
  for (const [i, reading] of timely.entries()) {
    times[i] = Date.parse(reading.measuredAt);
    for (const [p, property] of properties.entries()) {
      const value = reading.values[property];
      if (value === undefined) continue;
      if (typeof value === 'number') values[p]![i] = value;
      flags[p]![i] = reading.flags[property] ?? flagNumbers.notEvaluated;
      causes[p]![i] = causeNumber(reading.causes[property]);
    }
  }
  return columns;
}
