// Events of the API, followed over its pages as far as a page can sensibly show them.
import type { EventAnswer, EventsAnswer } from '../../../src/api/answer/answers.ts';
import { fetchAnswer } from './fetch-answer.ts';

/** More on one screen tells nobody more; the list of events has them all. */
const maxEvents = 5_000;
const pageSize = 1_000;

export interface EventFilter {
  readonly site?: string | undefined;
  readonly sensor?: string | undefined;
  readonly kind?: string | undefined;
  readonly open?: boolean | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function eventsPath({ from, to, ...filter }: EventFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
  if (from !== undefined) query.set('from', new Date(from).toISOString());
  if (to !== undefined) query.set('to', new Date(to).toISOString());
  return `/api/v1/events?${query}`;
}

/** Newest first, at most 5,000. @throws AnswerError */
export async function loadEvents(path: string, signal: AbortSignal): Promise<readonly EventAnswer[]> {
  const events: EventAnswer[] = [];
  let cursor: string | null = '';
  while (cursor !== null && events.length < maxEvents) {
    const answer: EventsAnswer = await fetchAnswer<EventsAnswer>(
      `${path}&limit=${pageSize}${cursor && `&cursor=${cursor}`}`,
      signal,
    );
    events.push(...answer.events);
    cursor = answer.next;
  }
  return events;
}
