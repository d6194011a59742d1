// Room for new readings: months that nobody wants to keep are forgotten for good.
import type { DroppedMonth } from '../../month-dropper.ts';
import type { Cluster } from '../open/cluster.ts';
import { refresh } from '../open/cluster.ts';
import { monthEnd, monthOfIndex } from '../open/index-names.ts';
import { statusOf } from '../open/retry-policy.ts';
import { listSeries } from '../series/list-series.ts';
import { countMonths, recountSeries } from '../series/recount.ts';
import { recordWith } from '../series/series-record.ts';
import type { SeriesTable } from '../series/series-table.ts';
import { seriesId } from './reading-id.ts';

/**
 * Forgets readings for good: deletes each month's index that ended before a moment, and takes its readings out of the
 * summaries. What was held stays known as held, so that dropped readings are not reported as missing. Readings that no
 * sensor can have measured (before 1970, after 2099) are kept.
 * @returns the months that were dropped; one that another process dropped at the same time is told of by one of them
 */
export async function dropMonths(
  cluster: Cluster,
  table: SeriesTable,
  before: number,
): Promise<DroppedMonth[]> {
  const { client, names, retryPolicy } = cluster;
  const indices = Object.keys(
    await retryPolicy.insist(() => client.indices.get({ index: names.readings, features: 'aliases' })),
  );
  const dropped: DroppedMonth[] = [];
  for (const index of indices.sort()) {
    const month = monthOfIndex(names, index);
    const end = monthEnd(month);
    if (end === undefined || end > before) continue;
    const readings = await countReadings(cluster, index);
    const isOurs = await retryPolicy.insist(() => deleteIndex(cluster, index));
    if (isOurs) dropped.push({ month, readings });
  }
  // Also of months dropped earlier: the run before may have been broken off here.
  await refresh(cluster, names.series);
  const gone = (month: string) => (monthEnd(month) ?? Number.POSITIVE_INFINITY) <= before;
  for (const { site, sensor, origin, summary } of await retryPolicy.insist(() => listSeries(cluster))) {
    const months = Object.keys(summary.months).filter(gone);
    if (months.length === 0) continue;
    const head = { id: seriesId(site, origin, sensor), site, sensor, origin, seqIsTime: summary.seqIsTime };
    for (let refused = [head.id]; refused.length > 0; ) {
      table.forget(refused);
      const known = (await table.load([head.id])).get(head.id)!;
      const counts = await countMonths(
        cluster,
        months.map((month) => ({ series: head.id, month })),
      );
      const record = recordWith(head, known.record, {
        held: [],
        revised: [],
        properties: [],
        months: new Map(months.map((month, i) => [month, counts[i]!])),
        added: { first: undefined, lastStored: undefined, newest: undefined },
        recount: (await recountSeries(cluster, [head.id])).get(head.id),
      });
      refused = await table.save(new Map([[head.id, { known, record }]]));
    }
  }
  return dropped;
}

async function countReadings({ client, retryPolicy }: Cluster, index: string): Promise<number> {
  const { count } = await retryPolicy.insist(() => client.count({ index, ignore_unavailable: true }));
  return count;
}

async function deleteIndex({ client }: Cluster, index: string): Promise<boolean> {
  try {
    await client.indices.delete({ index });
    return true;
  } catch (error) {
    // Another process, or an attempt whose answer was lost.
    if (statusOf(error) !== 404) throw error;
    return false;
  }
}
