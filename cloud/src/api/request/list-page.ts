// Lists of sensors and gateways come whole for any fleet we know of, and in pages beyond: never cut silently.
import { z } from 'zod';
import { comparePlaces, type Place } from '../../overview/place.ts';

/** As many sensors as one answer holds: some MB. */
export const mostListed = 10_000;

const placeSchema = z.tuple([z.string().max(64), z.string().max(64)]);

/** The part of an ordered list that a request asks for, and the cursor of the part after it. */
export function pageOf<Item>(
  items: readonly Item[],
  {
    limit = mostListed,
    cursor,
  }: { readonly limit?: number | undefined; readonly cursor?: Place | undefined },
  placeOf: (item: Item) => Place,
): { readonly page: readonly Item[]; readonly next: string | null } {
  const rest =
    cursor === undefined ? items : items.filter((item) => comparePlaces(placeOf(item), cursor) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (rest.length <= limit || last === undefined) return { page, next: null };
  return { page, next: Buffer.from(JSON.stringify(placeOf(last))).toString('base64url') };
}

/** What is gone since still has its place in the order. */
export const listCursorParameter = z
  .string()
  .max(300)
  .describe('`next` of the page before')
  .transform((text, context): Place => {
    try {
      return placeSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    } catch {
      context.addIssue({
        code: 'custom',
        message:
          'is not a cursor; give `next` of the page before as it is, or leave it out to begin at the start',
      });
      return z.NEVER;
    }
  });
