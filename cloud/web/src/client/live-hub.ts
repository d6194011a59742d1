// Hands the one live stream of the page to those parts of it that are shown.
import type { StoredReading } from '../../../src/api/answer/answers.ts';

export interface LiveListener {
  readonly onReadings: (readings: readonly StoredReading[]) => void;
  /** Something was missed: what is shown should be loaded anew. */
  readonly onBehind: () => void;
}

export interface LiveHub extends LiveListener {
  /** Returns what ends it. */
  readonly subscribe: (listener: LiveListener) => () => void;
}

export function createLiveHub(): LiveHub {
  const listeners = new Set<LiveListener>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReadings: (readings) => {
      for (const listener of listeners) listener.onReadings(readings);
    },
    onBehind: () => {
      for (const listener of listeners) listener.onBehind();
    },
  };
}
