// What every SensorDriver promises, whatever it speaks.
import { type Value, WellheadError } from '@wellhead/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestHost } from '../driver/driver-host.testing.ts';
import type { SimulatedDevice } from '../driver/simulated-device.testing.ts';
import type { SensorDriver } from './sensor-driver.ts';

export interface Rig {
  readonly driver: SensorDriver;
  readonly device: SimulatedDevice;
}

export interface DriverKind {
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly skip?: string | undefined;
  /** The same driver keeps the whole contract elsewhere: here only what depends on the line is tested. */
  readonly isBrief?: boolean;
  readonly supports: {
    /** It asks: how often and how long it waits, in milliseconds. Otherwise the sensor speaks by itself. */
    readonly asks?: { readonly everyMs: number; readonly timeoutMs: number };
    /** Sensors b1, b2 and b3 share the bus; otherwise there is only b1. */
    readonly shares: boolean;
    /** It holds a port or connection of its own, which is opened again; true unless set. */
    readonly holds?: boolean;
  };
  /** Reads with the bus called `bus`. */
  start(host: TestHost): Promise<Rig>;
  /** What b1 says, in the order of its type. */
  readonly expected: readonly (Value | undefined)[];
  /** Words that change what b1 says, and to what. */
  readonly change: { readonly words: string; readonly expected: readonly (Value | undefined)[] };
  /** Faults that this protocol can tell from truth. */
  readonly faults: readonly string[];
  /**
   * What is said when the cable of one that does not ask is pulled; `a bus is not open` unless set. False: nothing,
   * for whoever may speak at any time may also be silent.
   */
  readonly lost?: string | false;
  /** What b2 is called by the instrument. */
  readonly second?: string;
}

const patience = { timeout: 15_000, interval: 10 };

export function sensorDriverContract(kind: DriverKind): void {
  describe.skipIf(kind.skip !== undefined)(`${kind.name}${kind.skip ? ` (${kind.skip})` : ''}`, () => {
    let rig: Rig | undefined;
    let host: TestHost;
    const start = async (before: (host: TestHost) => void = () => undefined) => {
      host = new TestHost();
      before(host);
      rig = await kind.start(host);
      return rig;
    };
    afterEach(async () => {
      await rig?.driver.close();
      await rig?.device.close();
      rig = undefined;
    });
    const readings = (count: number, sensor = 'b1') =>
      vi.waitFor(() => expect(host.of(sensor).length).toBeGreaterThanOrEqual(count), patience);
    const { asks, shares } = kind.supports;
    const isWhole = kind.isBrief !== true;

    it('brings readings with their values in the order of the type, and their time', async () => {
      const from = Date.now();
      const { device } = await start();
      await readings(2);
      for (const { sensor, values, measuredAt } of host.of('b1')) {
        expect({ sensor, values }).toEqual({ sensor: 'b1', values: kind.expected });
        expect(measuredAt).toBeGreaterThanOrEqual(from);
      }
      await device.say(kind.change.words);
      await vi.waitFor(() => expect(host.of('b1').at(-1)!.values).toEqual(kind.change.expected), patience);
    });

    it.runIf(isWhole)('offers a reading again that could not be kept, until it is', async () => {
      let refusals = 2;
      await start((host) => {
        host.gate = async () => {
          if (refusals-- > 0) throw new WellheadError('JOURNAL_WRITE', 'the disk is full');
        };
      });
      await readings(1);
      const [first, second, third] = host.offered.filter(({ sensor }) => sensor === host.offered[0]!.sensor);
      expect(second).toEqual(first);
      if (!shares) expect(third).toEqual(first);
    });

    it.runIf(isWhole && asks)('measures again only when the reading before is durable', async () => {
      let keep: () => void = () => undefined;
      const kept = new Promise<void>((resolve) => {
        keep = resolve;
      });
      await start((host) => {
        host.gate = ({ sensor }) => (sensor === 'b1' ? kept : Promise.resolve());
      });
      const offered = () => host.offered.filter(({ sensor }) => sensor === 'b1').length;
      await vi.waitFor(() => expect(offered()).toBe(1), patience);
      // The others show that turns went by meanwhile; alone on a bus, the clock does.
      if (shares) await readings(4, 'b2');
      else {
        const end = Date.now() + asks!.everyMs * 4;
        await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(end), patience);
      }
      expect(offered()).toBe(1);
      keep();
      await readings(2);
      expect(host.counted('turns_missed_total', 'b1')).toBeGreaterThanOrEqual(2);
    });

    it.runIf(isWhole && asks)(
      'counts a dead device, says so once, and says when it answers again',
      async () => {
        const { device } = await start();
        await readings(1);
        await device.say('silence');
        await vi.waitFor(() => expect(host.counted('polls_failed_total', 'b1')).toBeGreaterThan(2), patience);
        const told = (text: string) =>
          host.said.filter((line) => line.startsWith(text) && line.includes('"b1"'));
        expect(told('a sensor does not answer')).toHaveLength(1);
        const before = host.of('b1').length;
        await device.say('ok');
        await readings(before + 1);
        expect(told('a sensor answers again')).toHaveLength(1);
      },
    );

    it.runIf(isWhole && asks && shares).each(['silence', 'babble', 'delay'])(
      'a device with %s leaves the others on the bus on schedule',
      // A driver that lets it disturb the others does so every time; a machine that stands still for a moment does not.
      { retry: 2 },
      async (fault) => {
        const { device } = await start();
        await Promise.all(['b1', 'b2', 'b3'].map((sensor) => readings(1, sensor)));
        await device.say(`${fault} ${kind.second} 60000`);
        await vi.waitFor(() => expect(host.counted('polls_failed_total', 'b2')).toBeGreaterThan(0), patience);
        host.lateness.clear();
        const lag = watchLag();
        const before = [host.of('b1').length, host.of('b3').length, host.counted('polls_failed_total', 'b2')];
        await readings(before[0]! + 3);
        await readings(before[1]! + 3, 'b3');
        expect(host.counted('polls_failed_total', 'b2')).toBeGreaterThan(before[2]!);
        const worst = Math.max(...host.lateness.get('b1')!, ...host.lateness.get('b3')!);
        process.stdout.write(
          `${kind.name}, ${fault}: worst lateness of the others ${Math.round(worst)} ms\n`,
        );
        // What a busy machine adds to every timer is not the device's doing.
        expect(worst - lag.stop()).toBeLessThan(asks!.timeoutMs + asks!.everyMs);
        expect(host.counted('polls_failed_total', 'b1') + host.counted('polls_failed_total', 'b3')).toBe(0);
      },
    );

    it('goes on when the cable was pulled and put back', async () => {
      const { device } = await start();
      await readings(1);
      await device.say('unplug');
      if (asks) {
        await vi.waitFor(() => expect(host.counted('polls_failed_total', 'b1')).toBeGreaterThan(0), patience);
      } else if (kind.lost !== false) {
        const lost = kind.lost ?? 'a bus is not open';
        await vi.waitFor(() => expect(host.said.join()).toContain(lost), patience);
      }
      const before = host.of('b1').length;
      await device.say('replug');
      await readings(before + 2);
      if (kind.supports.holds !== false)
        expect(host.counted('ports_opened_total', 'bus')).toBeGreaterThanOrEqual(2);
    });

    it.runIf(isWhole)('closes at once and for good, and twice if need be', async () => {
      const { driver, device } = await start();
      await readings(1);
      await device.say('silence');
      await Promise.all([driver.close(), driver.close()]);
      const offered = host.offered.length;
      await device.say('ok');
      await driver.close();
      expect(host.offered.length).toBe(offered);
    });

    it.each(kind.faults)('makes no reading of what %s leaves, and reads again behind it', async (fault) => {
      const { device } = await start();
      await readings(1);
      const before = () =>
        host.counted('polls_failed_total', 'b1') +
        host.counted('bytes_discarded_total', 'bus') +
        host.refused.length;
      const troubles = before();
      await device.say(`${fault} all 200`);
      await vi.waitFor(() => expect(before()).toBeGreaterThan(troubles), patience);
      await device.say('ok');
      const soFar = host.of('b1').length;
      await readings(soFar + 2);
      for (const { values } of host.of('b1')) expect(values).toEqual(kind.expected);
    });
  });
}

/** How late this process's own timers are at worst, in milliseconds. */
function watchLag(): { stop(): number } {
  const everyMs = 20;
  let last = performance.now();
  let worst = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - everyMs);
    last = now;
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return worst;
    },
  };
}
