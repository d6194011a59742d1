// PORT: holds the events that the analysis found, and what people said of them.
import type { EventKind, Evidence } from '../event/event.ts';
import type { StartCursor } from './start-cursor.ts';

/** One episode as people and programs see it. Times are milliseconds since 1970, UTC. */
export interface StoredEvent {
  /** The same data give the same id, whoever looks at them how often. */
  readonly id: string;
  readonly site: string;
  /** One, or several where an event is regional. */
  readonly sensors: readonly string[];
  readonly properties: readonly string[];
  readonly kind: EventKind;
  readonly cause: string;
  /** One sentence for people. */
  readonly explanation: string;
  readonly start: number;
  readonly peak: number;
  /** Left out while it goes on. */
  readonly end?: number;
  readonly decidedAt: number;
  /** NaN where there is none to tell of. */
  readonly value: number;
  readonly expected: number;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** Which rules found it, with their version. */
  readonly rules: string;
  /** The regional event that explains it. */
  readonly partOf?: string;
  /** Later data took it back; it stays readable, and nobody is alerted. */
  readonly withdrawn: boolean;
  /** When it was first written, and last changed. */
  readonly foundAt: number;
  readonly changedAt: number;
}

export type Verdict = 'true' | 'false' | 'maintenance';

/** What somebody said of an event. The newest one of an event counts; all are kept. */
export interface Feedback {
  readonly event: string;
  readonly verdict: Verdict;
  readonly author: string;
  readonly note: string;
  readonly at: number;
}

/** An event with what was last said of it. */
export interface JudgedEvent extends StoredEvent {
  readonly feedback?: Feedback;
}

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

/** An event as an analysis found it; the store knows the rest. */
export type FoundEvent = Omit<StoredEvent, 'withdrawn' | 'foundAt' | 'changedAt'>;

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
