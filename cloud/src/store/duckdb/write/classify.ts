// Which readings of a block are new, which are held already, and which only the table can judge.
import type { Block } from '@wellhead/protocol';
import type { SeriesBuffer } from './sensor-buffer.ts';

/** What is to be done with the readings of a block, by their places in it. */
export interface Classified {
  /** Stretches `[start, end)` of readings that are new for certain. */
  readonly fresh: readonly (readonly [start: number, end: number])[];
  /** Readings that only the table can judge. */
  readonly unsure: readonly number[];
  /** How many are held already, for certain. */
  readonly repeated: number;
}

/**
 * Judges keyed readings by what the series holds, and enters the fresh ones there. A held reading without a
 * revision can replace nothing; one with a revision may.
 */
export function classifyKeyed(block: Block, series: SeriesBuffer): Classified {
  const { count, seqs, revisions } = block;
  if (count === 0) return { fresh: [], unsure: [], repeated: 0 };
  const low = seqs[0]!;
  const high = seqs[count - 1]!;
  if (isRun(seqs, count) && isFree(series, low, high)) {
    series.added.add(low, high);
    series.highest = Math.max(series.highest, high);
    return { fresh: [[0, count]], unsure: [], repeated: 0 };
  }
  const fresh = new Stretches();
  const unsure: number[] = [];
  let repeated = 0;
  for (let i = 0; i < count; i++) {
    const seq = seqs[i]!;
    if (!(series.base?.held.has(seq) ?? false) && !series.added.has(seq)) {
      series.added.add(seq, seq);
      series.highest = Math.max(series.highest, seq);
      fresh.add(i);
    } else if (revisions[i]! > 0) unsure.push(i);
    else repeated++;
  }
  return { fresh: fresh.all, unsure, repeated };
}

/** Judges readings whose seq is their time: beyond the highest they are new, below it nobody remembers. */
export function classifyTimed(block: Block, series: SeriesBuffer): Classified {
  const fresh = new Stretches();
  const unsure: number[] = [];
  for (let i = 0; i < block.count; i++) {
    const seq = block.seqs[i]!;
    if (seq > series.highest) {
      series.highest = seq;
      fresh.add(i);
    } else unsure.push(i);
  }
  return { fresh: fresh.all, unsure, repeated: 0 };
}

class Stretches {
  readonly all: [number, number][] = [];

  add(place: number): void {
    const last = this.all.at(-1);
    if (last !== undefined && last[1] === place) last[1]++;
    else this.all.push([place, place + 1]);
  }
}

function isRun(seqs: Float64Array, count: number): boolean {
  for (let i = 1; i < count; i++) if (seqs[i] !== seqs[i - 1]! + 1) return false;
  return true;
}

function isFree(series: SeriesBuffer, low: number, high: number): boolean {
  for (const set of [series.base?.held, series.added]) {
    if (set === undefined || low > set.last) continue;
    const gap = set.missing(low, high, 1)[0];
    if (gap === undefined || gap[0] !== low || gap[1] !== high) return false;
  }
  return true;
}
