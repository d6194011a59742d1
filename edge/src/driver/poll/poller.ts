// Asks the devices of one bus in turn: aligned to the clock, one at a time, nothing queued up behind a dead one.
import { retryDelays } from '@wellhead/protocol';
import { deadline, realTimers, type Timers } from '../../clock/timers.ts';
import type { RawReading } from '../../reading/raw-reading.ts';
import type { DriverHost, SensorDriver } from '../../reading/sensor-driver.ts';
import { offerUntilKept } from '../run/offer.ts';
import { reasonOf } from '../run/refusal.ts';
import { nextTurn, type PolledDevice } from './poll.ts';

export interface PollerOptions {
  /** Devices that share a line, or one device that has its own. */
  readonly devices: readonly PolledDevice[];
  readonly host: DriverHost;
  readonly timers?: Timers;
}

interface PollSlot {
  readonly device: PolledDevice;
  stage: 'turn' | 'retry' | 'collect' | 'keeping';
  /** When the stage is due; wall clock, so that turns follow it. */
  at: number;
  /** The aligned time of the turn that is being worked on. */
  turn: number;
  attempts: number;
  retryIn: Generator<number, never>;
  /** Said already that it does not answer. */
  isLost: boolean;
}

/** Sleeps at most so long, to see a clock that was set meanwhile. */
const lookAgainMs = 30_000;
/** A clock that moved by more than this against the uptime was set. */
const clockStepMs = 1_000;
const retryPlan = { firstMs: 100, maxMs: 5_000 };

/** Starts asking at each device's next aligned turn. */
export function startPoller({ devices, host, timers = realTimers }: PollerOptions): SensorDriver {
  const abort = new AbortController();
  const { signal } = abort;
  const slots = devices.map(
    (device): PollSlot => ({
      device,
      stage: 'turn',
      at: nextTurn(host.now(), device.plan),
      turn: 0,
      attempts: 0,
      retryIn: retryDelays(retryPlan, host.random),
      isLost: false,
    }),
  );
  const keeping = new Set<Promise<void>>();
  let wake: () => void = () => undefined;

  /** After a turn, however it ended: the next one that is still to come; those in between were missed. */
  const finish = (slot: PollSlot) => {
    const { plan, sensor } = slot.device;
    slot.stage = 'turn';
    slot.attempts = 0;
    slot.at = nextTurn(host.now(), plan);
    const missed = Math.round((slot.at - slot.turn) / plan.everyMs) - 1;
    if (missed > 0) host.count('turns_missed_total', missed, sensor);
  };

  /** Offers readings until they are durable; only then the device has its next turn. */
  const keep = async (slot: PollSlot, readings: readonly RawReading[]) => {
    slot.stage = 'keeping';
    const { sensor } = slot.device;
    const offers = readings.map((reading) => () => host.intake.accept(reading));
    const unkept = await offerUntilKept(offers, { sensor, host, timers, signal });
    if (unkept > 0) return;
    await slot.device.kept?.();
    finish(slot);
  };

  const failed = (slot: PollSlot, error: unknown) => {
    const { sensor, plan } = slot.device;
    // A device known to be dead gets one attempt a turn: its bus is not to wait for it longer.
    if (slot.attempts <= plan.retries && !slot.isLost) {
      slot.stage = 'retry';
      slot.at = host.now() + slot.retryIn.next().value;
      return;
    }
    host.count('polls_failed_total', 1, sensor);
    if (!slot.isLost) host.say('warn', { sensor, ...reasonOf(error) }, 'a sensor does not answer');
    slot.isLost = true;
    finish(slot);
  };

  const attempt = async (slot: PollSlot) => {
    const { device } = slot;
    if (slot.stage === 'turn') {
      slot.turn = slot.at;
      slot.retryIn = retryDelays(retryPlan, host.random);
      host.count('polls_total', 1, device.sensor);
      host.late?.(Math.max(0, host.now() - slot.at), device.sensor);
    }
    const isPrepared = slot.stage === 'collect';
    if (!isPrepared) slot.attempts++;
    const { timeoutMs } = device.plan;
    const limit = deadline(timers, timeoutMs, `no answer within ${timeoutMs} ms`, signal);
    try {
      if (!isPrepared && device.prepare !== undefined) {
        const waitMs = await device.prepare(limit.signal);
        if (waitMs > 0) {
          slot.stage = 'collect';
          slot.at = host.now() + waitMs;
          return;
        }
      }
      const measured = await device.measure(limit.signal);
      const readings = [measured ?? []].flat();
      if (slot.isLost) host.say('info', { sensor: device.sensor }, 'a sensor answers again');
      slot.isLost = false;
      if (readings.length === 0) return finish(slot);
      // Stamped now: the intake may take them only after a while.
      const stamped = readings.map((one) => ({ ...one, measuredAt: one.measuredAt ?? host.now() }));
      const kept = keep(slot, stamped);
      keeping.add(kept);
      void kept.finally(() => {
        keeping.delete(kept);
        wake();
      });
    } catch (error) {
      if (!signal.aborted) failed(slot, error);
    } finally {
      limit.done();
    }
  };

  const run = async () => {
    let offset = host.now() - timers.uptime();
    while (!signal.aborted) {
      const now = host.now();
      const moved = now - timers.uptime() - offset;
      if (Math.abs(moved) > clockStepMs) {
        offset += moved;
        // A clock that was set is nobody's fault: turns are counted from where it stands now.
        for (const slot of slots) {
          slot.turn += moved;
          slot.at = slot.stage === 'turn' ? nextTurn(now, slot.device.plan) : slot.at + moved;
        }
      }
      const next = earliest(slots);
      if (next !== undefined && next.at <= now) {
        await attempt(next);
        continue;
      }
      await new Promise<void>((resolve) => {
        const cancel = timers.after(Math.min(lookAgainMs, (next?.at ?? now + lookAgainMs) - now), resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  };

  const running = run();
  return {
    async close() {
      abort.abort(new Error('the gateway is stopping'));
      wake();
      await running;
      await Promise.all(keeping);
    },
  };
}

function earliest(slots: readonly PollSlot[]): PollSlot | undefined {
  let first: PollSlot | undefined;
  for (const slot of slots) {
    if (slot.stage !== 'keeping' && (first === undefined || slot.at < first.at)) first = slot;
  }
  return first;
}
