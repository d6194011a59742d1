// One page of a list, newest first, however many Elasticsearch gives in one answer.
import type { StartCursor } from '../../start-cursor.ts';

/** What Elasticsearch gives in one answer. */
export const pageMost = 10_000;

interface PageSource<Item> {
  readonly search: (size: number, after: StartCursor | undefined) => Promise<readonly Item[]>;
  readonly placeOf: (item: Item) => StartCursor;
}

/** `next` is present exactly when more follow. */
export async function findPage<Item>(
  { limit, after }: { readonly limit: number; readonly after?: StartCursor },
  { search, placeOf }: PageSource<Item>,
): Promise<{ readonly items: readonly Item[]; readonly next?: StartCursor }> {
  const items: Item[] = [];
  for (let place = after; ; ) {
    const size = Math.min(limit + 1 - items.length, pageMost);
    const found = await search(size, place);
    items.push(...found);
    if (found.length < size || items.length > limit) break;
    place = placeOf(found.at(-1)!);
  }
  if (items.length <= limit) return { items };
  return { items: items.slice(0, limit), next: placeOf(items[limit - 1]!) };
}
