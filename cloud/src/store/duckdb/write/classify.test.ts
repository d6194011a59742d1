import { RangeSet } from '@wellhead/protocol';
import { describe, expect, it, vi } from 'vitest';
import { type Sample, sampleBlock, seqs } from '../../reading-store.testing.ts';
import { newSeries } from '../open/state.ts';
import { classifyKeyed, classifyTimed } from './classify.ts';
import type { SensorBuffer, SeriesBuffer } from './sensor-buffer.ts';

type Ranges = readonly (readonly [number, number])[];

function seriesOf(held: Ranges | undefined, added: Ranges = []): SeriesBuffer {
  const base = held === undefined ? undefined : newSeries('origin-1', 0);
  for (const [low, high] of held ?? []) {
    base!.held.add(low, high);
    base!.highest = Math.max(base!.highest, high);
  }
  const highest = base?.highest ?? Number.NEGATIVE_INFINITY;
  const set = new RangeSet();
  for (const [low, high] of added) set.add(low, high);
  return { sensor: {} as SensorBuffer, origin: 'origin-1', originId: 0, base, added: set, highest };
}

const keyed = (samples: readonly Sample[], series: SeriesBuffer) => ({
  ...classifyKeyed(sampleBlock({}, samples), series),
  added: series.added.ranges,
  highest: series.highest,
});

describe('keyed readings', () => {
  it.each<[string, Sample[], Ranges | undefined, object]>([
    [
      'of a new series',
      seqs(3, 7),
      undefined,
      { fresh: [[0, 5]], unsure: [], repeated: 0, added: [[3, 7]], highest: 7 },
    ],
    [
      'beyond what is held',
      seqs(6, 7),
      [[1, 5]],
      { fresh: [[0, 2]], unsure: [], repeated: 0, added: [[6, 7]], highest: 7 },
    ],
    [
      'that fill a gap to its brim',
      seqs(4, 6),
      [
        [1, 3],
        [7, 9],
      ],
      { fresh: [[0, 3]], unsure: [], repeated: 0, added: [[4, 6]], highest: 9 },
    ],
    [
      'before a gap and over it',
      seqs(3, 8),
      [
        [1, 3],
        [7, 9],
      ],
      { fresh: [[1, 4]], unsure: [], repeated: 3, added: [[4, 6]], highest: 9 },
    ],
    [
      'that end one after the gap',
      seqs(4, 7),
      [
        [1, 3],
        [7, 9],
      ],
      { fresh: [[0, 3]], unsure: [], repeated: 1, added: [[4, 6]], highest: 9 },
    ],
    ['that are held', seqs(1, 5), [[1, 5]], { fresh: [], unsure: [], repeated: 5, added: [], highest: 5 }],
    [
      'that are held, as corrections',
      seqs(4, 6, { revision: 1 }),
      [[1, 5]],
      { fresh: [[2, 3]], unsure: [0, 1], repeated: 0, added: [[6, 6]], highest: 6 },
    ],
    [
      'with holes of their own',
      [{ seq: 2 }, { seq: 4 }, { seq: 5 }],
      undefined,
      {
        fresh: [[0, 3]],
        unsure: [],
        repeated: 0,
        added: [
          [2, 2],
          [4, 5],
        ],
        highest: 5,
      },
    ],
    [
      'with holes where something is held',
      [{ seq: 2 }, { seq: 4 }, { seq: 6 }],
      [[3, 5]],
      {
        fresh: [
          [0, 1],
          [2, 3],
        ],
        unsure: [],
        repeated: 1,
        added: [
          [2, 2],
          [6, 6],
        ],
        highest: 6,
      },
    ],
    ['of which there are none', [], [[1, 5]], { fresh: [], unsure: [], repeated: 0, added: [], highest: 5 }],
  ])('%s', (_, samples, held, expected) => {
    expect(keyed(samples, seriesOf(held))).toEqual(expected);
  });

  it.each<[string, Sample[], Ranges, boolean]>([
    ['of a new series', seqs(3, 7), [], true],
    ['beyond what is held', seqs(6, 9), [[1, 5]], true],
    [
      'that fill a gap to its brim',
      seqs(4, 6),
      [
        [1, 3],
        [7, 9],
      ],
      true,
    ],
    ['with a hole', [{ seq: 6 }, { seq: 8 }], [[1, 5]], false],
    ['of which one is held', seqs(5, 7), [[1, 5]], false],
  ])('%s are judged all at once, or one by one where they must be', (_, samples, held, atOnce) => {
    const series = seriesOf(held);
    const has = vi.spyOn(series.base!.held, 'has');
    keyed(samples, series);
    expect(has).toHaveBeenCalledTimes(atOnce ? 0 : samples.length);
  });

  it('that the same write brought already are repeated', () => {
    const series = seriesOf(undefined);
    keyed(seqs(1, 5), series);
    expect(keyed(seqs(4, 6), series)).toMatchObject({ fresh: [[2, 3]], repeated: 2, added: [[1, 6]] });
    expect(keyed(seqs(2, 2, { revision: 1 }), series)).toMatchObject({ fresh: [], unsure: [0] });
  });
});

describe('readings whose seq is their time', () => {
  it('are new beyond the highest, and else only the table knows', () => {
    const series = seriesOf(undefined);
    const timed = (numbers: number[]) =>
      classifyTimed(
        sampleBlock(
          {},
          numbers.map((seq) => ({ seq })),
        ),
        series,
      );
    expect(timed([10, 20, 15, 20, 30])).toEqual({
      fresh: [
        [0, 2],
        [4, 5],
      ],
      unsure: [2, 3],
      repeated: 0,
    });
    expect(series.highest).toBe(30);
    expect(timed([30, 31])).toEqual({ fresh: [[1, 2]], unsure: [0], repeated: 0 });
  });
});
