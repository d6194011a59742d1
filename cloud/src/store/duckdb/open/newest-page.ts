// One page of a table that has `start`, `id` and all else as JSON, newest first.
import type { DuckDBValue } from '@duckdb/node-api';
import type { StartCursor } from '../../start-cursor.ts';
import type { Query } from './query-lane.ts';

export interface Conditions {
  readonly all: string[];
  readonly values: DuckDBValue[];
}

interface Listed<Item> extends Conditions {
  /** Up to its conditions. */
  readonly select: string;
  readonly limit: number;
  readonly after: StartCursor | undefined;
  readonly read: (row: readonly unknown[]) => Item;
  readonly placeOf: (item: Item) => StartCursor;
}

/** By start and then id; `next` is present exactly when more follow. */
export async function newestPage<Item>(
  query: Query,
  { select, all, values, limit, after, read, placeOf }: Listed<Item>,
): Promise<{ readonly items: readonly Item[]; readonly next?: StartCursor }> {
  const asked = [...values];
  const place = (value: DuckDBValue) => `$${asked.push(value)}`;
  const where = [...all];
  if (after !== undefined) {
    const start = place(after.start);
    where.push(`(start < ${start} OR (start = ${start} AND id < ${place(after.id)}))`);
  }
  const rows = await query(
    `${select} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
     ORDER BY start DESC, id DESC LIMIT ${limit + 1}`,
    asked,
  );
  const found = (await rows.getRows()).map(read);
  const items = found.slice(0, limit);
  return found.length <= limit ? { items } : { items, next: placeOf(items.at(-1)!) };
}
