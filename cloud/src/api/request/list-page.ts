// Lists of sensors and gateways come whole for any fleet we know of, and in pages beyond: never cut silently.
import { comparePlaces, type Place } from '../../overview/place.ts';
import { placeCursor } from './cursor.ts';

/** As many sensors as one answer holds: some MB. */
const maxListed = 10_000;

/** The part of an ordered list that a request asks for, and the cursor of the part after it. */
export function pageOf<Item>(
  items: readonly Item[],
  { limit = maxListed, cursor }: { readonly limit?: number | undefined; readonly cursor?: Place | undefined },
  placeOf: (item: Item) => Place,
): { readonly page: readonly Item[]; readonly next: string | null } {
  const rest =
    cursor === undefined ? items : items.filter((item) => comparePlaces(placeOf(item), cursor) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const isAll = rest.length <= limit || last === undefined;
  return { page, next: isAll ? null : placeCursor.encode(placeOf(last)) };
}
