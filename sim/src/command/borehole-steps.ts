// The readings that a `borehole` command asks for.
import { type BoreholeReading, createBorehole } from '../borehole/borehole.ts';
import type { CsvLayout } from '../borehole/csv.ts';

export interface BoreholeCommandOptions {
  readonly seed: string;
  readonly start?: number;
  readonly interval: number;
  readonly count?: number;
  readonly from: number;
  readonly faults: number;
  readonly out?: string;
  readonly layout: CsvLayout;
  readonly truth?: boolean;
  readonly broker?: string;
  readonly sensor?: string;
  readonly speed: number;
  readonly window: number;
  readonly timeout: number;
}

/** The arriving readings among the steps asked for, and how many steps are behind. */
export function generate(
  options: BoreholeCommandOptions,
  startAt: number,
  steps: number,
  walked: { steps: number },
) {
  const series = createBorehole({
    seed: options.seed,
    startAt,
    intervalMs: options.interval,
    faultsPerMonth: options.faults,
  });
  return (function* (): Generator<BoreholeReading, void, void> {
    for (; walked.steps < steps; walked.steps++) {
      const reading = series.at(options.from + walked.steps);
      if (reading.truth.row === undefined) yield reading;
    }
  })();
}
