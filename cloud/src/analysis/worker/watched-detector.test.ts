import { describe, expect, it } from 'vitest';
import type { DetectedEvent } from '../../event/event.ts';
import { emptyColumns } from '../../store/reading-columns.ts';
import type { SensorDetector } from '../detector/sensor-detector.ts';
import type { Life } from './life.ts';
import { WatchedDetector } from './watched-detector.ts';

const life: Life = { begin: 0, from: 100, to: 200, settled: 220, end: 300 };

/** Tells of one event from each reading of 1 to the next of 0: simple enough to be known by heart. */
function levelDetector(taken: number[]): SensorDetector {
  const events: DetectedEvent[] = [];
  return {
    push(time, [value]: ArrayLike<number> & Iterable<number>) {
      taken.push(time);
      const last = events.at(-1);
      if (value === 1 && (last === undefined || last.end !== undefined))
        events.push({
          kind: 'process',
          cause: 'shift',
          properties: ['level'],
          value: 1,
          expected: 0,
          score: 9,
          start: time,
          peak: time,
          decidedAt: time,
          evidence: [],
        });
      else if (value === 0 && last !== undefined && last.end === undefined)
        events[events.length - 1] = { ...last, end: time };
    },
    events: () => events,
  };
}

/** Readings every 10, at 1 in the given spans, in pieces of so many. */
function watch(spans: readonly (readonly [number, number])[], until: number, pieces: number) {
  const taken: number[] = [];
  const watched = new WatchedDetector(levelDetector(taken), life);
  for (let time = 0; time < until; time += 10 * pieces) {
    const count = Math.min(pieces, Math.ceil((until - time) / 10));
    const columns = emptyColumns(count, 1);
    for (let i = 0; i < count; i++) {
      const at = time + 10 * i;
      columns.times[i] = at;
      columns.values[0]![i] = spans.some(([from, to]) => from <= at && at < to) ? 1 : 0;
    }
    watched.take(columns);
  }
  const spansReported = watched.report().events.map(({ start, end }) => [start, end]);
  return { spansReported, last: taken.at(-1), isOver: watched.isOver };
}

describe.each([1, 3, 100])('a watched detector, given readings in pieces of %i', (pieces) => {
  it('tells of events that start in its time only', () => {
    const { spansReported } = watch(
      [
        [50, 70],
        [100, 120],
        [150, 160],
        [200, 210],
      ],
      500,
      pieces,
    );
    expect(spansReported).toEqual([
      [100, 120],
      [150, 160],
    ]);
  });

  it('takes no more readings when it has settled and nothing of its own goes on', () => {
    expect(
      watch(
        [
          [150, 160],
          [210, 400],
        ],
        500,
        pieces,
      ),
    ).toMatchObject({ last: 210, isOver: true });
    expect(watch([[150, 160]], 220, pieces)).toMatchObject({ last: 210, isOver: false });
  });

  it('waits for the end of what goes on', () => {
    expect(watch([[190, 250]], 500, pieces)).toEqual({
      spansReported: [[190, 250]],
      last: 250,
      isOver: true,
    });
    expect(watch([[190, 250]], 240, pieces)).toEqual({
      spansReported: [[190, undefined]],
      last: 230,
      isOver: false,
    });
  });

  it('ends with its life what would go on for ever', () => {
    expect(watch([[190, 900]], 500, pieces)).toEqual({
      spansReported: [[190, 290]],
      last: 290,
      isOver: true,
    });
  });
});
