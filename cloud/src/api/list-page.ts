// Lists of sensors come whole for any fleet we know of, and in pages beyond: never cut silently.
import { z } from 'zod';

export interface SensorName {
  readonly site: string;
  readonly sensor: string;
}

/** As many sensors as one answer holds: some MB. */
export const mostListed = 10_000;

const placeSchema = z.tuple([z.string().max(64), z.string().max(64)]);

/** By site and sensor, as the letters' numbers say: the order of every list. */
export function compareNames(a: SensorName, b: SensorName): number {
  if (a.site !== b.site) return a.site < b.site ? -1 : 1;
  return a.sensor < b.sensor ? -1 : Number(a.sensor > b.sensor);
}

/** The part of an ordered list that a request asks for, and the cursor of the part after it. */
export function pageOf<Item extends SensorName>(
  items: readonly Item[],
  {
    limit = mostListed,
    cursor,
  }: { readonly limit?: number | undefined; readonly cursor?: SensorName | undefined },
): { readonly page: readonly Item[]; readonly next: string | null } {
  const rest = cursor === undefined ? items : items.filter((item) => compareNames(item, cursor) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (rest.length <= limit || last === undefined) return { page, next: null };
  return { page, next: Buffer.from(JSON.stringify([last.site, last.sensor])).toString('base64url') };
}

/** A sensor that is gone since still has its place in the order. */
export const listCursorParameter = z
  .string()
  .max(300)
  .describe('`next` of the page before')
  .transform((text, context): SensorName => {
    try {
      const [site, sensor] = placeSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return { site, sensor };
    } catch {
      context.addIssue({
        code: 'custom',
        message:
          'is not a cursor; give `next` of the page before as it is, or leave it out to begin at the start',
      });
      return z.NEVER;
    }
  });
