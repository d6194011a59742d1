import { causes, type Flag, hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { Channel } from './channel.ts';
import type { Looker } from './sighting/sighting.ts';

const settled = 1_440;
const everybody: Looker[] = [
  ...(['local', 'spike', 'ramp', 'seasonal', 'shape', 'range', 'multi', 'code', 'quality'] as const),
];

interface Given {
  readonly value: number;
  readonly flag?: Flag;
  readonly cause?: number;
  readonly multi?: number;
  /** Hours since the reading before. */
  readonly after?: number;
}

class Watched {
  readonly channel: Channel;
  time = 0;
  from = 0;

  /** Sixty days around 10 come first. */
  constructor(lookers: readonly Looker[] = everybody, caution = 1) {
    const options = { interval: hourMs, perYear: 1, resolution: 0.01, caution };
    this.channel = new Channel({ ...options, lookers: new Set(lookers) });
    for (let i = 0; i < settled; i++) this.push(usual(i));
    this.from = this.time + hourMs;
  }

  push(given: number | Given): this {
    const {
      value,
      flag = 1,
      cause = causes.none,
      multi = 0,
      after = 1,
    } = typeof given === 'number' ? ({ value: given } satisfies Given as Given) : given;
    this.time += after * hourMs;
    this.channel.push(this.time, value, flag, cause as never, multi);
    return this;
  }

  all(...given: (number | Given)[]): this {
    for (const one of given) this.push(one);
    return this;
  }

  /** What was seen since the sixty days, in hours from there. */
  get seen() {
    return this.channel.sightings
      .filter(({ start }) => start >= this.from)
      .map(({ looker, cause, start, end, count, isOpen }) => ({
        looker,
        cause,
        count,
        isOpen,
        start: (start - this.from) / hourMs,
        end: (end - this.from) / hourMs,
      }));
  }
}

const usual = (i: number) => 10 + ((i * 37) % 11) / 100;
const flat = (length: number, level = 10) => Array.from({ length }, (_, i) => level + ((i * 37) % 11) / 100);
const bad = (value = 10): Given => ({ value, flag: 4, cause: causes['site-range'] });

describe('a value far away and back', () => {
  it('is told once, although two lookers see it', () => {
    const { seen } = new Watched().all(...flat(5), 14, ...flat(5));
    expect(seen).toEqual([{ looker: 'local', cause: 'spike', count: 1, isOpen: false, start: 5, end: 5 }]);
  });

  it.each<Looker>(['local', 'spike'])('is told by %s alone, where only that takes part', (looker) => {
    const { seen } = new Watched([looker]).all(...flat(5), 14, ...flat(5));
    expect(seen.map((one) => [one.looker, one.start])).toEqual([[looker, 5]]);
  });

  it('is not told where nobody takes part, nor where much more caution is asked for', () => {
    expect(new Watched([]).all(...flat(5), 14, ...flat(5)).seen).toEqual([]);
    expect(new Watched(everybody, 1_000).all(...flat(5), 14, ...flat(5)).seen).toEqual([]);
  });

  it('is told twice where it happens twice', () => {
    const { seen } = new Watched(['spike']).all(...flat(5), 14, ...flat(8), 14, ...flat(5));
    expect(seen.map(({ start }) => start)).toEqual([5, 14]);
  });
});

describe('what the gateway refused', () => {
  it('is a fault while it lasts', () => {
    const watched = new Watched().all(...flat(5), bad(), bad(), bad());
    const fault = { looker: 'quality', cause: 'site-range', count: 3, start: 5, end: 7 };
    expect(watched.seen).toEqual([{ ...fault, isOpen: true }]);
    expect(watched.push(10).seen).toEqual([{ ...fault, isOpen: false }]);
  });

  it('is passed over where the property was not named at all', () => {
    const silent: Given = { value: Number.NaN, flag: 2 };
    const watched = new Watched().all(...flat(5), bad(), silent, silent, bad());
    expect(watched.seen).toMatchObject([{ looker: 'quality', count: 2, end: 8 }]);
  });

  it('is a value like any other where the gateway is not asked, unless there is none', () => {
    const watched = new Watched(['local']).all(...flat(5), bad(14), ...flat(5));
    expect(watched.seen).toMatchObject([{ looker: 'local', start: 5 }]);
    const missing: Given = { value: Number.NaN, flag: 9, cause: causes.missing };
    expect(new Watched(['local']).all(...flat(5), missing, ...flat(5)).seen).toEqual([]);
  });

  it('leaves two values that are not judged, and a level that is found anew', () => {
    const { seen } = new Watched().all(...flat(5), bad(), 14, 6, ...flat(8), 14, ...flat(5));
    expect(seen.map(({ looker, start }) => [looker, start])).toEqual([
      ['quality', 5],
      ['local', 16],
    ]);
  });
});

it('a number that stands for a failure is a fault while it lasts, and no value', () => {
  const watched = new Watched().all(...flat(5), -9999, -9999);
  const fault = { looker: 'code', cause: 'impossible-value', count: 2, start: 5, end: 6 };
  expect(watched.seen).toEqual([{ ...fault, isOpen: true }]);
  expect(watched.all(...flat(10)).seen).toEqual([{ ...fault, isOpen: false }]);
  const without = new Watched(everybody.filter((looker) => looker !== 'code'));
  expect(without.all(...flat(5), -9999, ...flat(10)).seen).toMatchObject([{ looker: 'local', start: 5 }]);
});

describe('after a hole', () => {
  const jumpAfter = (hours: number) =>
    new Watched(['local']).all(...flat(5), { value: 14, after: hours }, 14.03, 14.07, 14.02).seen;

  it('of three intervals a value is judged by what was before', () => {
    expect(jumpAfter(3)).toMatchObject([{ looker: 'local', start: 7 }]);
  });

  it('of more it is not: what was before says nothing', () => {
    expect(jumpAfter(3.01)).toEqual([]);
  });
});

describe('the departure of a value', () => {
  it('is told in scatters from the level of just before', () => {
    const { channel } = new Watched().all(10, 10, 10);
    expect(channel.departure(10)).toBe(0);
    const one = channel.departure(11);
    expect(one).toBeGreaterThan(10);
    expect(channel.departure(12)).toBeCloseTo(2 * one, 9);
    expect(channel.departure(9)).toBeCloseTo(-one, 9);
  });

  it('is 0 where nothing is known', () => {
    const options = { interval: hourMs, perYear: 1, caution: 1, lookers: new Set(everybody) };
    expect(new Channel(options).departure(5)).toBe(0);
    expect(new Watched().channel.departure(Number.NaN)).toBe(0);
  });
});

it('keeps ten thousand sightings, the newest', () => {
  const watched = new Watched(['quality']);
  for (let i = 0; i < 10_001; i++) watched.all(bad(), 10);
  expect(watched.channel.sightings).toHaveLength(10_000);
  expect(watched.seen[0]).toMatchObject({ start: 2 });
});

describe('a slow rise beyond all of the last year', () => {
  const rising = (multi: number) =>
    Array.from({ length: 40 }, (_, i): Given => ({ value: 10.1 + 0.03 * i, multi }));
  const seenBy = (lookers: Looker[], multi: number, caution = 1) =>
    new Watched(lookers, caution).all(...rising(multi)).seen.map(({ looker, cause }) => [looker, cause]);

  it('is told when another property departs too, as the louder of the two sees it', () => {
    expect(seenBy(['range', 'multi'], 50)).toEqual([['multi', 'disagreement']]);
    expect(seenBy(['range', 'multi'], 1.01)).toEqual([['range', 'beyond-range']]);
  });

  it('is not told by one of them alone, or with more caution than it is loud', () => {
    expect(seenBy(['range', 'multi'], 0)).toEqual([]);
    expect(seenBy(['range'], 50)).toEqual([]);
    expect(seenBy(['multi'], 50)).toEqual([]);
    expect(seenBy(['range', 'multi'], 50, 100)).toEqual([]);
  });
});
