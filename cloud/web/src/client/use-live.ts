// Hands on what the live stream says, in gulps: a backlog of thousands a second must not redraw as often.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StoredReading } from '../../../src/api/answer/answers.ts';
import { type LiveState, openLive } from './open-live.ts';

const gulpMs = 300;
const maxWaiting = 10_000;
/** The live feed names at most so many readings of one block; a full one may have had more. */
const fullBlock = 500;
/** A long backlog says `behind` again and again; loading a range is not done more often than this. */
const reloadEveryMs = 5_000;

export interface LiveHandlers {
  readonly onReadings: (readings: readonly StoredReading[]) => void;
  readonly onBehind: () => void;
}

/** `undefined` as path listens to nothing. */
export function useLive(path: string | undefined, handlers: LiveHandlers): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const latest = useRef(handlers);
  latest.current = handlers;

  useEffect(() => {
    if (path === undefined) return;
    let waiting: StoredReading[] = [];
    let isBehind = false;
    let reloadedAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gulp = () => {
      timer = undefined;
      const readings = waiting;
      waiting = [];
      if (readings.length > 0) latest.current.onReadings(readings);
      const wait = reloadedAt + reloadEveryMs - Date.now();
      if (isBehind && wait > 0) timer = setTimeout(gulp, Math.max(gulpMs, Math.min(wait, gulpMs * 2)));
      else if (isBehind) {
        isBehind = false;
        reloadedAt = Date.now();
        latest.current.onBehind();
      }
    };
    const soon = () => {
      timer ??= setTimeout(gulp, gulpMs);
    };
    const close = openLive(path, {
      onState: setState,
      onReadings: (readings) => {
        waiting.push(...readings);
        if (readings.length >= fullBlock || waiting.length > maxWaiting) isBehind = true;
        if (waiting.length > maxWaiting) waiting = waiting.slice(-maxWaiting);
        soon();
      },
      onBehind: () => {
        isBehind = true;
        soon();
      },
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [path]);
  return state;
}
