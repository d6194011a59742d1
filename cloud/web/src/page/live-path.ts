// What the page listens to, by what it shows.
import type { PageAddress } from './page-address.ts';

/** Charts need only what they show; a fleet of thousands would drown them. */
export function livePath({ view, site, sensor }: PageAddress): string {
  if (view !== 'charts' || site === undefined) return '/api/v1/live';
  const query = new URLSearchParams(sensor === undefined ? { site } : { site, sensor });
  return `/api/v1/live?${query}`;
}
