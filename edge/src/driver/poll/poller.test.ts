import { minuteMs, WellheadError } from '@wellhead/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { pause } from '../../clock/timers.ts';
import { createVirtualTime, type VirtualTime } from '../../clock/virtual-time.testing.ts';
import { TestHost } from '../driver-host.testing.ts';
import { nextTurn, type PolledDevice, type PollPlan } from './poll.ts';
import { startPoller } from './poller.ts';

const plan: PollPlan = { everyMs: minuteMs, offsetMs: 0, timeoutMs: 5_000, retries: 2 };
/** 12:00:20. */
const startAt = Date.UTC(2026, 0, 31, 12, 0, 20);

let time: VirtualTime;
let host: TestHost;
beforeEach(() => {
  time = createVirtualTime(startAt);
  host = new TestHost(time.now);
});

const answering = (sensor: string, more: Partial<PolledDevice> = {}): PolledDevice => ({
  sensor,
  plan,
  measure: async () => ({ sensor, values: [1] }),
  ...more,
});
const dead = (sensor: string): PolledDevice =>
  answering(sensor, {
    measure: async (signal) => {
      await pause(time.timers, Number.POSITIVE_INFINITY, signal);
      throw signal.reason;
    },
  });
const start = (...devices: PolledDevice[]) => startPoller({ devices, host, timers: time.timers });
const clockOf = (ms: number | undefined) => new Date(ms!).toISOString().slice(11, 19);

describe('the turn', () => {
  it.each([
    [0, 0, minuteMs],
    [1, 0, minuteMs],
    [minuteMs - 1, 0, minuteMs],
    [minuteMs, 0, 2 * minuteMs],
    [5_000, 10_000, 10_000],
    [10_000, 10_000, minuteMs + 10_000],
  ])('after %d ms with an offset of %d ms is at %d ms', (now, offsetMs, at) => {
    expect(nextTurn(now, { everyMs: minuteMs, offsetMs })).toBe(at);
  });

  it('is aligned to the clock, and its time is that of the reading', async () => {
    const poller = start(answering('a'), answering('b', { plan: { ...plan, offsetMs: 15_000 } }));
    await time.advance(2 * minuteMs);
    await poller.close();
    expect(host.of('a').map(({ measuredAt }) => clockOf(measuredAt))).toEqual(['12:01:00', '12:02:00']);
    expect(host.of('b').map(({ measuredAt }) => clockOf(measuredAt))).toEqual(['12:01:15', '12:02:15']);
  });

  it('keeps the time that the sensor says', async () => {
    const poller = start(
      answering('a', { measure: async () => ({ sensor: 'a', values: [1], measuredAt: 5 }) }),
    );
    await time.advance(minuteMs);
    await poller.close();
    expect(host.of('a')[0]!.measuredAt).toBe(5);
  });

  it('brings nothing when there is nothing new', async () => {
    const poller = start(answering('a', { measure: async () => undefined }));
    await time.advance(3 * minuteMs);
    await poller.close();
    expect(host.offered).toEqual([]);
    expect(host.counted('polls_total', 'a')).toBe(3);
    expect(host.counted('polls_failed_total', 'a')).toBe(0);
  });
});

describe('a dead device', () => {
  it('is tried again within its turn, with a growing pause, while others have theirs', async () => {
    const poller = start(dead('a'), answering('b'));
    await time.advance(minuteMs);
    await poller.close();
    expect(host.counted('polls_failed_total', 'a')).toBe(1);
    expect(clockOf(host.of('b')[0]!.measuredAt)).toBe('12:01:05');
  });

  it('gets one attempt a turn when it is known to be dead, and is told of once', async () => {
    const attempts: string[] = [];
    const silent = dead('a');
    const poller = start({
      ...silent,
      measure: (signal) => {
        attempts.push(clockOf(time.now()).slice(0, 5));
        return silent.measure(signal);
      },
    });
    await time.advance(4 * minuteMs);
    await poller.close();
    expect(attempts).toEqual(['12:01', '12:01', '12:01', '12:02', '12:03', '12:04']);
    expect(host.said).toEqual([
      expect.stringMatching(/^a sensor does not answer .*no answer within 5000 ms/),
    ]);
  });

  it('makes a month of others late by its timeout at most, and by no turn', async () => {
    const poller = start(dead('a'), answering('b'), answering('c'));
    const days = 3;
    await time.advance(days * 24 * 60 * minuteMs);
    await poller.close();
    const turns = days * 24 * 60;
    expect(host.of('b').length).toBe(turns);
    expect(host.of('c').length).toBe(turns);
    expect(Math.max(...host.lateness.get('b')!, ...host.lateness.get('c')!)).toBeLessThanOrEqual(
      plan.timeoutMs,
    );
    expect(host.counted('polls_failed_total', 'a')).toBe(turns);
  }, 60_000);
});

it('counts turns that passed while one was under way, and does not make up for them', async () => {
  const slow = answering('a', {
    plan: { ...plan, timeoutMs: 10 * minuteMs },
    measure: async () => {
      await pause(time.timers, 2.5 * minuteMs);
      return { sensor: 'a', values: [1] };
    },
  });
  const poller = start(slow);
  await time.advance(4 * minuteMs);
  expect(host.of('a')).toHaveLength(1);
  expect(host.counted('turns_missed_total', 'a')).toBe(2);
  const closed = poller.close();
  await time.advance(3 * minuteMs);
  await closed;
});

it('lets others have their turn while a device prepares', async () => {
  const order: string[] = [];
  const preparing = answering('a', {
    prepare: async () => {
      order.push(`a begins ${clockOf(time.now())}`);
      return 10_000;
    },
    measure: async () => {
      order.push(`a is read ${clockOf(time.now())}`);
      return { sensor: 'a', values: [1] };
    },
  });
  const poller = start(preparing, answering('b'));
  await time.advance(minuteMs);
  await poller.close();
  expect(order).toEqual(['a begins 12:01:00', 'a is read 12:01:10']);
  expect(clockOf(host.of('b')[0]!.measuredAt)).toBe('12:01:00');
});

describe('a reading that cannot be kept', () => {
  it('is offered again with a growing pause, and the device rests until it is kept', async () => {
    let isFull = true;
    host.gate = async ({ sensor }) => {
      if (isFull && sensor === 'a') throw new WellheadError('JOURNAL_WRITE', 'full');
    };
    const poller = start(answering('a'), answering('b'));
    await time.advance(3.5 * minuteMs);
    isFull = false;
    await time.advance(2 * minuteMs);
    await poller.close();
    const offered = host.offered.filter(({ sensor }) => sensor === 'a');
    expect(
      new Set(offered.slice(0, -1).map(({ measuredAt }) => clockOf(measuredAt))).size,
    ).toBeLessThanOrEqual(2);
    expect(clockOf(host.of('a')[0]!.measuredAt)).toBe('12:01:00');
    expect(host.of('b').length).toBe(5);
    expect(host.counted('turns_missed_total', 'a')).toBeGreaterThanOrEqual(2);
  });

  it('is offered a last time at the end, and counted when that fails too', async () => {
    host.gate = () => Promise.reject(new WellheadError('JOURNAL_WRITE', 'full'));
    const poller = start(answering('a'));
    await time.advance(minuteMs);
    await poller.close();
    expect(host.counted('readings_unkept_total', 'a')).toBe(1);
  });
});

describe('a clock that is set', () => {
  it.each([-3 * 3600_000, 20 * 3600_000])('by %d ms makes no turn late or missed', async (step) => {
    const poller = start(answering('a'));
    await time.advance(minuteMs);
    time.step(step);
    await time.advance(3 * minuteMs);
    await poller.close();
    expect(host.of('a').length).toBe(4);
    expect(host.counted('turns_missed_total', 'a')).toBe(0);
    expect(Math.max(...host.lateness.get('a')!)).toBe(0);
  });
});

it('ends a measurement that is under way, and no reading comes of it', async () => {
  const poller = start(dead('a'));
  await time.advance(minuteMs);
  const closed = poller.close();
  await closed;
  await poller.close();
  await time.advance(5 * minuteMs);
  expect(host.offered).toEqual([]);
  expect(host.counted('polls_total', 'a')).toBe(1);
});
