// A note beside the readings, with its author, and who took it back.

/** What somebody wrote beside the readings. Times are milliseconds since 1970, UTC. */
export interface Annotation {
  readonly id: string;
  readonly site: string;
  /** Null: it is about the whole site. */
  readonly sensor: string | null;
  /** Null: it is about no property more than another. */
  readonly property: string | null;
  readonly from: number;
  /** The moment after its last, later than `from`; null: `from` is a moment, and all there is. */
  readonly to: number | null;
  readonly text: string;
  readonly author: string;
  /** When it was written. */
  readonly at: number;
  /** Who took it back and when; it stays readable. */
  readonly withdrawn: Withdrawal | null;
}

export interface Withdrawal {
  readonly by: string;
  readonly at: number;
}
