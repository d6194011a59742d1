import type { Tally } from './tally.ts';

/** NaN where there is nothing to divide by. */
export interface Scores {
  readonly months: number;
  readonly labels: number;
  readonly events: number;
  readonly falsePerMonth: number;
  readonly precision: number;
  readonly recall: number;
  /** The recall that chance alone gives. */
  readonly chance: number;
  /** Recall that very long events cannot buy: only events that began with a label count as its hit. */
  readonly ownRecall: number;
  readonly f05: number;
  /** Median, in samples. */
  readonly delay: number;
  readonly alertsPerEvent: number;
  readonly shareOfTime: number;
}

/** Adds weeks up, of one series or of many. */
export function scoreOf(tallies: readonly Tally[]): Scores {
  let months = 0;
  let time = 0;
  let timeInEvents = 0;
  let right = 0;
  let wrong = 0;
  let labels = 0;
  let hits = 0;
  let ownHits = 0;
  let chanceHits = 0;
  let alerts = 0;
  const delays: number[] = [];
  for (const tally of tallies) {
    months += tally.months;
    time += tally.time;
    timeInEvents += tally.timeInEvents;
    right += tally.right;
    wrong += tally.false;
    labels += tally.labels;
    hits += tally.hits;
    ownHits += tally.ownHits;
    chanceHits += tally.chanceHits;
    alerts += tally.alerts;
    delays.push(...tally.delays);
  }
  const precision = right / (right + wrong);
  const recall = hits / labels;
  return {
    months,
    labels,
    events: right + wrong,
    falsePerMonth: wrong / months,
    precision,
    recall,
    ownRecall: ownHits / labels,
    chance: chanceHits / labels,
    f05: fHalf(precision, recall),
    delay: delays.sort((a, b) => a - b)[delays.length >> 1] ?? Number.NaN,
    alertsPerEvent: alerts / hits,
    shareOfTime: timeInEvents / time,
  };
}

/** The weighted mean of van Rijsbergen with beta 0.5: precision counts twice as much as recall. */
export function fHalf(precision: number, recall: number): number {
  // Who tells nothing has no precision, but found nothing for certain.
  if (recall === 0) return 0;
  return (1.25 * precision * recall) / (0.25 * precision + recall);
}
