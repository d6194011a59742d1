// Lists of the API, followed over their pages as far as a page can sensibly show them.
import { fetchAnswer } from './fetch-answer.ts';

interface Listed<Answer, Item> {
  readonly itemsOf: (answer: Answer) => readonly Item[];
  readonly pageSize: number;
  /** Asks for no more pages when it holds this many. */
  readonly max: number;
}

/** Loads the list at `path`, which has a query. @throws AnswerError */
export async function loadPages<Answer extends { readonly next: string | null }, Item>(
  path: string,
  signal: AbortSignal,
  { itemsOf, pageSize, max }: Listed<Answer, Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null && items.length < max; ) {
    const page = `${path}&limit=${pageSize}${cursor && `&cursor=${cursor}`}`;
    const answer: Answer = await fetchAnswer<Answer>(page, signal);
    for (const item of itemsOf(answer)) items.push(item);
    cursor = answer.next;
  }
  return items;
}
