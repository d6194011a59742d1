import { describe, expect, it } from 'vitest';
import { type BulkItem, BulkQueue, type SendBulk } from './bulk-queue.ts';
import type { ItemAnswer, Outcome } from './item-outcome.ts';
import { PassingFailure, RetryPolicy } from './retry-policy.ts';

/** A queue whose waiting takes no time, and what it did. */
function queueOn(send: SendBulk, limits = { docs: 10, bytes: 1_000, requests: 2 }) {
  const waited: number[] = [];
  const reasons: string[] = [];
  const retryPolicy = new RetryPolicy({
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waited.push(ms);
    },
    random: () => 0.5,
    onTrouble: ({ reason }) => reasons.push(reason),
  });
  const outcomes: Outcome[] = [];
  const deliver = (count: number, encode = itemAt) =>
    new BulkQueue({ send, retryPolicy, limits }).deliver(count, encode, (place, outcome) => {
      expect(outcomes[place]).toBeUndefined();
      outcomes[place] = outcome;
    });
  return { deliver, outcomes, waited, reasons, retryPolicy };
}

function itemAt(place: number): BulkItem {
  return { action: '{}', source: String(place) };
}

const answers = (items: readonly BulkItem[], status = 201): ItemAnswer[] => items.map(() => ({ status }));

function responseError(statusCode: number): Error {
  return Object.assign(new Error(`the server answers ${statusCode}`), { name: 'ResponseError', statusCode });
}

describe('the bulk queue', () => {
  it('keeps to its bounds in documents, size and requests, and encodes nothing before its turn', async () => {
    let underWay = 0;
    let encoded = 0;
    let settled = 0;
    const sizes: number[] = [];
    const { deliver } = queueOn(
      async (items) => {
        expect(++underWay).toBeLessThanOrEqual(2);
        expect(encoded - settled).toBeLessThanOrEqual(8);
        sizes.push(items.length);
        await Promise.resolve();
        underWay--;
        settled += items.length;
        return answers(items);
      },
      { docs: 4, bytes: 300, requests: 2 },
    );
    await deliver(31, (place) => {
      encoded++;
      return { action: '{}', source: 'x'.repeat(place < 20 ? 1 : 200) };
    });
    expect(encoded).toBe(31);
    expect(Math.max(...sizes)).toBe(4);
    // Two documents of 202 characters are past 300; a third would be too many.
    expect(sizes.slice(-5)).toEqual([2, 2, 2, 2, 1]);
  });

  it('tells the fate of each item', async () => {
    const statuses = [201, 200, 409, 400, 413];
    const { deliver, outcomes } = queueOn(async () => statuses.map((status) => ({ status })));
    await deliver(5);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['new', 'replaced', 'held', 'refused', 'refused']);
  });

  it('goes on after an hour without Elasticsearch as if nothing had been', async () => {
    const hourMs = 3_600_000;
    let tries = 0;
    const queue = queueOn(async (items) => {
      tries++;
      if (queue.waited.reduce((sum, ms) => sum + ms, 0) < 2 * hourMs)
        throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'ConnectionError' });
      return answers(items);
    });
    // Two requests wait side by side, an hour each.
    await queue.deliver(100);
    expect(queue.outcomes).toHaveLength(100);
    expect(queue.outcomes.every(({ kind }) => kind === 'new')).toBe(true);
    expect(tries).toBeLessThan(500);
    expect(Math.max(...queue.waited)).toBeLessThanOrEqual(30_000);
    expect(queue.reasons[0]).toContain('ECONNREFUSED');
  });

  it('sends again only what an overload turned away', async () => {
    const sent: string[] = [];
    let round = 0;
    const { deliver, outcomes, waited } = queueOn(async (items) => {
      sent.push(items.map(({ source }) => source).join());
      round++;
      return items.map((_, i) => ({ status: round < 3 && i % 2 === 1 ? 429 : 201 }));
    });
    await deliver(4);
    expect(sent).toEqual(['0,1,2,3', '1,3', '3']);
    expect(outcomes).toHaveLength(4);
    // Progress makes the next pause short again.
    expect(waited).toEqual([150, 150]);
  });

  it('finds the one item that spoils a request', async () => {
    const { deliver, outcomes } = queueOn(async (items) => {
      if (items.some(({ source }) => source === '5')) throw responseError(400);
      return answers(items);
    });
    await deliver(10);
    expect(outcomes.map(({ kind }) => kind === 'refused')).toEqual(
      Array.from({ length: 10 }, (_, i) => i === 5),
    );
  });

  it.each([
    ['has no rights', async () => Promise.reject(responseError(403))],
    ['may not write to an index', async (items: readonly BulkItem[]) => answers(items, 403)],
    [
      'has no room for another index',
      async (items: readonly BulkItem[]) =>
        items.map(() => ({
          status: 400,
          error: { type: 'validation_exception', reason: 'too many shards' },
        })),
    ],
  ])('fails as a whole, refusing no reading, where it %s', async (_, send: SendBulk) => {
    const { deliver, outcomes } = queueOn(send);
    await expect(deliver(30)).rejects.toThrow();
    expect(outcomes).toEqual([]);
  });

  it('stops waiting when the store closes', async () => {
    const { deliver, retryPolicy, waited } = queueOn(async () => {
      if (waited.length === 3) retryPolicy.end();
      throw new PassingFailure('gone');
    });
    await expect(deliver(1)).rejects.toThrow('closing');
  });

  it('takes an answer of the wrong length for none', async () => {
    let tries = 0;
    const { deliver, outcomes } = queueOn(async (items) => answers(tries++ === 0 ? items.slice(1) : items));
    await deliver(3);
    expect(outcomes).toHaveLength(3);
  });
});
