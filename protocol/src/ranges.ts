// Which seqs are delivered, held or missing, as ranges, however many there are.

/** Sets of whole numbers as sorted, disjoint, closed ranges: which seqs are delivered, held, missing. */
export type Range = readonly [from: number, to: number];

export class RangeSet {
  #ranges: [number, number][];

  constructor(ranges: Iterable<Range> = []) {
    this.#ranges = [];
    for (const [from, to] of ranges) this.add(from, to);
  }

  get ranges(): readonly Range[] {
    return this.#ranges;
  }

  get size(): number {
    return this.#ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }

  /** The largest member, or 0. */
  get last(): number {
    return this.#ranges.at(-1)?.[1] ?? 0;
  }

  has(value: number): boolean {
    const range = this.#ranges[this.#firstEndingAtOrAfter(value)];
    return range !== undefined && range[0] <= value;
  }

  hasAll(from: number, to: number): boolean {
    const range = this.#ranges[this.#firstEndingAtOrAfter(from)];
    return range !== undefined && range[0] <= from && range[1] >= to;
  }

  add(from: number, to: number): void {
    if (to < from) return;
    const tail = this.#ranges.at(-1);
    if (tail !== undefined && from === tail[1] + 1) {
      tail[1] = to;
      return;
    }
    // Neighbours join: [1,3] and [4,6] are [1,6].
    const start = this.#firstEndingAtOrAfter(from - 1);
    let end = start;
    let low = from;
    let high = to;
    while (end < this.#ranges.length && this.#ranges[end]![0] <= to + 1) {
      low = Math.min(low, this.#ranges[end]![0]);
      high = Math.max(high, this.#ranges[end]![1]);
      end++;
    }
    this.#ranges.splice(start, end - start, [low, high]);
  }

  remove(from: number, to: number): void {
    if (to < from) return;
    const kept: [number, number][] = [];
    for (const [low, high] of this.#ranges) {
      if (high < from || low > to) kept.push([low, high]);
      else {
        if (low < from) kept.push([low, from - 1]);
        if (high > to) kept.push([to + 1, high]);
      }
    }
    this.#ranges = kept;
  }

  /** What of `[from, to]` is not in the set, in order; at most `limit` ranges. */
  missing(from: number, to: number, limit = Number.POSITIVE_INFINITY): Range[] {
    const gaps: Range[] = [];
    let next = from;
    for (let i = this.#firstEndingAtOrAfter(from); i < this.#ranges.length && next <= to; i++) {
      const [low, high] = this.#ranges[i]!;
      if (low > next) {
        gaps.push([next, Math.min(low - 1, to)]);
        if (gaps.length >= limit) return gaps;
      }
      next = Math.max(next, high + 1);
    }
    if (next <= to) gaps.push([next, to]);
    return gaps;
  }

  #firstEndingAtOrAfter(value: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ranges[middle]![1] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The ranges that a sorted or unsorted list of whole numbers makes. */
export function rangesOf(values: Float64Array | readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  let sorted = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const last = ranges.at(-1);
    if (last !== undefined && value === last[1] + 1) last[1] = value;
    else {
      if (last !== undefined && value <= last[1]) sorted = false;
      ranges.push([value, value]);
    }
  }
  return sorted ? ranges : [...new RangeSet(ranges).ranges];
}
