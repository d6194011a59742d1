// PORT: a store that can forget whole months, for those who may not or need not keep readings for ever.

export interface DroppedMonth {
  /** As 2026.01. */
  readonly month: string;
  readonly readings: number;
}

/** What a store that keeps months apart can do beside. */
export interface MonthDropper {
  /**
   * Forgets readings for good, by whole months: those that ended at a moment or before it. What was held stays known
   * as held: a dropped reading that is sent again is a no-op, and none is reported as missing.
   */
  dropMonthsBefore(time: number): Promise<readonly DroppedMonth[]>;
}
