// Which readings the cloud does not hold, and what the gateway's ledger says of each.
import { type Ledger, type LossReason, maxWaiting, type Range, RangeSet } from '@wellhead/protocol';

export interface MissingRange {
  readonly from: number;
  readonly to: number;
  /** On request: the gateway holds it and counts it as delivered, so it comes only when it is asked for. */
  readonly state: 'not yet sent' | 'on request' | 'requested' | 'lost at the edge' | 'unknown';
  /** For what was lost, the reason of the gateway; for what is unknown, why nobody can say. */
  readonly reason?: LossReason | 'no ledger' | 'newer than the ledger' | 'no longer at the gateway';
}

type LedgerEntry = Ledger['sensors'][number];

/** A hole can be chopped by many losses; more than this tells a reader nothing. */
const maxRanges = 200;

/**
 * What one origin has not delivered: the holes below the highest seq held, and what the ledger knows beyond.
 * `requested` is what the gateway was asked for lately.
 */
export function classifyMissing(
  held: { readonly highest: number; readonly missing: readonly Range[] },
  entry: LedgerEntry | undefined,
  requested: readonly Range[] = [],
): MissingRange[] {
  const holes = [...held.missing];
  if (entry !== undefined && entry.last > held.highest) holes.push([held.highest + 1, entry.last]);
  return holes.flatMap((hole) => classify(hole, entry, requested)).slice(0, maxRanges);
}

function classify(
  [from, to]: Range,
  entry: LedgerEntry | undefined,
  requested: readonly Range[],
): MissingRange[] {
  if (entry === undefined) return [{ from, to, state: 'unknown', reason: 'no ledger' }];
  const lost = entry.lost.filter(([low, high]) => low <= to && high >= from).sort(([a], [b]) => a - b);
  const ranges: MissingRange[] = [];
  let next = from;
  for (const [low, high, reason] of lost) {
    if (high < next) continue;
    if (low > next) ranges.push(...split(next, low - 1, entry, requested));
    const start = Math.max(low, next);
    next = Math.min(high, to) + 1;
    ranges.push({ from: start, to: next - 1, state: 'lost at the edge', reason });
  }
  if (next <= to) ranges.push(...split(next, to, entry, requested));
  return ranges;
}

/** What was not lost: with the gateway, or unknown on either side of what it holds. */
function split(from: number, to: number, entry: LedgerEntry, requested: readonly Range[]): MissingRange[] {
  const { first, last } = entry;
  const [low, high] = [Math.max(from, first), Math.min(to, last)];
  const parts: MissingRange[] = [
    { from, to: Math.min(to, first - 1), state: 'unknown', reason: 'no longer at the gateway' },
    ...(low <= high ? atGateway([low, high], entry, requested) : []),
    { from: Math.max(from, last + 1), to, state: 'unknown', reason: 'newer than the ledger' },
  ];
  return parts.filter((part) => part.from <= part.to);
}

function atGateway(
  [from, to]: Range,
  { waiting, last }: LedgerEntry,
  requested: readonly Range[],
): MissingRange[] {
  const isAll = waiting.length < maxWaiting;
  const known = isAll ? waiting : [...waiting, [waiting.at(-1)![1] + 1, last] as const];
  const others = new RangeSet(known).missing(from, to);
  const asked = new RangeSet(requested);
  const isDelivered = new RangeSet(others);
  return [
    ...isDelivered.missing(from, to).map((range) => stateOf(range, 'not yet sent')),
    ...others.flatMap(([low, high]) => {
      const unasked = asked.missing(low, high);
      const covered = new RangeSet(unasked).missing(low, high);
      return [
        ...unasked.map((range) => stateOf(range, 'on request')),
        ...covered.map((range) => stateOf(range, 'requested')),
      ];
    }),
  ].sort((a, b) => a.from - b.from);
}

function stateOf([from, to]: Range, state: MissingRange['state']): MissingRange {
  return { from, to, state };
}
