// Readings of one sensor out of the store, as numbers.
import type { ReadingColumns } from '../../store/reading-columns.ts';
import type { ColumnsQuery, ReadingCursor, ReadingStore } from '../../store/reading-store.ts';

/** Readings in memory at once; each page is a turn of the event loop of its own. */
const pageSize = 5_000;

/** Page after page in the order of time; one that is empty where there is no reading. */
export async function* readColumns(
  store: ReadingStore,
  query: Omit<ColumnsQuery, 'limit' | 'after'>,
): AsyncGenerator<{ readonly columns: ReadingColumns; readonly isLast: boolean }> {
  for (let after: ReadingCursor | undefined; ; ) {
    const { columns, next } = await store.columns({ ...query, limit: pageSize, ...(after && { after }) });
    yield { columns, isLast: next === undefined };
    if (next === undefined) return;
    after = next;
  }
}
