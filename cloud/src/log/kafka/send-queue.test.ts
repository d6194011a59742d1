import { retryDelays } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { type Outgoing, SendQueue, type SendQueueOptions } from './send-queue.ts';

interface Attempt {
  readonly partition: number;
  readonly group: readonly string[];
  accept(): Promise<void>;
  refuse(): Promise<void>;
}

/** A broker whose answers the test gives one by one. */
function openQueue(more: Partial<SendQueueOptions> = {}) {
  const attempts: Attempt[] = [];
  const troubles: unknown[] = [];
  const queue = new SendQueue({
    send: (partition, group) =>
      new Promise((resolve, reject) => {
        const then = (settle: () => void) => () => {
          settle();
          return turn();
        };
        attempts.push({
          partition,
          group: group.map(({ value }) => Buffer.from(value).toString()),
          accept: then(resolve),
          refuse: then(() => reject(new Error('the connection was cut'))),
        });
      }),
    maxGroup: 100,
    maxGroupBytes: 1_000,
    maxPending: 1_000,
    maxPendingBytes: 100_000,
    delays: () => retryDelays({ firstMs: 1, maxMs: 1 }, () => 0),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    defer: setImmediate,
    onTrouble: (error) => troubles.push(error),
    ...more,
  });
  return { queue, attempts, troubles };
}

function item(text: string, partition = 0): Outgoing {
  return { partition, key: null, value: Buffer.from(text) };
}

/** Long enough for the queue to have done all it can do without an answer. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 15));
}

function watch(promise: Promise<void>): { state: string } {
  const watched = { state: 'waiting' };
  promise.then(
    () => (watched.state = 'resolved'),
    (error: { code: string }) => (watched.state = error.code),
  );
  return watched;
}

it('sends what came meanwhile as one group, and resolves only when it is accepted', async () => {
  const { queue, attempts } = openQueue();
  const first = watch(queue.add(item('1')));
  await turn();
  const rest = ['2', '3', '4'].map((text) => watch(queue.add(item(text))));
  await turn();
  expect(attempts.map(({ group }) => group)).toEqual([['1']]);
  expect(first.state).toBe('waiting');
  await attempts[0]!.accept();
  expect(first.state).toBe('resolved');
  expect(attempts[1]!.group).toEqual(['2', '3', '4']);
  expect(rest.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  await attempts[1]!.accept();
  expect(rest.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved']);
  expect(queue.pending).toBe(0);
});

it('sends a refused group again as it was before any other, of other partitions too', async () => {
  const { queue, attempts, troubles } = openQueue();
  const added = [watch(queue.add(item('1'))), watch(queue.add(item('2')))];
  await turn();
  for (const [text, partition] of [
    ['3', 0],
    ['4', 1],
  ] as const)
    added.push(watch(queue.add(item(text, partition))));
  await attempts[0]!.refuse();
  await attempts[1]!.refuse();
  await attempts[2]!.accept();
  await attempts[3]!.accept();
  await attempts[4]!.accept();
  expect(attempts.map(({ group }) => group.join())).toEqual(['1,2', '1,2', '1,2', '3', '4']);
  expect(troubles).toHaveLength(2);
  expect(added.every(({ state }) => state === 'resolved')).toBe(true);
});

it('never mixes partitions in a group, keeps the order in each, and lets them take turns', async () => {
  const { queue, attempts } = openQueue({ maxGroup: 2 });
  for (let i = 1; i <= 6; i++) void queue.add(item(String(i), i <= 4 ? 0 : 1));
  await turn();
  for (let i = 0; i < 3; i++) await attempts[i]!.accept();
  expect(attempts.map(({ partition, group }) => `${partition}:${group}`)).toEqual([
    '0:1,2',
    '1:5,6',
    '0:3,4',
  ]);
});

it('keeps a group within its bytes, but for one item that is larger alone', async () => {
  const { queue, attempts } = openQueue({ maxGroupBytes: 10 });
  for (const size of [4, 4, 4, 30, 1]) void queue.add(item('x'.repeat(size)));
  await turn();
  for (let i = 0; i < 4; i++) await attempts[i]!.accept();
  expect(attempts.map(({ group }) => group.map((text) => text.length))).toEqual([[4, 4], [4], [30], [1]]);
});

it('refuses more than it may hold with LOG_WRITE, in items and in bytes', async () => {
  const few = openQueue({ maxPending: 2 });
  void few.queue.add(item('1'));
  void few.queue.add(item('2'));
  await expect(few.queue.add(item('3'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
  const small = openQueue({ maxPendingBytes: 10 });
  void small.queue.add(item('12345678'));
  await expect(small.queue.add(item('123'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
  await turn();
  await small.attempts[0]!.accept();
  const after = watch(small.queue.add(item('123')));
  await turn();
  await small.attempts[1]!.accept();
  expect(after.state).toBe('resolved');
});

it('waits for what is pending when it is closed, and takes no more', async () => {
  const { queue, attempts } = openQueue();
  const added = watch(queue.add(item('1')));
  await turn();
  const closing = queue.close(10_000);
  await expect(queue.add(item('2'))).rejects.toMatchObject({ code: 'LOG_WRITE' });
  await attempts[0]!.accept();
  await closing;
  expect(added.state).toBe('resolved');
});

it('acknowledges nothing after it gave up at closing, even when the answer comes then', async () => {
  const { queue, attempts } = openQueue();
  const added = [watch(queue.add(item('1'))), watch(queue.add(item('2', 1)))];
  await turn();
  await queue.close(1);
  await turn();
  expect(added.map(({ state }) => state)).toEqual(['LOG_WRITE', 'LOG_WRITE']);
  await attempts[0]!.accept();
  expect(attempts).toHaveLength(1);
  await queue.close(1);
});
