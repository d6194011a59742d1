// All faults of one sensor that show only with hindsight, each reported once.
import { findCalibrations } from './calibration-step.ts';
import { findDrifts } from './drift.ts';
import type { FaultContext, FaultSpan, FaultWindow } from './fault-window.ts';
import { findLoneChanges } from './multi-channel.ts';
import { findDisagreements } from './neighbour.ts';
import { findOffsetPairs } from './offset-pair.ts';

/** The tests in their order: what is plainest to see first. */
const tests: readonly ((
  window: FaultWindow,
  context: FaultContext,
  earlier: readonly FaultSpan[],
) => FaultSpan[])[] = [
  (window, _, earlier) => findOffsetPairs(window, earlier),
  findCalibrations,
  (window, _, earlier) => findLoneChanges(window, earlier),
  findDrifts,
  findDisagreements,
];

/**
 * Faults of one sensor that take later readings, or what is known beside them, to see. Each test sees only what the
 * quality tests and those before it have not failed (the order of HydroSight), so that one fault is told once.
 * The same window and context give the same spans, in the order of time.
 * @param window some weeks to a year of readings: what is usual is learnt from them
 */
export function findFaults(window: FaultWindow, context: FaultContext = {}): FaultSpan[] {
  const found: FaultSpan[] = [];
  for (const test of tests) found.push(...test(window, context, found));
  return found.sort((a, b) => a.start - b.start || (a.property < b.property ? -1 : 1));
}
