// Says in a header where the next page is.
import type { Exchange } from './route.ts';

/** RFC 8288: clients that know nothing of this API can follow it. */
export function linkNext({ request, reply }: Exchange, cursor: string | null): void {
  if (cursor === null) return;
  const address = new URL(request.url, 'http://localhost');
  address.searchParams.set('cursor', cursor);
  reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
}

/** For the description of answers that may have it. */
export const linkHeader = { link: 'the address of the next page, rel="next"; left out at the end' } as const;
