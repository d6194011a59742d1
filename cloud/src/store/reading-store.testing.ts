import { type Block, blockOf, dayMs, type Flag, readingsOf, type Value } from '@wellhead/protocol';
import type { ReadingPage, ReadingQuery, ReadingStore, StoredBatch, StoredReading } from './reading-store.ts';

/** Readings for the tests of stores, with everything that a test does not care about filled in. */
export interface Sample {
  readonly seq: number;
  readonly measuredAt?: number;
  readonly revision?: number;
  readonly values?: Readonly<Record<string, Value>>;
  readonly flag?: Flag;
  readonly cause?: number;
}

export interface BatchHead {
  readonly site?: string;
  readonly gateway?: string;
  readonly origin?: string;
  readonly sensor?: string;
  readonly type?: string;
  readonly lane?: StoredBatch['lane'];
  readonly storedAt?: number;
  readonly seqIsTime?: boolean;
  readonly properties?: readonly string[];
}

export const start = Date.UTC(2026, 0, 1);
export const minute = 60_000;

export function sampleBlock(head: BatchHead, samples: readonly Sample[]): Block {
  const properties = head.properties ?? ['water_level', 'temperature'];
  const rows = samples.map(({ seq, measuredAt = start + seq * minute, revision = 0, ...sample }) => {
    const values = sample.values ?? { water_level: seq / 8, temperature: 10 + seq };
    return {
      seq,
      revision,
      measuredAt,
      receivedAt: measuredAt + 250,
      clock: 1 as const,
      timeFlag: 1 as const,
      timeCause: 0,
      values: properties.map((property) => (Object.hasOwn(values, property) ? values[property] : undefined)),
      flags: properties.map(() => sample.flag ?? (1 as const)),
      causes: properties.map(() => sample.cause ?? 0),
    };
  });
  const { sensor = 'well-1', type = 'groundwater' } = head;
  return blockOf({ sensor, type, rules: 'rules-1', properties }, rows);
}

export function sampleBatch(head: BatchHead, ...blocks: readonly (readonly Sample[])[]): StoredBatch {
  return {
    site: head.site ?? 'site-a',
    gateway: head.gateway ?? 'gateway-1',
    origin: head.origin ?? 'origin-1',
    lane: head.lane ?? 'live',
    storedAt: head.storedAt ?? start + dayMs,
    blocks: blocks.map((samples) => sampleBlock(head, samples)),
    seqIsTime: head.seqIsTime ?? false,
  };
}

/** Samples with the seqs from `low` to `high`. */
export function seqs(low: number, high: number, more: Omit<Sample, 'seq'> = {}): Sample[] {
  return Array.from({ length: high - low + 1 }, (_, i) => ({ seq: low + i, ...more }));
}

/** What a store should say of the readings of a batch, without the store. */
export function storedForm(batch: StoredBatch): StoredReading[] {
  return batch.blocks.flatMap((block) =>
    readingsOf(block, batch.site, batch.origin).map((reading) => ({
      ...reading,
      gateway: batch.gateway,
      storedAt: new Date(batch.storedAt).toISOString(),
      historical: batch.lane === 'historical',
    })),
  );
}

/** All pages of a question, one after another. */
export async function allPages(
  store: ReadingStore,
  asked: Partial<ReadingQuery> = {},
): Promise<{ readings: StoredReading[]; pages: ReadingPage[] }> {
  const pages: ReadingPage[] = [];
  const question = { site: 'site-a', sensor: 'well-1', limit: 1000, ...asked };
  for (let page = await store.readings(question); ; ) {
    pages.push(page);
    if (page.next === undefined) return { readings: pages.flatMap(({ readings }) => readings), pages };
    page = await store.readings({ ...question, after: page.next });
  }
}
