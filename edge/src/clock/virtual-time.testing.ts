// A clock for tests that goes only when it is told to.
import type { Timers } from './timers.ts';

export interface VirtualTime {
  readonly now: () => number;
  readonly timers: Timers;
  /** Goes on by so much, running what falls due in its order, and letting every consequence happen. */
  advance(ms: number): Promise<void>;
  /** Sets the clock as a time server does: what is waited for is not touched. */
  step(ms: number): void;
}

export function createVirtualTime(startAt: number): VirtualTime {
  let uptime = 0;
  let offset = startAt;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  const settle = async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => offset + uptime,
    timers: {
      uptime: () => uptime,
      after: (ms, run) => {
        const entry = { at: uptime + Math.max(0, ms), run };
        waiting.add(entry);
        return () => waiting.delete(entry);
      },
    },
    async advance(ms) {
      const end = uptime + ms;
      await settle();
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        uptime = next.at;
        next.run();
        await settle();
      }
      uptime = end;
      await settle();
    },
    step(ms) {
      offset += ms;
    },
  };
}
