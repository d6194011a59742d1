import { hourMs } from '@wellhead/protocol';
import { expect, test } from 'vitest';
import { type PaceClock, pace } from './pace.ts';

const at = (hours: number) => ({ measuredAt: hours * hourMs, values: {} });

function virtualClock(): PaceClock & { time: number } {
  const clock = {
    time: 1000,
    now: () => clock.time,
    sleep: async (ms: number) => {
      clock.time += ms;
    },
  };
  return clock;
}

async function timesOf(hours: readonly number[], speed: number, delayAfterFirst = 0): Promise<number[]> {
  const clock = virtualClock();
  const times: number[] = [];
  for await (const _ of pace(hours.map(at), { speed, clock })) {
    times.push(clock.time - 1000);
    if (times.length === 1) clock.time += delayAfterFirst;
  }
  return times;
}

test('360x puts an hour into ten seconds, and keeps gaps', async () => {
  expect(await timesOf([0, 1, 2, 5], 360)).toEqual([0, 10_000, 20_000, 50_000]);
});

test('at most speed nothing waits', async () => {
  expect(await timesOf([0, 1, 900], Number.POSITIVE_INFINITY)).toEqual([0, 0, 0]);
});

test('who was held up catches up', async () => {
  expect(await timesOf([0, 1, 2, 3], 360, 25_000)).toEqual([0, 25_000, 25_000, 30_000]);
});

test('a reading older than the one before it comes at once', async () => {
  expect(await timesOf([5, 1, 2], 360)).toEqual([0, 0, 10_000]);
});

test('waits longer than a timer can', async () => {
  expect(await timesOf([0, 24 * 60], 1)).toEqual([0, 24 * 60 * hourMs]);
});

test('ends when it is called off in the middle of a wait', async () => {
  const abort = new AbortController();
  const seen: unknown[] = [];
  for await (const reading of pace([at(0), at(1)], { speed: 1, signal: abort.signal })) {
    seen.push(reading);
    queueMicrotask(() => abort.abort());
  }
  expect(seen).toHaveLength(1);
});
