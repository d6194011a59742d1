import { RangeSet } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { nextBatchBytes, nextInLane, type Outgoing } from './plan.ts';
import { Window } from './window.ts';

function sensor(name: string, last: number, mark: number, settled: [number, number][] = []): Outgoing {
  return { sensor: name, last, mark, settled: new RangeSet(settled) };
}

describe('what to send next', () => {
  it('takes fresh readings above the mark, backlog up to it', () => {
    const sensors = [sensor('a', 10, 6, [[1, 3]])];
    expect(nextInLane(sensors, 'fresh', 0)).toMatchObject({ from: 7, to: 10 });
    expect(nextInLane(sensors, 'backlog', 0)).toMatchObject({ from: 4, to: 6 });
  });

  it('finds the first hole between what is delivered or under way', () => {
    expect(
      nextInLane(
        [
          sensor('a', 20, 20, [
            [1, 4],
            [8, 20],
          ]),
        ],
        'backlog',
        0,
      ),
    ).toMatchObject({ from: 5, to: 7 });
  });

  it('gives every sensor its turn', () => {
    const sensors = [sensor('a', 5, 5), sensor('b', 5, 5), sensor('c', 5, 5, [[1, 5]])];
    expect(nextInLane(sensors, 'backlog', 1)?.sensor).toBe('b');
    expect(nextInLane(sensors, 'backlog', 2)?.sensor).toBe('a');
  });

  it('goes round: behind the last sensor comes the first, and those with nothing are passed over', () => {
    const sensors = [sensor('a', 5, 0), sensor('b', 5, 5), sensor('c', 5, 5)];
    expect(nextInLane(sensors, 'backlog', 2)).toEqual({ index: 2, sensor: 'c', from: 1, to: 5 });
    expect(nextInLane(sensors, 'backlog', 0)?.index).toBe(1);
    expect(nextInLane(sensors, 'fresh', 1)).toEqual({ index: 0, sensor: 'a', from: 1, to: 5 });
  });

  it('has no backlog behind the last reading, whatever the mark', () => {
    expect(nextInLane([sensor('a', 5, 9)], 'backlog', 0)).toMatchObject({ from: 1, to: 5 });
    expect(nextInLane([sensor('a', 5, 9)], 'fresh', 0)).toBeUndefined();
  });

  it('has nothing to send when all is settled', () => {
    expect(nextInLane([sensor('a', 5, 2, [[1, 5]])], 'fresh', 0)).toBeUndefined();
    expect(nextInLane([], 'backlog', 0)).toBeUndefined();
  });

  it('lets batches grow on a quick link and shrink on a slow one, within bounds', () => {
    expect(nextBatchBytes(16_384, 100)).toBe(32_768);
    expect(nextBatchBytes(131_072, 100)).toBe(131_072);
    expect(nextBatchBytes(16_384, 6_000)).toBe(8_192);
    expect(nextBatchBytes(2_048, 60_000)).toBe(2_048);
    expect(nextBatchBytes(16_384, 999)).toBe(32_768);
    for (const steady of [1_000, 3_000, 5_000]) expect(nextBatchBytes(16_384, steady)).toBe(16_384);
    expect(nextBatchBytes(16_385, 5_001)).toBe(8_192);
  });
});

describe('window of batches without a receipt', () => {
  const batch = (sentAt: number, from: number, to: number) => ({
    sentAt,
    receivedAt: 0,
    bytes: 100,
    ranges: [['a', from, to] as const],
  });

  it('is full at its number of batches, and keeps a place for fresh readings', () => {
    const window = new Window(2, 1_000_000);
    window.add(batch(0, 1, 1));
    expect(window.hasRoom()).toBe(true);
    expect(window.hasRoom(1)).toBe(false);
    window.add(batch(0, 2, 2));
    expect(window.hasRoom()).toBe(false);
  });

  it('is full at its bytes, but takes one batch however large', () => {
    const window = new Window(10, 50);
    expect(window.hasRoom()).toBe(true);
    window.add(batch(0, 1, 1));
    expect(window.hasRoom()).toBe(false);
  });

  it('settles a batch only when all of its ranges are delivered', () => {
    const window = new Window(10, 1_000);
    window.add(batch(0, 1, 5));
    window.add(batch(0, 6, 9));
    expect(window.settle((_, [from]) => from === 6)).toHaveLength(1);
    expect(window.count).toBe(1);
  });

  it('gives back what has waited too long, to be sent again', () => {
    const window = new Window(10, 1_000);
    window.add(batch(100, 1, 5));
    window.add(batch(900, 6, 9));
    expect(window.expire(500)).toEqual([batch(100, 1, 5)]);
    const settled = new RangeSet();
    window.addTo(settled, 'a');
    expect(settled.ranges).toEqual([[6, 9]]);
  });
});
