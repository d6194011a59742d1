import type { Annotation } from '../event/annotation.ts';
import { dayOne } from './event-store.testing.ts';

const hour = 3_600_000;

/** An annotation for the tests of stores; `fromHour` counts from the first of January, `hours` left out is a moment. */
export function sampleAnnotation(
  id: string,
  fromHour: number,
  more: Partial<Annotation> & { readonly hours?: number } = {},
): Annotation {
  const { hours, ...own } = more;
  const from = dayOne + fromHour * hour;
  return {
    id,
    site: 'site-a',
    sensor: 'well-1',
    property: null,
    from,
    to: hours === undefined ? null : from + hours * hour,
    text: 'The sonde was lifted.',
    author: 'ann',
    at: from + hour,
    withdrawn: null,
    ...own,
  };
}
