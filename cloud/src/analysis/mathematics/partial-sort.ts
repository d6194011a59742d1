// Partial sorting by Singleton's quicksort: Chambers (1971), Algorithm 410, Communications of the ACM 14(5),
// upon Singleton (1969), Algorithm 347, Communications of the ACM 12(3).

/** A stretch still to sort, both ends included, and which of the wanted ranks are looked for in it. */
interface Segment {
  from: number;
  to: number;
  first: number;
  last: number;
}

const shortEnough = 10;

/**
 * Moves values so that each of the `ranks` (from 0, ascending) holds the value it would hold if all were
 * sorted. With ranks that descend, one is given up where a split falls between the two: `sumOfMiddle` says why
 * that is wanted.
 */
export function sortPartially(values: number[], ranks: readonly number[]): void {
  const waiting: Segment[] = [];
  let current: Segment | undefined = { from: 0, to: values.length - 1, first: 0, last: ranks.length - 1 };
  while (current !== undefined) {
    const { from, to, first, last }: Segment = current;
    if (to - from <= shortEnough && (from > 0 || from >= to)) {
      if (from > 0) insertInOrder(values, from, to);
      current = nextOf(waiting);
      continue;
    }
    const { low, high } = split(values, from, to);
    // The shorter part goes first, so that few wait.
    if (low - from > to - high) {
      let at = first;
      while (at <= last && ranks[at]! < high) at++;
      waiting.push({ from, to: low, first, last: at > last ? last : at - 1 });
      current = at > last ? nextOf(waiting) : { from: high, to, first: at, last };
    } else {
      let at = last;
      while (at >= first && ranks[at]! > low) at--;
      waiting.push({ from: high, to, first: at < first ? first : at + 1, last });
      current = at < first ? nextOf(waiting) : { from, to: low, first, last: at };
    }
  }
}

/**
 * The two middle values of an even number added up, or twice the middle one; the values are moved about.
 *
 * R's decomposition asks its partial sort for the upper middle rank before the lower one, and now and then
 * gets another value instead of the second. Where a window has next to no weight left, that
 * decides what the fit becomes, so being equal to R means asking the same.
 */
export function sumOfMiddle(values: number[]): number {
  const upper = values.length >> 1;
  const lower = values.length - 1 - upper;
  sortPartially(values, [upper, lower]);
  return values[upper]! + values[lower]!;
}

function nextOf(waiting: Segment[]): Segment | undefined {
  let next = waiting.pop();
  while (next !== undefined && next.first > next.last) next = waiting.pop();
  return next;
}

/** Splits at the median of first, middle and last: up to `low` nothing is larger, from `high` on nothing smaller. */
function split(a: number[], from: number, to: number): { low: number; high: number } {
  // Positions counted from 1 halve differently.
  const middle = ((from + to + 2) >> 1) - 1;
  if (a[from]! > a[middle]!) swap(a, from, middle);
  if (a[to]! < a[middle]!) {
    swap(a, to, middle);
    if (a[from]! > a[middle]!) swap(a, from, middle);
  }
  const pivot = a[middle]!;
  let high = from;
  let low = to;
  for (;;) {
    do low--;
    while (a[low]! > pivot);
    do high++;
    while (a[high]! < pivot);
    if (high > low) return { low, high };
    swap(a, low, high);
  }
}

/** Insertion sort of a short stretch; what lies before it is no larger than any of it. */
function insertInOrder(a: number[], from: number, to: number): void {
  for (let i = from + 1; i <= to; i++) {
    const value = a[i]!;
    let at = i;
    for (; a[at - 1]! > value; at--) a[at] = a[at - 1]!;
    a[at] = value;
  }
}

function swap(a: number[], i: number, j: number): void {
  const value = a[i]!;
  a[i] = a[j]!;
  a[j] = value;
}
