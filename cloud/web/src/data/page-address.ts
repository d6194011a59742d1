// What the page shows stands in its address, so that it can be sent to a colleague.

export const rangeNames = ['7d', '30d', '60d', 'all'] as const;
export type RangeName = (typeof rangeNames)[number];

const day = 86_400_000;
const lengths: Readonly<Record<RangeName, number>> = {
  '7d': 7 * day,
  '30d': 30 * day,
  '60d': 60 * day,
  all: Number.POSITIVE_INFINITY,
};

/** A named range slides with the newest reading; a fixed one (from a zoom) stays. */
export type Range = { readonly name: RangeName } | { readonly from: number; readonly to: number };

export interface PageAddress {
  readonly site?: string;
  readonly sensor?: string;
  readonly range: Range;
}

export function readAddress(search: string): PageAddress {
  const query = new URLSearchParams(search);
  const site = query.get('site');
  const sensor = query.get('sensor');
  return { ...(site === null || sensor === null ? {} : { site, sensor }), range: readRange(query) };
}

function readRange(query: URLSearchParams): Range {
  const from = Date.parse(query.get('from') ?? '');
  const to = Date.parse(query.get('to') ?? '');
  if (from < to) return { from, to };
  return { name: rangeNames.find((name) => name === query.get('range')) ?? '30d' };
}

export function writeAddress({ site, sensor, range }: PageAddress): string {
  const query = new URLSearchParams();
  if (site !== undefined && sensor !== undefined) {
    query.set('site', site);
    query.set('sensor', sensor);
  }
  if ('name' in range) query.set('range', range.name);
  else {
    query.set('from', new Date(range.from).toISOString());
    query.set('to', new Date(range.to).toISOString());
  }
  return `?${query}`;
}

/** From and to (half-open) of a range, for a sensor whose readings lie between `first` and `last`. */
export function boundsOf(
  range: Range,
  first: number,
  last: number,
): { readonly from: number; readonly to: number } {
  if (!('name' in range)) return range;
  // The newest reading itself belongs to the range.
  const to = last + 1;
  return { from: Math.max(first, to - lengths[range.name]), to };
}
