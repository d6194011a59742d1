// An event as people and programs read it: times as text, null where there is nothing.
import { isoOrNull, isoTime } from '@wellhead/protocol';
import type { Feedback, JudgedEvent } from '../../event/stored-event.ts';
import type { EventAnswer } from './answers.ts';

export function answerEvent(event: JudgedEvent): EventAnswer {
  const { start, peak, end, decidedAt, foundAt, changedAt, feedback, partOf, value, expected, ...rest } =
    event;
  return {
    ...rest,
    value: numberOf(value),
    expected: numberOf(expected),
    start: isoTime(start),
    peak: isoTime(peak),
    end: isoOrNull(end),
    decidedAt: isoTime(decidedAt),
    foundAt: isoTime(foundAt),
    changedAt: isoTime(changedAt),
    partOf: partOf ?? null,
    feedback: feedback === undefined ? null : answerFeedback(feedback),
  };
}

function answerFeedback({ verdict, author, note, at }: Feedback): NonNullable<EventAnswer['feedback']> {
  return { verdict, author, note, at: isoTime(at) };
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
