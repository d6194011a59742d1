// One Modbus sensor on a wire made of nothing, in virtual time: answers that come late, and sensors that sleep.
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createVirtualTime, type VirtualTime } from '../../clock/virtual-time.testing.ts';
import { withCrc } from '../../decode/modbus-frame.ts';
import { sonde } from '../../parts.testing.ts';
import { TestHost } from '../driver-host.testing.ts';
import { startPoller } from '../poll/poller.ts';
import { Bus } from '../serial-bus/bus.ts';
import { modbusDevice } from './modbus-sensor.ts';
import { modbusLine } from './read-registers.ts';

let time: VirtualTime;
let host: TestHost;
let requests: { readonly at: number; readonly address: number }[];
/** How long the device takes for its nth answer; undefined: it gives none. */
let delayOf: (n: number) => number | undefined;
let bus: Bus;

// Loading the package takes real time, which virtual time would not wait for.
beforeAll(() => import('modbus-serial'));

beforeEach(() => {
  time = createVirtualTime(0);
  host = new TestHost(time.now);
  requests = [];
  delayOf = () => 5;
  bus = new Bus({
    name: 'bus',
    pauseMs: 0,
    host,
    timers: time.timers,
    open: async ({ onBytes }) => ({
      write: async (bytes) => {
        const address = (bytes[2]! << 8) | bytes[3]!;
        const delay = delayOf(requests.push({ at: time.now(), address }));
        // Each register holds its own address: a value at the wrong place shows.
        const answer = withCrc(Uint8Array.from([1, 3, 2, address >> 8, address & 0xff]));
        if (delay !== undefined) time.timers.after(delay, () => onBytes(answer));
      },
      close: async () => undefined,
    }),
  });
});

const register = (property: string, address: number) => ({
  property,
  address,
  kind: 'holding' as const,
  type: 'uint16' as const,
  order: 'ABCD' as const,
  scale: 1,
  offset: 0,
  missing: [],
});

const start = (warmupMs?: number) =>
  startPoller({
    host,
    timers: time.timers,
    devices: [
      modbusDevice(
        {
          id: 'b1',
          type: sonde,
          unit: 1,
          warmupMs,
          plan: { everyMs: 60_000, offsetMs: 0, timeoutMs: 1_000, retries: 2 },
          registers: [register('level', 10), register('ph', 20)],
        },
        modbusLine(bus, 'rtu', time.timers),
      ),
    ],
  });

it('does not take a late answer for the next one of the same size', async () => {
  // The first answer comes in the second attempt, and the second one just behind it.
  delayOf = (n) => (n === 1 ? 1_150 : 200);
  const poller = start();
  await time.advance(70_000);
  expect(host.readings.map(({ values }) => values)).toEqual([[10, 20]]);
  expect(host.counted('bytes_discarded_total', 'bus')).toBe(7);
  await poller.close();
  await bus.close();
});

it('wakes a sleeping sensor, and asks it when it is warm', async () => {
  delayOf = (n) => (n === 1 ? undefined : 5);
  const poller = start(3_000);
  await time.advance(70_000);
  expect(host.readings.map(({ values }) => values)).toEqual([[10, 20]]);
  expect(requests.map(({ at }) => at - 60_000)).toEqual([0, 4_000, expect.any(Number)]);
  await poller.close();
  await bus.close();
});
