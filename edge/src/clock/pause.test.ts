// Waiting and deadlines, in virtual time.
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { deadline, pause, realTimers, type Timers } from './timers.ts';
import { createVirtualTime } from './virtual-time.testing.ts';

/** Timers that also know how many of them wait. */
function countedTimers() {
  const time = createVirtualTime(0);
  const waiting = new Set<object>();
  const timers: Timers = {
    ...time.timers,
    after: (ms, run) => {
      const entry = {};
      waiting.add(entry);
      const cancel = time.timers.after(ms, run);
      return () => {
        waiting.delete(entry);
        cancel();
      };
    },
  };
  return { time, timers, waiting: () => waiting.size };
}
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('a pause', () => {
  it('ends when its time is up, not before', async () => {
    const { time, timers } = countedTimers();
    let isOver = false;
    void pause(timers, 100).then(() => {
      isOver = true;
    });
    await time.advance(99);
    expect(isOver).toBe(false);
    await time.advance(1);
    expect(isOver).toBe(true);
  });

  it('ends at once when its signal aborts, and leaves neither a timer nor a listener', async () => {
    const { timers, waiting } = countedTimers();
    const abort = new AbortController();
    const over = pause(timers, 100, abort.signal);
    expect([waiting(), listeners(abort.signal)]).toEqual([1, 1]);
    abort.abort();
    await over;
    expect([waiting(), listeners(abort.signal)]).toEqual([0, 0]);
  });

  it('leaves no listener at a signal that did not abort', async () => {
    const { time, timers } = countedTimers();
    const abort = new AbortController();
    const over = pause(timers, 100, abort.signal);
    await time.advance(100);
    await over;
    expect(listeners(abort.signal)).toBe(0);
  });

  it('does not begin where the signal has aborted already', async () => {
    const { timers, waiting } = countedTimers();
    await pause(timers, 100, AbortSignal.abort());
    expect(waiting()).toBe(0);
  });
});

describe('a deadline', () => {
  it('aborts with its reason when the time is up', async () => {
    const { time, timers } = countedTimers();
    const { signal } = deadline(timers, 100, 'no answer');
    await time.advance(99);
    expect(signal.aborted).toBe(false);
    await time.advance(1);
    expect(signal.reason).toEqual(new Error('no answer'));
  });

  it('aborts with the outer signal, for the reason of that', () => {
    const outer = new AbortController();
    const { signal } = deadline(countedTimers().timers, 100, 'no answer', outer.signal);
    outer.abort('stopped');
    expect(signal.reason).toBe('stopped');
  });

  it('has come where the outer signal has aborted already', () => {
    const { signal } = deadline(countedTimers().timers, 100, 'no answer', AbortSignal.abort('stopped'));
    expect(signal.reason).toBe('stopped');
  });

  it('that was met leaves neither a timer nor a listener', () => {
    const { timers, waiting } = countedTimers();
    const outer = new AbortController();
    const limit = deadline(timers, 100, 'no answer', outer.signal);
    expect([waiting(), listeners(outer.signal)]).toEqual([1, 1]);
    limit.done();
    expect([waiting(), listeners(outer.signal)]).toEqual([0, 0]);
  });

  it('without an outer signal is met just the same', () => {
    const { timers, waiting } = countedTimers();
    deadline(timers, 100, 'no answer').done();
    expect(waiting()).toBe(0);
  });
});

it('a real timer that is taken back holds up nothing any more', () => {
  vi.useFakeTimers();
  try {
    const cancel = realTimers.after(60_000, () => undefined);
    expect(vi.getTimerCount()).toBe(1);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
