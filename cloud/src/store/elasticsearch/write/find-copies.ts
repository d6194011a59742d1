// In which month’s index a reading lies now, since a correction of its time may have moved it.
import { type Cluster, searchWhole } from '../open/cluster.ts';

/** A reading's document in some month's index. */
export interface Copy {
  readonly index: string;
  readonly version: number;
}

const idsAtOnce = 1_000;
/** A reading would have to be corrected into ten months for this to be too few. */
const copiesMost = 10_000;

/**
 * Where readings lie now, by document id, whatever their month: only corrections can move to another. Needs the indices
 * refreshed. Places that a reading has left are not told.
 */
export async function findCopies(
  { client, names, retryPolicy }: Cluster,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Copy[]>> {
  const copies = new Map<string, Copy[]>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const { hits } = await retryPolicy.insist(() =>
      searchWhole(client, {
        index: names.readings,
        size: copiesMost,
        version: true,
        _source: false,
        query: {
          bool: {
            filter: [{ ids: { values: ids.slice(from, from + idsAtOnce) } }, { exists: { field: 'series' } }],
          },
        },
      }),
    );
    for (const { _id: id, _index: index, _version: version } of hits.hits) {
      const known = copies.get(id!);
      const copy = { index, version: version! };
      if (known === undefined) copies.set(id!, [copy]);
      else known.push(copy);
    }
  }
  return copies;
}
