// Events of the API, as far as a page can sensibly show them.
import type { EventAnswer, EventsAnswer } from '../../../src/api/answer/answers.ts';
import { loadPages } from './load-pages.ts';

/** More on one screen tells nobody more; the list of events has them all. */
const max = 5_000;

/** Newest first, at most 5,000. @throws AnswerError */
export function loadEvents(path: string, signal: AbortSignal): Promise<readonly EventAnswer[]> {
  return loadPages(path, signal, { itemsOf: ({ events }: EventsAnswer) => events, pageSize: 1_000, max });
}
