import { describe, expect, it } from 'vitest';
import { minute, sampleBatch, seqs, start } from '../../store/reading-store.testing.ts';
import type { StoredReading } from '../../store/reading-store.ts';
import { LiveFeed } from './live-feed.ts';

function watch(feed: LiveFeed, filter: Parameters<LiveFeed['subscribe']>[0] = {}) {
  const calls: (readonly StoredReading[])[] = [];
  const stop = feed.subscribe(filter, (readings) => calls.push(readings));
  return { calls, stop };
}

const names = (calls: (readonly StoredReading[])[]) =>
  calls.flat().map(({ site, sensor, seq }) => `${site}/${sensor} ${seq}`);

describe('live feed', () => {
  it('tells every watcher of what was stored, once for each write', () => {
    const feed = new LiveFeed();
    const one = watch(feed);
    const two = watch(feed);
    feed.stored([sampleBatch({}, seqs(1, 2)), sampleBatch({ site: 'site-b', sensor: 'well-2' }, seqs(7, 7))]);
    expect(one.calls).toHaveLength(1);
    expect(names(one.calls)).toEqual(['site-a/well-1 1', 'site-a/well-1 2', 'site-b/well-2 7']);
    expect(two.calls).toEqual(one.calls);
  });

  it('gives readings as they are stored, with gateway, time of storage and lane', () => {
    const feed = new LiveFeed();
    const { calls } = watch(feed);
    feed.stored([sampleBatch({ lane: 'historical', storedAt: start + minute }, seqs(1, 1))]);
    expect(calls[0]![0]).toMatchObject({
      gateway: 'gateway-1',
      storedAt: '2026-01-01T00:01:00.000Z',
      historical: true,
      measuredAt: '2026-01-01T00:01:00.000Z',
      values: { water_level: 0.125, temperature: 11 },
    });
  });

  it.each([
    [{ site: 'site-b' }, ['site-b/well-1 2', 'site-b/well-2 3']],
    [{ sensor: 'well-1' }, ['site-a/well-1 1', 'site-b/well-1 2']],
    [{ site: 'site-b', sensor: 'well-2' }, ['site-b/well-2 3']],
    [{ site: 'nowhere' }, []],
  ])('tells a watcher of %j only what matches', (filter, expected) => {
    const feed = new LiveFeed();
    const { calls } = watch(feed, filter);
    feed.stored([
      sampleBatch({}, seqs(1, 1)),
      sampleBatch({ site: 'site-b' }, seqs(2, 2)),
      sampleBatch({ site: 'site-b', sensor: 'well-2' }, seqs(3, 3)),
    ]);
    expect(names(calls)).toEqual(expected);
    expect(calls).toHaveLength(expected.length > 0 ? 1 : 0);
  });

  it('gives the newest of a backlog only', () => {
    const feed = new LiveFeed();
    const { calls } = watch(feed);
    feed.stored([sampleBatch({}, seqs(1, 2_000))]);
    expect(calls[0]).toHaveLength(500);
    expect(calls[0]!.at(-1)!.seq).toBe(2_000);
  });

  it('tells nobody who has stopped watching, though it be while others are told', () => {
    const feed = new LiveFeed();
    const one = watch(feed);
    const stop = feed.subscribe({}, () => one.stop());
    expect(feed.watchers).toBe(2);
    feed.stored([sampleBatch({}, seqs(1, 1))]);
    stop();
    feed.stored([sampleBatch({}, seqs(2, 2))]);
    expect(feed.watchers).toBe(0);
    expect(names(one.calls)).toEqual(['site-a/well-1 1']);
  });
});
