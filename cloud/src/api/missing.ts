// Which readings the cloud does not hold, and what the gateway's ledger says of each.
import type { Ledger, LossReason, Range } from '@wellhead/protocol';

export interface MissingRange {
  readonly from: number;
  readonly to: number;
  readonly state: 'not yet sent' | 'lost at the edge' | 'unknown';
  /** For what was lost, the reason of the gateway; for what is unknown, why nobody can say. */
  readonly reason?: LossReason | 'no ledger' | 'newer than the ledger' | 'no longer at the gateway';
}

type LedgerEntry = Ledger['sensors'][number];

/** A hole can be chopped by many losses; more than this tells a reader nothing. */
const mostRanges = 200;

/** What one origin has not delivered: the holes below the highest seq held, and what the ledger knows beyond. */
export function classifyMissing(
  held: { readonly highest: number; readonly missing: readonly Range[] },
  entry: LedgerEntry | undefined,
): MissingRange[] {
  const holes = [...held.missing];
  if (entry !== undefined && entry.last > held.highest) holes.push([held.highest + 1, entry.last]);
  return holes.flatMap((hole) => classify(hole, entry)).slice(0, mostRanges);
}

function classify([from, to]: Range, entry: LedgerEntry | undefined): MissingRange[] {
  if (entry === undefined) return [{ from, to, state: 'unknown', reason: 'no ledger' }];
  const lost = entry.lost.filter(([low, high]) => low <= to && high >= from).sort(([a], [b]) => a - b);
  const ranges: MissingRange[] = [];
  let next = from;
  for (const [low, high, reason] of lost) {
    if (high < next) continue;
    if (low > next) ranges.push(...split(next, low - 1, entry));
    const start = Math.max(low, next);
    next = Math.min(high, to) + 1;
    ranges.push({ from: start, to: next - 1, state: 'lost at the edge', reason });
  }
  if (next <= to) ranges.push(...split(next, to, entry));
  return ranges;
}

/** What was not lost: waiting where the gateway holds it, unknown on either side. */
function split(from: number, to: number, { first, last }: LedgerEntry): MissingRange[] {
  const parts: MissingRange[] = [
    { from, to: Math.min(to, first - 1), state: 'unknown', reason: 'no longer at the gateway' },
    { from: Math.max(from, first), to: Math.min(to, last), state: 'not yet sent' },
    { from: Math.max(from, last + 1), to, state: 'unknown', reason: 'newer than the ledger' },
  ];
  return parts.filter((part) => part.from <= part.to);
}
