// One episode as people and programs see it, and what somebody said of it.
import type { DetectedEvent } from './event.ts';

/** `value` and `expected` are NaN where there is none to tell of. */
export interface StoredEvent extends DetectedEvent {
  /** The same data give the same id, whoever looks at them how often. */
  readonly id: string;
  readonly site: string;
  /** One, or several where an event is regional. */
  readonly sensors: readonly string[];
  /** One sentence for people. */
  readonly explanation: string;
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

/** An event as an analysis found it; whoever keeps it knows the rest. */
export type FoundEvent = Omit<StoredEvent, 'withdrawn' | 'foundAt' | 'changedAt'>;

/** It happened, it was a false alarm, or people were at work. */
export const verdicts = ['true', 'false', 'maintenance'] as const;

export type Verdict = (typeof verdicts)[number];

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
