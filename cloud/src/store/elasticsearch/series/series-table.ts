// The summaries of series, shared by several writers: whoever changes an old state has to do it again.
import { RecentMap } from '@wellhead/host';
import { z } from 'zod';
import { type Cluster, refresh, sendBulk } from '../open/cluster.ts';
import { judgeItem } from '../open/item-outcome.ts';
import { PassingFailure } from '../open/retry-policy.ts';
import type { SeriesRecord } from './series-record.ts';

/** A record with the state of its document that it was read from: only from there may it be changed. */
export interface KnownSeries {
  readonly record: SeriesRecord | undefined;
  readonly state: { readonly seqNo: number; readonly primaryTerm: number } | undefined;
}

const unknown: KnownSeries = { record: undefined, state: undefined };

const times = { first: z.number().optional(), lastStored: z.number().optional() };
const range = z.tuple([z.number(), z.number()]);

export const summarySchema = z.object({
  ...times,
  seqIsTime: z.boolean(),
  months: z.record(z.string(), z.number()),
  newest: z.object({ measuredAt: z.number(), seq: z.number(), document: z.string() }).optional(),
  properties: z.array(z.string()),
  highest: z.number(),
  missing: z.array(range),
});

const recordSchema = z.object({
  series: z.string(),
  site: z.string(),
  sensor: z.string(),
  origin: z.string(),
  readings: z.number(),
  summary: summarySchema.transform(({ first, lastStored, newest, ...rest }) => ({
    ...rest,
    first,
    lastStored,
    newest,
  })),
  ledger: z.object({ held: z.array(range), revised: z.array(range) }),
});

const stateSchema = z.object({ _seq_no: z.number(), _primary_term: z.number() });

/** Series remembered between writes; more are read again when they come. */
const rememberedMost = 20_000;
const loadedAtOnce = 500;
const savedAtOnce = 200;

/**
 * The documents that sum up series. Several processes may write to it: each change says from which state of the document
 * it was made, and a change from an old state is refused and has to be made anew.
 */
export class SeriesTable {
  readonly #cluster: Cluster;
  readonly #remembered = new RecentMap<string, KnownSeries>(rememberedMost);

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, KnownSeries>> {
    const found = new Map<string, KnownSeries>();
    const unread: string[] = [];
    for (const id of ids) {
      const known = this.#remembered.get(id);
      if (known === undefined) unread.push(id);
      else found.set(id, known);
    }
    for (let from = 0; from < unread.length; from += loadedAtOnce) {
      for (const [id, known] of await this.#read(unread.slice(from, from + loadedAtOnce))) {
        found.set(id, known);
        this.#remembered.set(id, known);
      }
    }
    return found;
  }

  /** Writes changed records; answers which of them somebody else had changed meanwhile. */
  async save(changes: ReadonlyMap<string, { known: KnownSeries; record: SeriesRecord }>): Promise<string[]> {
    const refused: string[] = [];
    const all = [...changes];
    for (let from = 0; from < all.length; from += savedAtOnce) {
      refused.push(...(await this.#save(all.slice(from, from + savedAtOnce))));
    }
    if (all.length > 0) await refresh(this.#cluster, this.#cluster.names.series);
    return refused;
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#remembered.delete(id);
  }

  async #save(
    changes: readonly (readonly [string, { known: KnownSeries; record: SeriesRecord }])[],
  ): Promise<string[]> {
    const { client, names, retryPolicy } = this.#cluster;
    // Until it is answered, nobody knows the state.
    this.forget(changes.map(([id]) => id));
    const items = changes.map(([id, { known, record }]) => ({
      action: JSON.stringify({ index: { _index: names.series, _id: id, ...condition(known) } }),
      source: JSON.stringify(record),
    }));
    const answers = await retryPolicy.insist(async () => {
      const all = await sendBulk(client, items, ['_seq_no', '_primary_term']);
      const busy = all.map(judgeItem).find(({ kind }) => kind === 'later');
      // Asked again as a whole: what was done already is then refused, read again, and found to be done.
      if (busy?.kind === 'later') throw new PassingFailure(busy.reason);
      return all;
    });
    const refused: string[] = [];
    for (const [i, [id, { record }]] of changes.entries()) {
      const answer = answers[i]!;
      const verdict = judgeItem(answer);
      if (verdict.kind === 'held') refused.push(id);
      else if (verdict.kind === 'refused' || verdict.kind === 'failed')
        throw new Error(`the summary of a series was not taken: ${verdict.reason}`);
      else this.#remembered.set(id, { record, state: stateOf(answer) });
    }
    return refused;
  }

  async #read(ids: readonly string[]): Promise<[string, KnownSeries][]> {
    const { client, names, retryPolicy } = this.#cluster;
    const { docs } = await retryPolicy.insist(async () => {
      const answer = await client.mget({ index: names.series, ids: [...ids] });
      const failed = answer.docs.find(
        (doc) => 'error' in doc && doc.error.type !== 'index_not_found_exception',
      );
      if (failed !== undefined) throw new PassingFailure('a summary could not be read');
      return answer;
    });
    return docs.map((doc, i) => {
      if (!('found' in doc) || !doc.found) return [ids[i]!, unknown];
      return [ids[i]!, { record: recordSchema.parse(doc._source), state: stateOf(doc) }];
    });
  }
}

function stateOf(answer: unknown): { seqNo: number; primaryTerm: number } {
  const { _seq_no: seqNo, _primary_term: primaryTerm } = stateSchema.parse(answer);
  return { seqNo, primaryTerm };
}

function condition({ state }: KnownSeries): object {
  if (state === undefined) return { op_type: 'create' };
  return { if_seq_no: state.seqNo, if_primary_term: state.primaryTerm };
}
