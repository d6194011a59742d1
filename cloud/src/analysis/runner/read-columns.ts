// Readings of one sensor out of the store, column by column.
import { causes as causeNumbers, flags as flagNumbers } from '@wellhead/protocol';
import type { ReadingCursor, ReadingStore, StoredReading } from '../../store/reading-store.ts';
import type { ReadingColumns } from './messages.ts';

export interface ColumnsQuery {
  readonly site: string;
  readonly sensor: string;
  readonly properties: readonly string[];
  /** Half-open. */
  readonly from: number;
  readonly to: number;
}

/** Readings in memory at once; each page is a turn of the event loop of its own. */
const pageSize = 2_000;

/** Page after page in the order of time; none where there is no reading. */
export async function* readColumns(store: ReadingStore, query: ColumnsQuery): AsyncGenerator<ReadingColumns> {
  for (let after: ReadingCursor | undefined; ; ) {
    const { readings, next } = await store.readings({ ...query, limit: pageSize, ...(after && { after }) });
    if (readings.length > 0) yield columnsOf(readings, query.properties);
    if (next === undefined) return;
    after = next;
  }
}

/** Readings whose time is known to be wrong are left out: they would be seen at a moment that was not theirs. */
export function columnsOf(readings: readonly StoredReading[], properties: readonly string[]): ReadingColumns {
  const timely = readings.filter(({ time }) => time.flag !== flagNumbers.bad);
  const count = timely.length;
  const times = new Float64Array(count);
  const values = properties.map(() => new Float64Array(count).fill(Number.NaN));
  const flags = properties.map(() => new Uint8Array(count).fill(flagNumbers.missing));
  const causes = properties.map(() => new Uint8Array(count));
  for (const [i, reading] of timely.entries()) {
    times[i] = Date.parse(reading.measuredAt);
    for (const [p, property] of properties.entries()) {
      const value = reading.values[property];
      if (value === undefined) continue;
      if (typeof value === 'number') values[p]![i] = value;
      flags[p]![i] = reading.flags[property] ?? flagNumbers.notEvaluated;
      const cause = reading.causes[property];
      if (cause !== undefined) causes[p]![i] = (causeNumbers as Readonly<Record<string, number>>)[cause] ?? 0;
    }
  }
  return { times, values, flags, causes };
}
