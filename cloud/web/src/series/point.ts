// One thing that a chart can point at: a reading, or a stretch of many.

export interface Point {
  readonly time: number;
  readonly value: unknown;
  /** Of a stretch, the worst in it. */
  readonly flag: number;
  readonly cause: string | undefined;
  /** Where the point stands for many readings. */
  readonly stretch?: Stretch;
}

export interface Stretch {
  /** Its first and last reading, in milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Of its numbers that are neither bad nor missing; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly readings: number;
  readonly seconds: number;
}
