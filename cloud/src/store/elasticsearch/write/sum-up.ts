// What a write has changed goes into the summaries of its series, once its readings can be seen.
import { isDeepStrictEqual } from 'node:util';
import { type Block, RangeSet, rangesOf } from '@wellhead/protocol';
import type { Cluster } from '../open/cluster.ts';
import { monthOf, monthOfIndex } from '../open/index-names.ts';
import { countMonths, recountSeries, type SeriesMonth } from '../series/recount.ts';
import {
  isLater,
  type Recount,
  recordWith,
  type SeriesNews,
  type SeriesPlace,
  type SeriesRecord,
} from '../series/series-record.ts';
import type { KnownSeries, SeriesTable } from '../series/series-table.ts';
import { measuredAtOf, type PlannedReading, type PlannedSeries } from './plan-write.ts';

/**
 * Enters what a write has done into the summaries of its series. Runs after the readings are in and visible; done twice
 * it changes nothing, so a write that was broken off before it is made good by its repeat.
 */
export async function sumUp(
  cluster: Cluster,
  table: SeriesTable,
  plan: ReadonlyMap<string, PlannedSeries>,
): Promise<void> {
  let open = [...plan.values()].filter(({ readings }) => [...readings.values()].some(isThere));
  while (open.length > 0) {
    const known = await table.load(open.map(({ id }) => id));
    const news = await learn(cluster, open, known);
    const changes = new Map<string, { known: KnownSeries; record: SeriesRecord }>();
    for (const [i, series] of open.entries()) {
      const before = known.get(series.id)!;
      const record = recordWith(series, before.record, news[i]!);
      if (!isDeepStrictEqual(record, before.record)) changes.set(series.id, { known: before, record });
    }
    const refused = new Set(await table.save(changes));
    open = open.filter(({ id }) => refused.has(id));
  }
}

function isThere({ outcome }: PlannedReading): boolean {
  return outcome !== undefined && outcome.kind !== 'refused';
}

async function learn(
  cluster: Cluster,
  plan: readonly PlannedSeries[],
  known: ReadonlyMap<string, KnownSeries>,
): Promise<SeriesNews[]> {
  const findings = plan.map((series) => inspect(cluster, series, known.get(series.id)!.record));
  const asked: SeriesMonth[] = findings.flatMap(({ months }, i) =>
    [...months].map((month) => ({ series: plan[i]!.id, month })),
  );
  const counts = await countMonths(cluster, asked);
  const doubtful = plan.filter((_, i) => findings[i]!.isDoubtful).map(({ id }) => id);
  const recounts = await recountSeries(cluster, doubtful);
  let next = 0;
  return findings.map(({ months, isDoubtful: _, ...finding }, i) => ({
    ...finding,
    months: new Map([...months].map((month) => [month, counts[next++]!])),
    recount: recounts.get(plan[i]!.id),
  }));
}

interface Finding extends Omit<SeriesNews, 'months' | 'recount'> {
  readonly months: ReadonlySet<string>;
  /** Whether first, last or newest may have changed in a way that only the index knows. */
  readonly isDoubtful: boolean;
}

function inspect(cluster: Cluster, series: PlannedSeries, record: SeriesRecord | undefined): Finding {
  const before = new RangeSet(record?.ledger.held);
  const held: number[] = [];
  const revised: number[] = [];
  const months = new Set<string>();
  const blocks = new Set<Block>();
  let isDoubtful = false;
  let first: number | undefined;
  let lastStored: number | undefined;
  let newest: (SeriesPlace & { reading: PlannedReading }) | undefined;
  for (const reading of series.readings.values()) {
    if (!isThere(reading)) continue;
    const { seq, outcome, source, leaves } = reading;
    const measuredAt = measuredAtOf(reading);
    held.push(seq);
    if (reading.revision > 0) revised.push(seq);
    months.add(monthOf(measuredAt));
    for (const index of leaves) months.add(monthOfIndex(cluster.names, index));
    blocks.add(source.block);
    if (outcome?.kind === 'held') {
      // Held, but never summed up: an earlier write was broken off, or its answer was lost.
      if (series.seqIsTime || !before.has(seq)) isDoubtful = true;
    } else if (outcome?.kind === 'replaced' || leaves.length > 0) isDoubtful = true;
    else {
      first = Math.min(first ?? measuredAt, measuredAt);
      lastStored = Math.max(lastStored ?? source.batch.storedAt, source.batch.storedAt);
      const place = { measuredAt, seq, reading };
      if (newest === undefined || isLater(place, newest)) newest = place;
    }
  }
  const added: Recount = { first, lastStored, newest: newest && documentOf(newest) };
  return {
    held: rangesOf(held),
    revised: rangesOf(revised),
    properties: [...blocks].flatMap(({ properties }) => properties),
    months,
    added,
    isDoubtful,
  };
}

function documentOf({ measuredAt, seq, reading }: SeriesPlace & { readonly reading: PlannedReading }) {
  const { writer, index } = reading.source;
  return { measuredAt, seq, document: writer.json(index) };
}
