// What the page shows stands in its address, so that it can be sent to a colleague.
import { dayMs } from '@wellhead/protocol';
import type { ZoneChoice } from '../format/time.ts';

export const rangeNames = ['7d', '30d', '60d', '1y', 'all'] as const;
export type RangeName = (typeof rangeNames)[number];

const lengths: Readonly<Record<RangeName, number>> = {
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '60d': 60 * dayMs,
  '1y': 365 * dayMs,
  all: Number.POSITIVE_INFINITY,
};

/** A named range slides with the newest reading; a fixed one (from a zoom) stays. */
export type Range = { readonly name: RangeName } | { readonly from: number; readonly to: number };

const namedViews = ['events', 'quality', 'operations'] as const;
const kinds = ['process', 'fault', 'maintenance'] as const;

/** A site or a sensor without another view named is the view of its charts; nothing at all is the fleet. */
export interface PageAddress {
  readonly view: 'fleet' | 'charts' | (typeof namedViews)[number];
  readonly site?: string;
  readonly sensor?: string;
  /** The event whose details are shown. */
  readonly event?: string;
  readonly kind?: (typeof kinds)[number];
  /** Only events that go on, or only those that are over. */
  readonly open?: boolean;
  /** Words that rows of the fleet must hold. */
  readonly words?: string;
  /** Page of the fleet's table, from 1. */
  readonly page?: number;
  readonly zone: ZoneChoice;
  readonly range: Range;
}

export function readAddress(search: string): PageAddress {
  const query = new URLSearchParams(search);
  const text = (name: string) => query.get(name)?.slice(0, 200) || undefined;
  const site = text('site');
  const view =
    namedViews.find((name) => name === query.get('view')) ?? (site === undefined ? 'fleet' : 'charts');
  const page = Math.trunc(Number(query.get('page')));
  return given({
    view,
    site,
    sensor: site === undefined ? undefined : text('sensor'),
    event: view === 'events' ? text('event') : undefined,
    kind: kinds.find((name) => name === query.get('kind')),
    open: ({ true: true, false: false } as Record<string, boolean>)[query.get('open') ?? ''],
    words: text('words'),
    page: page > 1 ? page : undefined,
    zone: query.get('zone') === 'local' ? 'local' : 'utc',
    range: readRange(query),
  });
}

function readRange(query: URLSearchParams): Range {
  const from = Date.parse(query.get('from') ?? '');
  const to = Date.parse(query.get('to') ?? '');
  if (from < to) return { from, to };
  return { name: rangeNames.find((name) => name === query.get('range')) ?? '30d' };
}

export function writeAddress(address: PageAddress): string {
  const { view, range, zone, open, page, ...texts } = address;
  const query = new URLSearchParams();
  if (view !== 'fleet' && view !== 'charts') query.set('view', view);
  for (const [name, value] of Object.entries(texts)) if (value !== undefined) query.set(name, value);
  if (open !== undefined) query.set('open', String(open));
  if (page !== undefined) query.set('page', String(page));
  if (zone === 'local') query.set('zone', zone);
  if ('name' in range) {
    if (view === 'charts' || range.name !== '30d') query.set('range', range.name);
  } else {
    query.set('from', new Date(range.from).toISOString());
    query.set('to', new Date(range.to).toISOString());
  }
  return `?${query}`;
}

/** From and to (half-open) of a range, where the readings lie between `first` and `last`. */
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

type Optional = 'site' | 'sensor' | 'event' | 'kind' | 'open' | 'words' | 'page';

function given(
  raw: Omit<PageAddress, Optional> & { [Name in Optional]: PageAddress[Name] | undefined },
): PageAddress {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)) as never;
}
