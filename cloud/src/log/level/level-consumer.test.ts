// One consumer over a source in the hand of the test, in virtual time: when it reads, waits, tries again, ends.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LogEntry } from '../reading-log.ts';
import { type Checkpoint, type ConsumerRun, runConsumer, sleep } from './level-consumer.ts';

let entries: LogEntry[];
let end: number;
let checkpoint: Checkpoint;
let kept: number[];
let handled: number[][];
let errors: unknown[];
let fail: { read?: Error; handle?: Error; keep?: Error };
let run: ConsumerRun;
beforeEach(() => {
  vi.useFakeTimers();
  entries = [];
  end = 1;
  checkpoint = { position: 1 };
  kept = [];
  handled = [];
  errors = [];
  fail = {};
});
afterEach(async () => {
  await run.close();
  vi.useRealTimers();
});

function start(lingerMs = 0, maxBytes = 100): void {
  run = runConsumer(
    {
      wait: sleep,
      end: () => end,
      read: async (from, to, bytes) => {
        if (fail.read) throw fail.read;
        expect(bytes).toBe(maxBytes);
        return entries.filter(({ offset }) => offset >= from && offset < to);
      },
      keep: async (position) => {
        if (fail.keep) throw fail.keep;
        kept.push(position);
      },
    },
    checkpoint,
    async (some) => {
      handled.push(some.map(({ offset }) => offset));
      if (fail.handle) throw fail.handle;
    },
    { maxBytes, lingerMs, onError: (error) => errors.push(error) },
  );
  run.start();
}

function append(...offsets: number[]): void {
  for (const offset of offsets)
    entries.push({ partition: 0, offset, storedAt: 0, batch: Uint8Array.of(offset) });
  end = offsets.at(-1)! + 1;
  run.wake();
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it('handles what is there and what comes, and keeps the checkpoint behind it', async () => {
  start();
  await settle();
  expect(handled).toEqual([]);
  append(1, 2);
  await settle();
  append(5);
  await settle();
  expect(handled).toEqual([[1, 2], [5]]);
  expect(kept).toEqual([3, 6]);
  expect(checkpoint.position).toBe(6);
  expect(vi.getTimerCount()).toBe(0);
});

it('goes over a gap to its end without troubling the handler', async () => {
  end = 9;
  start();
  await settle();
  expect(handled).toEqual([]);
  expect(kept).toEqual([9]);
});

it('waits for company after new entries, and handles them together', async () => {
  start(500);
  await settle();
  append(1);
  await vi.advanceTimersByTimeAsync(499);
  append(2);
  expect(handled).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(handled).toEqual([[1, 2]]);
});

it.each(['read', 'handle', 'keep'] as const)('tries again a second after %s failed', async (step) => {
  fail = { [step]: new Error(`no ${step}`) };
  start();
  append(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(errors).toEqual([new Error(`no ${step}`)]);
  expect(checkpoint.position).toBe(1);
  fail = {};
  await vi.advanceTimersByTimeAsync(1);
  expect(handled.at(-1)).toEqual([1]);
  expect(checkpoint.position).toBe(2);
  expect(errors).toHaveLength(1);
});

it('says when an offset is behind it', async () => {
  start();
  await run.past(1);
  const reached: string[] = [];
  const waits = [2, 3].map((offset) => run.past(offset).then(() => reached.push(`past ${offset}`)));
  append(1);
  await settle();
  expect(reached).toEqual(['past 2']);
  append(2);
  await Promise.all(waits);
  expect(reached).toEqual(['past 2', 'past 3']);
});

it('ends at once while it waits: for entries, for company, for another try', async () => {
  start();
  await settle();
  await run.close();
  start(60_000);
  await settle();
  append(1);
  await settle();
  await run.close();
  expect(handled).toEqual([]);
  fail = { handle: new Error('no') };
  start();
  await settle();
  expect(handled).toEqual([[1]]);
  await run.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(checkpoint.position).toBe(1);
});

it('waits at its end for the handler under way, and keeps the checkpoint behind it', async () => {
  let finish: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const order: string[] = [];
  run = runConsumer(
    {
      wait: sleep,
      end: () => 2,
      read: async () => [{ partition: 0, offset: 1, storedAt: 0, batch: new Uint8Array() }],
      keep: async (position) => void order.push(`kept ${position}`),
    },
    checkpoint,
    () => gate,
    { maxBytes: 1, lingerMs: 0, onError: (error) => errors.push(error) },
  );
  run.start();
  await settle();
  const closing = run.close().then(() => order.push('closed'));
  await settle();
  expect(order).toEqual([]);
  finish();
  await closing;
  expect(order).toEqual(['kept 2', 'closed']);
  await expect(run.past(3)).rejects.toThrow('the consumer is closed');
  await run.past(2);
});

it('hands nothing over that it read while it was being ended', async () => {
  let answer: (found: LogEntry[]) => void = () => undefined;
  run = runConsumer(
    {
      wait: sleep,
      end: () => 2,
      read: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      keep: async (position) => void kept.push(position),
    },
    checkpoint,
    async (some) => void handled.push(some.map(({ offset }) => offset)),
    { maxBytes: 1, lingerMs: 0, onError: (error) => errors.push(error) },
  );
  run.start();
  await settle();
  const waiting = run.past(2);
  const told = expect(waiting).rejects.toThrow('the consumer was closed before it had caught up');
  const closing = run.close();
  answer([{ partition: 0, offset: 1, storedAt: 0, batch: new Uint8Array() }]);
  await closing;
  await told;
  expect({ handled, kept, errors }).toEqual({ handled: [], kept: [], errors: [] });
});

it('that was ended before it began never begins', async () => {
  start();
  await run.close();
  run.start();
  append(1);
  await settle();
  expect(handled).toEqual([]);
});
