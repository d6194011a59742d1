// PORT: holds the events that the analysis found, and what people said of them.
import type { EventKind } from '../event/event.ts';
import type { Feedback, FoundEvent, JudgedEvent, StoredEvent } from '../event/stored-event.ts';
import type { StartCursor } from './start-cursor.ts';

export interface EventQuery {
  readonly site?: string;
  readonly sensor?: string;
  readonly kind?: EventKind;
  /** Half-open; an event that overlaps it is found. */
  readonly from?: number;
  readonly to?: number;
  readonly open?: boolean;
  /** Withdrawn ones too. */
  readonly withdrawn?: boolean;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: StartCursor;
}

export interface EventPage {
  readonly events: readonly JudgedEvent[];
  /** Present exactly when more follow. */
  readonly next?: StartCursor;
}

/** A span of time that an analysis has looked at again, and all it found there. */
export interface EventSpan {
  readonly site: string;
  /** Left out: the regional events of the site. */
  readonly sensor?: string;
  /** Half-open, by the start of events. */
  readonly from: number;
  readonly to: number;
  readonly events: readonly FoundEvent[];
}

/** What was said of the events of a sensor, of one event, or of any event since a moment (that one included). */
export type FeedbackQuery =
  | { readonly site: string; readonly sensor: string }
  | { readonly event: string }
  | { readonly since: number };

/**
 * Holds events for those who ask. Fed by one analysis.
 *
 * Promises: after `replace` exactly the given events of that sensor start in the span; what was there before
 * and is not given is withdrawn, not deleted; the same once more changes nothing, not even `changedAt`. An
 * event that comes back after it was withdrawn is the same one. What a resolved call said is there for the
 * next query and after a kill. An event with several sensors is regional, and belongs to its site.
 */
export interface EventStore {
  /** Returns what is new or changed, as it is held now. `now` becomes their `changedAt`. */
  replace(spans: readonly EventSpan[], now: number): Promise<readonly StoredEvent[]>;
  find(query: EventQuery): Promise<EventPage>;
  get(id: string): Promise<JudgedEvent | undefined>;
  /** @returns false if there is no such event */
  judge(feedback: Feedback): Promise<boolean>;
  /** All that was said, oldest first; withdrawn events count too. */
  feedback(of: FeedbackQuery): Promise<readonly Feedback[]>;
}
