// One episode at one sensor, as a detector sees it.

/** What the ground did, what the instrument did, or what people did on purpose. */
export const eventKinds = ['process', 'fault', 'maintenance'] as const;

export type EventKind = (typeof eventKinds)[number];

/** Why a detector thinks so; one entry for each detector and property that spoke. */
export interface Evidence {
  /** `range`, `local`, `shift`, `seasonal`, `shape`, `global`, `multi`, `quality`, `code`. */
  readonly detector: string;
  readonly property: string;
  /** A sentence for people, with numbers and units. */
  readonly text: string;
}

/** Times are milliseconds since 1970, UTC. */
export interface DetectedEvent {
  readonly kind: EventKind;
  /** One word: `spike`, `dropout`, `impossible-value`, `shift`, `ramp`, `stuck`, `out-of-water`, … */
  readonly cause: string;
  /** The properties that moved, by name, the most telling first. */
  readonly properties: readonly string[];
  readonly start: number;
  /** Where it is farthest from what was expected. */
  readonly peak: number;
  /** Its last reading; left out while it goes on. */
  readonly end?: number;
  /** Time of the reading at which it was first known. */
  readonly decidedAt: number;
  /** Of the first property, at the peak. */
  readonly value: number;
  readonly expected: number;
  /** How far beyond the threshold at the peak: 1 is just on it. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}
