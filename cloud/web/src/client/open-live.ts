// One stream of the server's events, with the state that the page shows.
import type { StoredReading } from '../../../src/api/answer/answers.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

export interface LiveListener {
  readonly onReadings: (readings: readonly StoredReading[]) => void;
  /** Something was missed: what is shown should be loaded anew. */
  readonly onBehind: () => void;
  readonly onState: (state: LiveState) => void;
}

const reopenMs = 3_000;
const lookMs = 5_000;
/**
 * Looks that come so late mean that the machine slept: its stream may be dead without knowing. Browsers let the
 * timers of hidden pages run once a minute, which is no sleep.
 */
const sleptMs = 75_000;

/** Opens the stream, again and again if need be; returns what ends it. */
export function openLive(path: string, listener: LiveListener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpen = false;

  function open(): void {
    source = new EventSource(path);
    source.addEventListener('open', () => {
      listener.onState('live');
      // Readings stored while the stream was down went past this page.
      if (wasOpen) listener.onBehind();
      wasOpen = true;
    });
    source.addEventListener('readings', (event: MessageEvent<string>) => {
      listener.onReadings(JSON.parse(event.data) as StoredReading[]);
    });
    source.addEventListener('behind', () => listener.onBehind());
    source.addEventListener('error', () => {
      listener.onState('reconnecting');
      // Browsers come back by themselves after a broken connection, but not after a refusal (503).
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenMs);
    });
  }

  function reopen(): void {
    source.close();
    clearTimeout(timer);
    listener.onState('reconnecting');
    open();
  }

  open();
  let lookedAt = Date.now();
  const looking = setInterval(() => {
    const late = Date.now() - lookedAt - lookMs;
    lookedAt = Date.now();
    if (late >= sleptMs) reopen();
  }, lookMs);
  // Another network: what came by the one before is as good as closed.
  addEventListener('online', reopen);
  return () => {
    removeEventListener('online', reopen);
    clearInterval(looking);
    clearTimeout(timer);
    source.close();
  };
}
