// What a gateway says of itself to the cloud.
import { type ClockState, clockStates, type Ledger, maxWaiting, type Status } from '@wellhead/protocol';
import type { LoadedConfig } from '../config/load.ts';
import type { Journal } from '../journal/journal.ts';

export interface ReportParts {
  readonly config: LoadedConfig['config'];
  readonly version: string;
  readonly journal: Journal;
  readonly clockState: () => ClockState;
  /** Room the journal takes on the disk. */
  readonly journalBytes: () => number;
  readonly counters: () => Record<string, number>;
  readonly now: () => number;
}

export interface Report {
  readonly status: (state: Status['state']) => string;
  readonly ledger: () => string;
}

/** The messages `status` and `ledger`, made when they are sent. The program starts now. */
export function createReport(parts: ReportParts): Report {
  const { config, version, journal, clockState, journalBytes, counters, now } = parts;
  const startedAt = new Date(now()).toISOString();
  return {
    status: (state) =>
      JSON.stringify({
        state,
        at: new Date(now()).toISOString(),
        version,
        startedAt,
        clock: clockState() === clockStates.synchronised ? 'synchronised' : 'unsynchronised',
        origin: journal.origin,
        sensors: config.sensors.map(({ id, type, title }) => ({
          sensor: id,
          type,
          ...(title ? { title } : {}),
        })),
        undelivered: journal.undelivered,
        journal: { bytes: journalBytes(), budgetBytes: config.journal.budget },
        counters: counters(),
      } satisfies Status),
    ledger: () =>
      JSON.stringify({
        origin: journal.origin,
        at: new Date(now()).toISOString(),
        sensors: journal.sensors().map(({ sensor, last, lost, evicted, delivered }) => ({
          sensor,
          first: Math.min(evicted + 1, last),
          last,
          undelivered: last - delivered.size,
          waiting: delivered.missing(1, last, maxWaiting).map(([from, to]) => [from, to]),
          lost: lost.map(([from, to, reason]) => [from, to, reason]),
        })),
      } satisfies Ledger),
  };
}
