// An event as people and programs read it: times as text, null where there is nothing.
import type { JudgedEvent } from '../../event/stored-event.ts';
import type { EventAnswer } from './answers.ts';

export function answerEvent(event: JudgedEvent): EventAnswer {
  const { start, peak, end, decidedAt, foundAt, changedAt, feedback, partOf, value, expected, ...rest } =
    event;
  const iso = (time: number) => new Date(time).toISOString();
  return {
    ...rest,
    ...{ value: numberOf(value), expected: numberOf(expected) },
    ...{ start: iso(start), peak: iso(peak), end: end === undefined ? null : iso(end) },
    ...{ decidedAt: iso(decidedAt), foundAt: iso(foundAt), changedAt: iso(changedAt) },
    partOf: partOf ?? null,
    feedback:
      feedback === undefined
        ? null
        : {
            ...{ verdict: feedback.verdict, author: feedback.author, note: feedback.note },
            at: iso(feedback.at),
          },
  };
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
