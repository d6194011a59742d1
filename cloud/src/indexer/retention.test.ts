import { expect, it, vi } from 'vitest';
import type { DroppedMonth } from '../store/month-dropper.ts';
import type { SensorSummary } from '../store/reading-store.ts';
import { keptSince, startRetention } from './retention.ts';

const today = Date.UTC(2026, 0, 31, 12);

/** A store that answers at once, a clock and a calendar in the hand of the test. */
function start(stored: readonly number[], answer: () => Promise<readonly DroppedMonth[]> = async () => []) {
  const asked: string[] = [];
  const told: unknown[] = [];
  let tick: () => void = () => undefined;
  let isStopped = false;
  let everyMs = 0;
  const clock = { now: today };
  const retention = startRetention({
    store: {
      sensors: async () => stored.map((lastStoredAt) => ({ lastStoredAt }) as SensorSummary),
      dropMonthsBefore: (time) => {
        asked.push(new Date(time).toISOString().slice(0, 10));
        return answer();
      },
    },
    keepMonths: 2,
    now: () => clock.now,
    repeat: (work, ms) => {
      tick = work;
      everyMs = ms;
      return () => {
        isStopped = true;
      };
    },
    onDropped: (months) => told.push(months),
    onError: (error) => told.push(error),
  });
  return {
    retention,
    asked,
    told,
    clock,
    tick: () => tick(),
    isStopped: () => isStopped,
    everyMs: () => everyMs,
  };
}

it.each([
  [Date.UTC(2026, 0, 31), 0, '2026-01-01'],
  [Date.UTC(2026, 0, 31), 1, '2025-12-01'],
  [Date.UTC(2026, 11, 1), 24, '2024-12-01'],
])('from %d with %d months on, readings are kept since %s', (now, keepMonths, since) => {
  expect(new Date(keptSince(now, keepMonths)).toISOString()).toBe(`${since}T00:00:00.000Z`);
});

it('drops at the start and at each turn, and tells what', async () => {
  const months = [{ month: '2025.10', readings: 744 }];
  const { asked, told, clock, tick } = start([today, 5], async () => months);
  await vi.waitFor(() => expect(told).toEqual([months]));
  clock.now = Date.UTC(2026, 1, 1);
  tick();
  await vi.waitFor(() => expect(asked).toEqual(['2025-11-01', '2025-11-01']));
});

it('takes its time from the newest reading where the clock is ahead, and drops nothing of an empty store', async () => {
  const ahead = start([Date.UTC(2025, 6, 1)]);
  await vi.waitFor(() => expect(ahead.asked).toEqual(['2025-05-01']));
  const empty = start([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(empty).toMatchObject({ asked: [], told: [] });
});

it('asks once a day', async () => {
  const { everyMs } = start([today]);
  expect(everyMs()).toBe(86_400_000);
});

it('tells nothing where no month was old enough', async () => {
  const { told, asked } = start([today]);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
});

it('begins no second time while the first is under way', async () => {
  let end: () => void = () => undefined;
  const { asked, tick } = start(
    [today],
    () =>
      new Promise((resolve) => {
        end = () => resolve([]);
      }),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  tick();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toHaveLength(1);
  end();
});

it('tells of a failure and tries again, one at a time', async () => {
  let fail: (error: Error) => void = () => undefined;
  const { asked, told, tick } = start(
    [today],
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  tick();
  fail(new Error('read-only'));
  await vi.waitFor(() => expect(told).toEqual([new Error('read-only')]));
  tick();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
});

it('is silent and begins nothing after it was closed', async () => {
  let fail: (error: Error) => void = () => undefined;
  const { retention, asked, told, tick, isStopped } = start(
    [today],
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  retention.close();
  fail(new Error('the store is closing'));
  tick();
  await new Promise((resolve) => setImmediate(resolve));
  expect({ asked: asked.length, told, isStopped: isStopped() }).toEqual({
    asked: 1,
    told: [],
    isStopped: true,
  });
});
