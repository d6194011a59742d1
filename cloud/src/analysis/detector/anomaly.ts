/** One value that a detector does not believe to belong to the rest. */
export interface Anomaly {
  /** Position in the series, from 0. */
  readonly index: number;
  readonly value: number;
  /** What the detector would have expected there, in the unit of the values. */
  readonly expected: number;
}
