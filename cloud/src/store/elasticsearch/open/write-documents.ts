// Changes of single documents that people wait for: events, and what people say.
import { type Cluster, sendBulk } from './cluster.ts';
import { judgeItem } from './item-outcome.ts';
import { PassingFailure } from './retry-policy.ts';

/** Seen by the next search when it resolves. A cluster that is overloaded or gone is waited for. */
export async function writeDocuments(
  cluster: Cluster,
  items: readonly { readonly action: object; readonly source: object }[],
): Promise<void> {
  const lines = items.map(({ action, source }) => ({
    action: JSON.stringify(action),
    source: JSON.stringify(source),
  }));
  await cluster.retryPolicy.insist(async () => {
    const verdicts = (await sendBulk(cluster.client, lines, [], { refresh: true })).map(judgeItem);
    for (const verdict of verdicts) {
      // A conflict that outlived all its retries is tried again as a whole: everything here may be done twice.
      if (verdict.kind === 'later') throw new PassingFailure(verdict.reason);
      if (verdict.kind === 'held')
        throw new PassingFailure('a document was changed by another at the same time');
      if (verdict.kind === 'refused' || verdict.kind === 'failed') throw new Error(verdict.reason);
    }
  });
}
