// What a finder has seen in one property: a span of readings that do not fit, and how much they do not.

/** What looked, one word each; `quality` stands for the tests of the gateway. */
export type Looker =
  | 'local'
  | 'spike'
  | 'ramp'
  | 'seasonal'
  | 'shape'
  | 'range'
  | 'multi'
  | 'code'
  | 'quality';

/** A span of readings of one property that do not fit. It grows while it lasts. Times are ms since 1970, UTC. */
export interface Sighting {
  readonly looker: Looker;
  cause: string;
  isFault: boolean;
  readonly start: number;
  peak: number;
  end: number;
  isOpen: boolean;
  /** When it was first known to be more than a stray value. */
  decidedAt: number;
  /** At the peak, in the unit of the property. */
  value: number;
  readonly expected: number;
  /** How many times the threshold the peak is. */
  score: number;
  /** Readings in it. */
  count: number;
  /** Others that saw it too. */
  readonly supporters: Set<Looker>;
}

type Beginning = Pick<Sighting, 'looker' | 'cause' | 'isFault' | 'value' | 'expected' | 'score'>;

/** A sighting of one reading, still going on. */
export function beginSighting(time: number, beginning: Beginning): Sighting {
  return {
    start: time,
    peak: time,
    end: time,
    decidedAt: time,
    isOpen: true,
    count: 1,
    supporters: new Set(),
    ...beginning,
  };
}
