import type { EventKind } from '../../cloud/src/event/event.ts';
import type { Series } from './series.ts';

/** One thing that a system told people of. Times are ms since 1970. */
export interface FoundEvent {
  /** Systems that know no faults call everything `process`. */
  readonly kind: EventKind;
  readonly cause: string;
  readonly properties: readonly string[];
  readonly start: number;
  /** The last reading of it; that of the series where it never ended. */
  readonly end: number;
  readonly decidedAt: number;
  readonly value: number;
  readonly expected: number;
  readonly text?: string;
  /** Told as a process, and later taken back: it counts among the process events, and only there. */
  readonly isWithdrawn?: boolean;
}

/** A detector under test. What it says of a time may depend on that time and those before, and on nothing after. */
export interface System {
  readonly id: string;
  readonly title: string;
  /** Events by start. */
  readonly run: (series: Series) => readonly FoundEvent[];
}
