import { hourMs } from '@wellhead/protocol';
import type { Annotation } from '../event/annotation.ts';
import { dayOne } from './event-store.testing.ts';

/** An annotation for the tests of stores; `fromHour` counts from the first of January, `hours` left out is a moment. */
export function sampleAnnotation(
  id: string,
  fromHour: number,
  more: Partial<Annotation> & { readonly hours?: number } = {},
): Annotation {
  const { hours, ...own } = more;
  const from = dayOne + fromHour * hourMs;
  return {
    id,
    site: 'site-a',
    sensor: 'well-1',
    property: null,
    from,
    to: hours === undefined ? null : from + hours * hourMs,
    text: 'The sonde was lifted.',
    author: 'ann',
    at: from + hourMs,
    withdrawn: null,
    ...own,
  };
}
