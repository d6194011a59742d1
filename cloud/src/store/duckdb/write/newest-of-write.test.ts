// Which reading is a sensor's newest after a write: of one moment too, and whatever the order.
import { beforeEach, describe, expect, it } from 'vitest';
import { type BatchHead, type Sample, sampleBatch } from '../../reading-store.testing.ts';
import type { StoredBatch } from '../../reading-store.ts';
import { emptyState, type StoreState, sensorKey } from '../open/state.ts';
import { planWrite } from './plan-write.ts';
import { WriteBuffer } from './write-buffer.ts';

let state: StoreState;
beforeEach(() => {
  state = emptyState();
});

function write(...batches: StoredBatch[]): void {
  const buffer = new WriteBuffer(state);
  planWrite(batches, buffer);
  buffer.announceTexts();
  buffer.apply();
}

const at = (head: BatchHead, ...samples: Sample[]) => sampleBatch(head, samples);
const sensor = () => state.sensors.get(sensorKey('site-a', 'well-1'))!;
const latest = () => {
  const { measuredAt, origin, seq } = sensor().latest!;
  return { at: measuredAt, origin, seq };
};

describe('the newest reading', () => {
  const early = at({ origin: 'b' }, { seq: 5, measuredAt: 100, values: { water_level: 1 } });

  it.each<[string, StoredBatch, object]>([
    [
      'later in time',
      at({ origin: 'a' }, { seq: 1, measuredAt: 101, values: { water_level: 2 } }),
      { at: 101, origin: 'a', seq: 1 },
    ],
    [
      'earlier in time',
      at({ origin: 'c' }, { seq: 9, measuredAt: 99, values: { water_level: 2 } }),
      { at: 100, origin: 'b', seq: 5 },
    ],
    [
      'of the same moment and a later origin',
      at({ origin: 'c' }, { seq: 1, measuredAt: 100, values: { water_level: 2 } }),
      { at: 100, origin: 'c', seq: 1 },
    ],
    [
      'of the same moment and an earlier origin',
      at({ origin: 'a' }, { seq: 9, measuredAt: 100, values: { water_level: 2 } }),
      { at: 100, origin: 'b', seq: 5 },
    ],
    [
      'of the same moment and a higher seq',
      at({ origin: 'b' }, { seq: 6, measuredAt: 100, values: { water_level: 2 } }),
      { at: 100, origin: 'b', seq: 6 },
    ],
    [
      'of the same moment and a lower seq',
      at({ origin: 'b' }, { seq: 4, measuredAt: 100, values: { water_level: 2 } }),
      { at: 100, origin: 'b', seq: 5 },
    ],
  ])('beside one %s, in one write or in two', (_, other, expected) => {
    write(early);
    write(other);
    expect(latest()).toMatchObject(expected);
    for (const order of [
      [early, other],
      [other, early],
    ]) {
      state = emptyState();
      write(...order);
      expect(latest()).toMatchObject(expected);
    }
  });

  it.each([
    ['rising', [1, 2, 3], 3],
    ['falling', [3, 2, 1], 1],
    ['of one moment', [5, 5, 5], 3],
    ['with the newest in the middle', [1, 9, 2], 2],
    ['with two newest', [9, 1, 9], 3],
  ])('of a block with times that are %s', (_, times, seq) => {
    write(at({}, ...times.map((measuredAt, i) => ({ seq: i + 1, measuredAt }))));
    expect(latest().seq).toBe(seq);
    expect(sensor()).toMatchObject({
      readings: 3,
      first: Math.min(...times),
      last: Math.max(...times),
    });
  });
});
