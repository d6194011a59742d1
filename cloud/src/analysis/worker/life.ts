// The life of a detector: which readings it sees, and which events are its to tell.
import { dayMs } from '@wellhead/protocol';
import { quarterStart } from './quarter.ts';

/**
 * The events that start in a quarter are told by one detector, which begins four quarters before it. So it is the
 * data alone that decides what is found, and not when somebody began to look. Half-open, milliseconds since 1970.
 */
export interface Life {
  /** Its first reading is here or later. */
  readonly begin: number;
  /** Events that start in this span are its own. */
  readonly from: number;
  readonly to: number;
  /** From here on it lives only as long as an event of its own goes on. */
  readonly settled: number;
  /** Here it ends, and with it whatever still goes on. */
  readonly end: number;
}

/** So many quarters of history make a full year of seasons. */
export const historyQuarters = 4;
const settleMs = 7 * dayMs;

export function lifeOf(quarter: number): Life {
  const to = quarterStart(quarter + 1);
  return {
    begin: quarterStart(quarter - historyQuarters),
    from: quarterStart(quarter),
    to,
    settled: to + settleMs,
    end: quarterStart(quarter + 2),
  };
}

/**
 * The quarters whose events a reading may change, but for those of its own future: it is history for the four quarters
 * after its own, and may end what began in the one before.
 */
export function touchedQuarters(quarter: number, last: number): number[] {
  const touched: number[] = [];
  for (let q = quarter - 1; q <= Math.min(quarter + historyQuarters, last); q++) touched.push(q);
  return touched;
}
