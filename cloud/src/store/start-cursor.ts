/** Lists of episodes are newest first, by start and then id; this is a place in that order. */
export interface StartCursor {
  /** Milliseconds since 1970, UTC. */
  readonly start: number;
  readonly id: string;
}
