// Old readings are dropped by whole months, at the start and once a day.

import { dayMs } from '@wellhead/protocol';
import type { DroppedMonth, MonthDropper } from '../store/month-dropper.ts';
import type { SensorSummary } from '../store/reading-store.ts';

export interface RetentionOptions {
  readonly store: MonthDropper & { sensors(): Promise<readonly SensorSummary[]> };
  /** So many months before the present one are kept. */
  readonly keepMonths: number;
  readonly now: () => number;
  /** Calls `work` again and again until the returned function is called. */
  readonly repeat: (work: () => void, everyMs: number) => () => void;
  readonly onDropped: (months: readonly DroppedMonth[]) => void;
  /** Told of an attempt that failed; the next one comes a day later. */
  readonly onError: (error: unknown) => void;
}

export interface Retention {
  /** Begins nothing more. What is under way ends with the store. */
  close(): void;
}

const everyMs = dayMs;

export function startRetention({
  store,
  keepMonths,
  now,
  repeat,
  onDropped,
  onError,
}: RetentionOptions): Retention {
  let isClosed = false;
  let isUnderWay = false;
  const drop = async () => {
    if (isUnderWay || isClosed) return;
    isUnderWay = true;
    try {
      const newest = Math.max(...(await store.sensors()).map(({ lastStoredAt }) => lastStoredAt));
      if (!Number.isFinite(newest)) return;
      // A clock that is years ahead would drop everything: what was stored last says the time as well.
      const months = await store.dropMonthsBefore(keptSince(Math.min(now(), newest), keepMonths));
      if (months.length > 0) onDropped(months);
    } catch (error) {
      if (!isClosed) onError(error);
    } finally {
      isUnderWay = false;
    }
  };
  const stop = repeat(() => void drop(), everyMs);
  void drop();
  return {
    close() {
      isClosed = true;
      stop();
    },
  };
}

/** The first moment, UTC, of the oldest month that is kept. */
export function keptSince(now: number, keepMonths: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - keepMonths, 1);
}
