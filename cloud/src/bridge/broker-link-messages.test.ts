// What comes by a broker of somebody else's: what is acknowledged when, and what is left out.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acknowledged, gateways, publish, publishers, TestLink } from './broker-link.testing.ts';

let the: TestLink;
beforeEach(async () => {
  the = await TestLink.begin();
});
afterEach(() => the.close());

describe('what gateways send', () => {
  it('goes to the bridge as it came, and is acknowledged without waiting for it', async () => {
    const taken: [string, string][] = [];
    the.open({
      bridge: (topic, payload) => {
        taken.push([topic, Buffer.from(payload).toString()]);
        return new Promise(() => undefined);
      },
    });
    const { session } = await the.broker.subscribed(gateways);
    publish(session, 'wellhead/1/a/g/data', 'batch', 5);
    await the.broker.until(() => acknowledged(session).length > 0);
    expect(taken).toEqual([['wellhead/1/a/g/data', 'batch']]);
    expect(the.counted).toEqual({});
  });

  it('is left out beyond the bytes that may wait, and counted; what is done makes room', async () => {
    const taken: number[] = [];
    const finish: (() => void)[] = [];
    the.open({
      bridge: (_, payload) => {
        taken.push(payload.length);
        return new Promise((resolve) => finish.push(resolve));
      },
    });
    const { session } = await the.broker.subscribed(gateways);
    const topic = 'wellhead/1/a/g/data';
    publish(session, topic, 'x'.repeat(60), 1);
    publish(session, topic, 'x'.repeat(40), 2);
    publish(session, topic, 'x', 3);
    await the.broker.until(() => acknowledged(session).length === 3);
    expect(taken).toEqual([60, 40]);
    expect(the.counted).toEqual({ batches_left_out_total: 1 });
    finish[1]!();
    await new Promise((resolve) => setImmediate(resolve));
    publish(session, topic, 'x'.repeat(41), 4);
    publish(session, topic, 'x'.repeat(39), 5);
    publish(session, topic, 'xx', 6);
    await the.broker.until(() => acknowledged(session).length === 6);
    expect(taken).toEqual([60, 40, 39]);
    expect(the.counted).toEqual({ batches_left_out_total: 3 });
    for (const go of finish) go();
  });

  it('is counted when the bridge could not take it, and takes no room any longer', async () => {
    const taken: number[] = [];
    the.open({
      bridge: (_, { length }) => {
        taken.push(length);
        return Promise.reject(new Error('the log cannot write'));
      },
    });
    const { session } = await the.broker.subscribed(gateways);
    publish(session, 'wellhead/1/a/g/data', 'x'.repeat(100), 1);
    await the.broker.until(() => the.counted.batches_left_out_total === 1);
    await new Promise((resolve) => setImmediate(resolve));
    publish(session, 'wellhead/1/a/g/data', 'x'.repeat(100), 2);
    await the.broker.until(() => the.counted.batches_left_out_total === 2);
    expect(taken).toEqual([100, 100]);
  });
});

describe('readings as JSON', () => {
  const topic = 'wellhead/1/a/roof/json';

  it('are acknowledged when they are in the log, one after the other', async () => {
    const taken: string[] = [];
    const finish: (() => void)[] = [];
    the.open({
      bridge: (_, payload) => {
        taken.push(Buffer.from(payload).toString());
        the.broker.changed();
        return new Promise((resolve) => finish.push(resolve));
      },
    });
    const { session } = await the.broker.subscribed(publishers);
    publish(session, topic, 'first', 1);
    publish(session, topic, 'second', 2);
    await the.broker.until(() => taken.length > 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual(['first']);
    expect(acknowledged(session)).toEqual([]);
    finish[0]!();
    await the.broker.until(() => taken.length > 1);
    finish[1]!();
    await the.broker.until(() => acknowledged(session).length === 2);
    expect(acknowledged(session)).toEqual([1, 2]);
  });

  it('are tried again while the log cannot write, after longer and longer waits', async () => {
    const at: number[] = [];
    the.open({
      bridge: () => {
        at.push(Date.now());
        return at.length <= 2 ? Promise.reject(new Error('the log cannot write')) : Promise.resolve();
      },
    });
    const { session } = await the.broker.subscribed(publishers);
    publish(session, topic, 'x', 9);
    await the.broker.until(() => acknowledged(session).length > 0);
    expect(acknowledged(session)).toEqual([9]);
    const [first, second] = [at[1]! - at[0]!, at[2]! - at[1]!];
    expect(first).toBeGreaterThanOrEqual(490);
    expect(first).toBeLessThan(990);
    expect(second).toBeGreaterThanOrEqual(990);
    expect(the.counted).toEqual({});
  });

  it('are not acknowledged when the program ends before they could be kept', async () => {
    let fail: (error: Error) => void = () => undefined;
    let tries = 0;
    const opened = the.open({
      bridge: () => {
        tries++;
        the.broker.changed();
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    });
    const { session } = await the.broker.subscribed(publishers);
    publish(session, topic, 'x', 9);
    await the.broker.until(() => tries === 1);
    const closed = opened.close();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    fail(new Error('the log is closed'));
    await closed;
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(acknowledged(session)).toEqual([]);
    expect(tries).toBe(1);
  });
});
