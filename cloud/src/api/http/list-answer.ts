// Lists come page by page: how they are described, and how each page says where the next one is.
import type { z } from 'zod';
import { type Exchange, json } from './route.ts';

/** An answer that holds one page of a list. */
export function jsonPage<const Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  example: z.input<Schema>,
) {
  return { ...json(description, schema, example), headers: linkHeader } as const;
}

/** For the description of answers that may have it. */
export const linkHeader = { link: 'the address of the next page, rel="next"; left out at the end' } as const;

/**
 * What a page says of the next one, in its body and in a header (RFC 8288): clients that know nothing of this API can
 * follow that.
 */
export function nextPage(
  { request, reply }: Exchange,
  next: string | null,
): { readonly next: string | null; readonly truncated: boolean } {
  if (next !== null) {
    const address = new URL(request.url, 'http://localhost');
    address.searchParams.set('cursor', next);
    reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
  }
  return { next, truncated: next !== null };
}
