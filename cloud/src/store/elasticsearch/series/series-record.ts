// The summary of one series, and how a write changes it; learning the same twice changes nothing.
import { type Range, RangeSet } from '@wellhead/protocol';

/** How many ranges of missing readings a summary lists per origin. */
const missingListed = 100;
/** Where corrections are strewn more widely than this, the whole stretch counts as corrected: only a look-up more. */
const revisedRangesMost = 1_000;

/** A place in the order of one series. */
export interface SeriesPlace {
  readonly measuredAt: number;
  readonly seq: number;
}

/** What lists need of a series, so that no list counts documents. */
export interface SeriesSummary {
  readonly seqIsTime: boolean;
  /** Readings in each month's index. */
  readonly months: Readonly<Record<string, number>>;
  readonly first: number | undefined;
  readonly lastStored: number | undefined;
  readonly newest: (SeriesPlace & { readonly document: string }) | undefined;
  /** In the order in which they were first seen. */
  readonly properties: readonly string[];
  readonly highest: number;
  readonly missing: readonly Range[];
}

/** What only the writer needs: which seqs are held, and which have a revision. */
export interface SeriesLedger {
  readonly held: readonly Range[];
  readonly revised: readonly Range[];
}

/** The document that sums up one series. */
export interface SeriesRecord {
  readonly series: string;
  readonly site: string;
  readonly sensor: string;
  readonly origin: string;
  readonly readings: number;
  readonly summary: SeriesSummary;
  readonly ledger: SeriesLedger;
}

export interface SeriesHead {
  readonly id: string;
  readonly site: string;
  readonly sensor: string;
  readonly origin: string;
  readonly seqIsTime: boolean;
}

/** What the index itself says of first, last and newest. */
export interface Recount {
  readonly first: number | undefined;
  readonly lastStored: number | undefined;
  readonly newest: SeriesSummary['newest'];
}

/** What a write has learned about a series. Saying it twice, or in another order, changes nothing. */
export interface SeriesNews {
  readonly held: readonly Range[];
  readonly revised: readonly Range[];
  readonly properties: Iterable<string>;
  /** How many readings the touched months hold now, by count. */
  readonly months: ReadonlyMap<string, number>;
  /** Of the readings that are new; none of those that may be out of date. */
  readonly added: Recount;
  /** Takes the place of all that was known and added. */
  readonly recount: Recount | undefined;
}

export function recordWith(
  head: SeriesHead,
  known: SeriesRecord | undefined,
  news: SeriesNews,
): SeriesRecord {
  const held = new RangeSet(known?.ledger.held);
  if (!head.seqIsTime) for (const [from, to] of news.held) held.add(from, to);
  const revised = new RangeSet(known?.ledger.revised);
  for (const [from, to] of news.revised) revised.add(from, to);
  const months = { ...known?.summary.months };
  for (const [month, count] of news.months) {
    if (count > 0) months[month] = count;
    else delete months[month];
  }
  const times = news.recount ?? join(known?.summary, news.added);
  return {
    series: head.id,
    site: head.site,
    sensor: head.sensor,
    origin: head.origin,
    readings: Object.values(months).reduce((sum, count) => sum + count, 0),
    summary: {
      seqIsTime: head.seqIsTime,
      months,
      ...times,
      properties: [...new Set([...(known?.summary.properties ?? []), ...news.properties])],
      highest: held.last,
      missing: held.missing(1, held.last, missingListed),
    },
    ledger: { held: held.ranges, revised: bounded(revised.ranges) },
  };
}

function join(known: Recount | undefined, added: Recount): Recount {
  const newest =
    known?.newest === undefined || (added.newest !== undefined && !isLater(known.newest, added.newest))
      ? added.newest
      : known.newest;
  return {
    first: pick(Math.min, known?.first, added.first),
    lastStored: pick(Math.max, known?.lastStored, added.lastStored),
    newest,
  };
}

function pick(
  choose: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined ? b : b === undefined ? a : choose(a, b);
}

/** Whether `a` stands after `b` in the order of a series. */
export function isLater(a: SeriesPlace, b: SeriesPlace): boolean {
  return a.measuredAt === b.measuredAt ? a.seq > b.seq : a.measuredAt > b.measuredAt;
}

function bounded(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length <= revisedRangesMost) return ranges;
  return [[ranges[0]![0], ranges.at(-1)![1]]];
}
