// Lists of events and of annotations: newest first, page by page.
import type { StartCursor } from '../../store/start-cursor.ts';
import { nextPage } from '../http/list-answer.ts';
import type { Exchange } from '../http/route.ts';
import { startCursor } from './cursor.ts';
import { given } from './given.ts';

const defaultLimit = 100;

interface AskedPage {
  readonly cursor?: StartCursor | undefined;
  readonly limit?: number | undefined;
}

/** What was asked for, as stores take it. */
export function newestFirst<Asked extends AskedPage>({ cursor, limit = defaultLimit, ...asked }: Asked) {
  return { ...given(asked), ...(cursor !== undefined && { after: cursor }), limit };
}

/** What the answer says beside the things themselves. */
export function pageEnd(exchange: Exchange, things: readonly unknown[], next: StartCursor | undefined) {
  return {
    ...nextPage(exchange, next === undefined ? null : startCursor.encode(next)),
    count: things.length,
  };
}
