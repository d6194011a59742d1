import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordWith, type SeriesNews, type SeriesRecord } from './series-record.ts';

const head = { id: 'id', site: 'site-a', sensor: 'well-1', origin: 'origin-1', seqIsTime: false };
const nothing = { first: undefined, lastStored: undefined, newest: undefined };

function news(more: Partial<SeriesNews>): SeriesNews {
  return {
    held: [],
    revised: [],
    properties: [],
    months: new Map(),
    added: nothing,
    recount: undefined,
    ...more,
  };
}

const anyNews = fc
  .record({
    low: fc.integer({ min: 1, max: 40 }),
    length: fc.integer({ min: 0, max: 5 }),
    storedAt: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ low, length, storedAt }): SeriesNews => {
    const high = low + length;
    // The readings tell their time by their seq, so that the newest is the same whoever says it.
    const newest = { measuredAt: Math.floor(high / 3), seq: high, document: `{"seq":${high}}` };
    return news({ held: [[low, high]], added: { first: Math.floor(low / 3), lastStored: storedAt, newest } });
  });

const sumOf = (all: readonly SeriesNews[]) =>
  all.reduce<SeriesRecord | undefined>((record, one) => recordWith(head, record, one), undefined);

describe('the summary of a series', () => {
  it('is the same whatever is said twice, and in which order', () => {
    fc.assert(
      fc.property(fc.array(anyNews, { minLength: 1, maxLength: 12 }), fc.integer(), (all, seed) => {
        const other = [...all, ...all].sort(
          (a, b) => ((a.held[0]![0] * seed) % 7) - ((b.held[0]![0] * seed) % 7),
        );
        expect(sumOf(other)).toEqual(sumOf(all));
      }),
    );
  });

  it('takes counts and recounts for the truth', () => {
    const added = { first: 5, lastStored: 6, newest: { measuredAt: 9, seq: 2, document: '{}' } };
    const before = recordWith(head, undefined, news({ months: new Map([['2026.01', 7]]), added }));
    expect(before.readings).toBe(7);
    const recount = { first: 1, lastStored: 2, newest: { measuredAt: 3, seq: 1, document: '{}' } };
    const after = recordWith(
      head,
      before,
      news({
        months: new Map([
          ['2026.01', 0],
          ['2026.02', 3],
        ]),
        recount,
        added,
      }),
    );
    expect(after.readings).toBe(3);
    expect(after.summary).toMatchObject({ months: { '2026.02': 3 }, ...recount });
  });

  it('counts no holes where seq is a time', () => {
    const timed = recordWith({ ...head, seqIsTime: true }, undefined, news({ held: [[5, 5]] }));
    expect(timed.summary).toMatchObject({ highest: 0, missing: [] });
  });

  it('lists the first hundred holes, and never grows with strewn corrections', () => {
    const odd = Array.from({ length: 2_000 }, (_, i) => [2 * i + 1, 2 * i + 1] as const);
    const record = recordWith(head, undefined, news({ held: odd, revised: odd }));
    expect(record.summary.missing).toHaveLength(100);
    expect(record.summary.highest).toBe(3_999);
    expect(record.ledger.revised).toEqual([[1, 3_999]]);
  });
});
